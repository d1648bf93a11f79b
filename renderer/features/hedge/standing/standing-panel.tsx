import type { ReactElement } from 'react';
import type { HedgeRefresh } from '../../../../main/contract/hedge-refresh.ts';
import { useRefresh } from '../../../client/standing-queries.ts';
import { changeMillions, millions, moneyShort } from '../../../format/money.ts';
import { count, quantity } from '../../../format/number.ts';
import { beforeAfter, percentFigure } from '../../../format/share.ts';
import { age } from '../../../format/time.ts';
import { Button } from '../../../parts/button.tsx';
import { Chip } from '../../../parts/chip.tsx';
import { Explain } from '../../../parts/explain.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { Tile, Tiles } from '../../../parts/tile.tsx';
import { openStage } from '../../../parts/stage/stage-store.ts';
import { legState, toActOnFirst, type StandingLeg } from './standing-rows.ts';

type Props = {
  readonly selectedAccountId: string | null;
  readonly onSelect: (accountId: string) => void;
};

/** The suggestion that stood when the book or its market changed, against the one that would be made now: whether anything need be done, and why. */
export function StandingPanel({ selectedAccountId, onSelect }: Props): ReactElement {
  const { value, failure, runId, again } = useRefresh();
  const stage = (
    <Button tone={value?.isStandingEnough === false ? 'primary' : 'outline'} onClick={openStage} shortcut="S">
      Stage as a blotter
    </Button>
  );
  return (
    <Panel
      title="Standing suggestion"
      caption={value === null ? 'made before the last change' : `made ${age(1000 * value.ageSeconds)} ago`}
      isFlush
      className="hedge-decision"
      actions={stage}
      {...(value === null ? {} : { foot: <Foot refresh={value} /> })}
    >
      <RunProgressBar runId={runId} title="Solving again" />
      {failure !== null && <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />}
      {value === null
        ? failure === null && (
            <EmptyState title="Solving again">The standing suggestion is compared with what would be suggested now.</EmptyState>
          )
        : failure === null && <Compared refresh={value} selectedAccountId={selectedAccountId} onSelect={onSelect} />}
    </Panel>
  );
}

function Compared({
  refresh,
  selectedAccountId,
  onSelect,
}: { readonly refresh: HedgeRefresh } & Pick<Props, 'selectedAccountId' | 'onSelect'>): ReactElement {
  const { statement, changes, whyBands } = refresh;
  const isAlarm = refresh.standingFalls.some((id) => !refresh.freshFalls.includes(id));
  return (
    <>
      <p className={isAlarm ? 'hedge-statement is-alarm' : 'hedge-statement'} {...(isAlarm ? { role: 'alert' } : {})}>
        {isAlarm && <span aria-hidden="true">◆ </span>}
        {statement}
      </p>
      <p className="hedge-changes secondary">
        {changes.length === 0 ? 'Nothing has changed since.' : `Since then: ${changes.join('; ')}.`}
        {whyBands !== null && ` ${whyBands}`}
      </p>
      <Strip refresh={refresh} />
      <ul className="hedge-legs" aria-label="Actions that stand, and what would be suggested now">
        {toActOnFirst(refresh.legs).map((leg) => (
          <Leg key={leg.id} leg={leg} isSelected={leg.accountId === selectedAccountId} onSelect={() => onSelect(leg.accountId)} />
        ))}
      </ul>
    </>
  );
}

function Strip({ refresh }: { readonly refresh: HedgeRefresh }): ReactElement {
  const { standing, acted, fresh, standingFalls, actedFalls } = refresh;
  return (
    <div className="hedge-strip">
      <Tiles>
        <Tile
          label="Cost, USD"
          value={beforeAfter(moneyShort(standing.costUsd), moneyShort(acted.costUsd))}
          comparison={`anew ${moneyShort(fresh.costUsd)}`}
        />
        <Tile
          label="ES"
          value={beforeAfter(millions(standing.expectedShortfallUsd), millions(acted.expectedShortfallUsd))}
          unit="M"
          comparison={`anew ${millions(fresh.expectedShortfallUsd)} M`}
        />
        <Tile
          label="Any liquidation, 1 day"
          value={beforeAfter(percentFigure(standing.anyLiquidationFraction, 0), percentFigure(acted.anyLiquidationFraction, 0))}
          unit="%"
          comparison={`anew ${percentFigure(fresh.anyLiquidationFraction, 0)} %`}
        />
        <Tile
          label="Fall in any scenario"
          value={beforeAfter(count(standingFalls.length), count(actedFalls.length))}
          {...(standingFalls.length > actedFalls.length ? { state: 'danger' as const } : {})}
          comparison={standingFalls.length === 0 ? 'nobody' : standingFalls.join(', ')}
        />
      </Tiles>
    </div>
  );
}

function Leg({
  leg,
  isSelected,
  onSelect,
}: {
  readonly leg: StandingLeg;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}): ReactElement {
  const state = legState(leg);
  return (
    <li className={`hedge-leg is-standing${leg.change === 'same' ? ' is-same' : ''}${isSelected ? ' is-selected' : ''}`} onClick={onSelect}>
      <div className="hedge-leg-words">
        <p className="hedge-leg-title">
          <strong>{leg.title}</strong> <Chip tone={state.tone}>{state.words}</Chip>
        </p>
        {leg.change !== 'same' && <p className="secondary">{leg.why}</p>}
      </div>
      <div className="hedge-leg-figure">
        <span className="muted">stands → to be</span>
        <span>{beforeAfter(amount(leg.standingQuantity), amount(leg.actQuantity))}</span>
        {leg.actQuantity !== leg.freshQuantity && <span className="muted">anew {amount(leg.freshQuantity)}</span>}
      </div>
      <div className="hedge-leg-figure">
        <span className="muted">of its band</span>
        <Explain metric="refresh.legs.bandUse" subjectId={leg.id}>
          {leg.bandUse === null ? '–' : bandUse(leg.bandUse)}
        </Explain>
      </div>
      <div className="hedge-leg-figure">
        <span className="muted">change costs</span>
        <Explain metric="refresh.legs.costUsd" subjectId={leg.id}>
          {leg.change === 'same' ? '–' : moneyShort(leg.costUsd)}
        </Explain>
      </div>
      <div className="hedge-leg-figure is-strong">
        <span className="muted">and saves</span>
        <Explain metric="refresh.legs.gainUsd" subjectId={leg.id}>
          {leg.change === 'same' ? '–' : `${changeMillions(leg.gainUsd)} M`}
        </Explain>
      </div>
    </li>
  );
}

/** Far outside, how far does not matter. */
function bandUse(use: number): string {
  return use > 9.995 ? '> 999 %' : `${percentFigure(use, 0)} %`;
}

function amount(text: string | null): string {
  return text === null ? '–' : quantity(text);
}

function Foot({ refresh }: { readonly refresh: HedgeRefresh }): ReactElement {
  return (
    <div className="hedge-solver">
      {refresh.isStandingEnough ? <Chip tone="safe">still right</Chip> : <Chip tone="stale">overtaken</Chip>}
      <span className="hedge-solver-end muted">
        program {count(refresh.programMs)} ms, everything {count(refresh.totalMs)} ms
      </span>
    </div>
  );
}
