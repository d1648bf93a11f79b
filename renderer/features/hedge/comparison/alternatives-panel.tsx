import { Fragment, type ReactElement, useMemo, useState } from 'react';
import type { HedgeAlternative, HedgeAlternatives } from '../../../../main/contract/hedge-alternatives.ts';
import { useCommands } from '../../../app/commands.ts';
import { millions, moneyShort } from '../../../format/money.ts';
import { count, fixed, MINUS } from '../../../format/number.ts';
import { percent, percentFigure } from '../../../format/share.ts';
import { Button } from '../../../parts/button.tsx';
import { Explain } from '../../../parts/explain.tsx';
import { Panel } from '../../../parts/panel.tsx';
import type { HedgeTabProps } from '../hedge-tabs.ts';
import { isSameWish } from './alternative-rows.ts';
import { ComparisonGate } from './comparison-gate.tsx';
import { type Comparison, useComparison } from './use-comparison.ts';

/** The suggestion beside doing nothing, hedging Greeks, deleveraging and smaller budgets: the same measures for all. */
export function AlternativesPanel({ head, className }: Pick<HedgeTabProps, 'head' | 'className'>): ReactElement {
  const comparison = useComparison();
  const { value, runId, isCurrent, start } = comparison;
  useCommands(
    useMemo(() => [{ id: 'hedge.compare', title: 'Compare alternatives', group: 'Hedge' as const, key: 'C', run: start }], [start]),
  );
  return (
    <Panel
      title="Alternatives"
      head={head}
      isFlush
      className={className}
      actions={
        !isCurrent &&
        runId === null && (
          <Button onClick={start} shortcut="C" title="It was made at another confidence, within other limits or with other lost hedges">
            Compare again
          </Button>
        )
      }
      {...(value === null ? {} : { foot: <span className="hedge-why-not">{value.statement}</span> })}
    >
      <ComparisonGate comparison={comparison} isMain>
        {(found) => <AlternativesTable found={found} comparison={comparison} />}
      </ComparisonGate>
    </Panel>
  );
}

function AlternativesTable({ found, comparison }: { readonly found: HedgeAlternatives; readonly comparison: Comparison }): ReactElement {
  const [openId, setOpenId] = useState<string | null>(null);
  const heads = [
    'Cost, k',
    `ES ${percent(found.confidence)}, M`,
    'Any liq., %',
    '2nd round, M',
    'Fall at shock',
    `In any of ${found.retained}`,
  ];
  return (
    <table className="table hedge-alternatives">
      <thead>
        <tr>
          <th scope="col">Plan</th>
          {heads.map((title) => (
            <th key={title} scope="col" className="right">
              {title}
            </th>
          ))}
          <th scope="col" className="right">
            Actions
          </th>
        </tr>
      </thead>
      <tbody>
        {found.alternatives.map((alternative) => (
          <Row
            key={alternative.id}
            alternative={alternative}
            isShown={isSameWish(alternative.wish, comparison.shownWish)}
            isOpen={alternative.id === openId}
            onOpen={() => setOpenId(alternative.id === openId ? null : alternative.id)}
            onLoad={comparison.load}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  readonly alternative: HedgeAlternative;
  readonly isShown: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onLoad: Comparison['load'];
};

function Row({ alternative, isShown, isOpen, onOpen, onLoad }: RowProps): ReactElement {
  const { id, name, meaning, measures, wish, actions, fallsRetained } = alternative;
  const choose = wish === null ? onOpen : () => onLoad(wish);
  const hasMore = actions.length > 0;
  return (
    <Fragment>
      <tr aria-selected={isShown} onClick={choose}>
        <td title={meaning}>
          <button
            type="button"
            className={`hedge-account${isShown ? '' : ' is-plain'}`}
            title={wish === null ? meaning : `${meaning}; loads it as the suggestion`}
            onClick={(event) => {
              event.stopPropagation();
              choose();
            }}
          >
            {isShown && <span aria-hidden="true">◆ </span>}
            {name}
          </button>
          {isShown && <span className="muted"> shown above</span>}
        </td>
        <Figure id={id} metric="alternatives.costUsd" value={fixed(measures.costUsd / 1e3, 1)} />
        <Figure id={id} metric="alternatives.expectedShortfallUsd" value={millions(measures.expectedShortfallUsd)} />
        <Figure id={id} metric="alternatives.anyLiquidationFraction" value={percentFigure(measures.anyLiquidationFraction)} />
        <Figure id={id} metric="alternatives.secondRoundLossUsd" value={millions(measures.secondRoundLossUsd)} />
        <Falls names={measures.fallenAtReference} />
        <Falls names={fallsRetained} />
        <td className="right">
          {hasMore ? (
            <button
              type="button"
              className="hedge-more"
              aria-expanded={isOpen}
              aria-controls={`actions-${id}`}
              aria-label={`${count(actions.length)} actions of ${name}`}
              onClick={(event) => {
                event.stopPropagation();
                onOpen();
              }}
            >
              {count(actions.length)} <span aria-hidden="true">{isOpen ? MINUS : '+'}</span>
            </button>
          ) : (
            '–'
          )}
        </td>
      </tr>
      {isOpen && hasMore && (
        <tr className="hedge-actions" id={`actions-${id}`}>
          <td colSpan={8}>
            <Actions alternative={alternative} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** How many fall, with the mark of a state, and who in its title. */
function Falls({ names }: { readonly names: readonly string[] }): ReactElement {
  const isSafe = names.length === 0;
  return (
    <td className={`right ${isSafe ? 'state-safe' : 'state-danger'}`} title={isSafe ? 'every account holds' : names.join(', ')}>
      {count(names.length)} <span aria-hidden="true">{isSafe ? '●' : '◆'}</span>
    </td>
  );
}

function Actions({ alternative }: { readonly alternative: HedgeAlternative }): ReactElement {
  const { actions, measures, fallsRetained, notes } = alternative;
  const later = fallsRetained.filter((id) => !measures.fallenAtReference.includes(id));
  return (
    <>
      {measures.fallenAtReference.length > 0 && <p>Still fall at the shock: {measures.fallenAtReference.join(', ')}.</p>}
      {later.length > 0 && <p>Fall in another retained scenario: {later.join(', ')}.</p>}
      <ul>
        {actions.map((action) => (
          <li key={action.title}>
            <span>{action.title}</span>
            <span className="muted">{`${moneyShort(action.notionalUsd)} · cost ${moneyShort(action.costUsd)}`}</span>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="muted">
          Not possible: {note}.
        </p>
      ))}
    </>
  );
}

function Figure({ id, metric, value }: { readonly id: string; readonly metric: string; readonly value: string }): ReactElement {
  return (
    <td className="right">
      <Explain metric={metric} subjectId={id}>
        {value}
      </Explain>
    </td>
  );
}
