import './what-if.css';
import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { WhatIf } from '../../../main/contract/what-if.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { goTo } from '../../app/navigation.ts';
import { useCall, useHedge } from '../../client/queries.ts';
import { millions } from '../../format/money.ts';
import { count, counted } from '../../format/number.ts';
import { distance, percentFigure } from '../../format/share.ts';
import { clockTime } from '../../format/time.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Button } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { Panel } from '../../parts/panel.tsx';
import { promoteLegs } from '../../parts/promote-legs.ts';
import { RunProgressBar } from '../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { Tile, Tiles } from '../../parts/tile.tsx';
import { EditForm } from './edit-form.tsx';
import { useWhatIf, type WhatIfFigures } from './use-what-if.ts';
import { discardWhatIf, startWhatIf, undoEdit, useShown } from './what-if-actions.ts';
import { AgainstTable, ComparedTable } from './what-if-tables.tsx';

/** Hypothetical books beside the live one: edits, what each changes at once and after the cascades, and up to four compared. */
export function WhatIfView(): ReactElement {
  return <AnalysisGate>{(analysis) => <WhatIfs live={analysis} />}</AnalysisGate>;
}

function WhatIfs({ live }: { readonly live: AnalysisResult }): ReactElement {
  const { value, failure, again } = useCall('whatIf.list', {});
  const id = useShown((state) => state.id);
  if (value === null)
    return failure === null ? (
      <p className="screen-wait">Looking for hypothetical books</p>
    ) : (
      <FailureBox failure={failure} action={{ title: 'Look again', run: again }} />
    );
  const shown = value.find((each) => each.id === id) ?? value[0];
  return shown === undefined ? <NoneYet /> : <Hypothetical key={shown.id} shown={shown} all={value} live={live} />;
}

function NoneYet(): ReactElement {
  const hedge = useHedge().value;
  const legs = hedge?.legs.map((leg) => leg.id) ?? [];
  return (
    <Panel title="What if" caption="nothing is sent anywhere, nothing is written to the book">
      <EmptyState
        title="No hypothetical book yet"
        actions={[
          { title: 'Start from the live book', run: () => void startWhatIf('live', 'What if') },
          ...(legs.length > 0 ? [{ title: 'Open the suggestion', run: () => void startWhatIf('live', 'Suggestion', legs) }] : []),
          { title: 'Start blank', run: () => void startWhatIf('blank', 'Blank') },
        ]}
      >
        Change positions, move prices, add or subtract another book: every figure follows at once, the cascades a moment later, and the live
        book stays as it is.
      </EmptyState>
    </Panel>
  );
}

type Props = { readonly shown: WhatIf; readonly all: readonly WhatIf[]; readonly live: AnalysisResult };

function Hypothetical({ shown, all, live }: Props): ReactElement {
  const figures = useWhatIf(shown, all);
  const { id, edits } = shown;
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'whatIf.undo',
          title: 'Undo the last hypothetical edit',
          group: 'Hedge',
          key: 'Ctrl+Z',
          when: () => edits.length > 0,
          run: () => void undoEdit(id),
        },
      ],
      [id, edits.length],
    ),
  );
  return (
    <div className="what-if-screen is-hypothetical">
      <Banner shown={shown} all={all} />
      {figures.failure !== null && figures.failure.reason !== 'cancelled' && <FailureBox failure={figures.failure} />}
      <Figures id={id} live={live} figures={figures} />
      <Panel
        title="Edits"
        caption="each undoable"
        className="what-if-edits"
        actions={
          <Button disabled={edits.length === 0} shortcut="Ctrl Z" onClick={() => void undoEdit(id)}>
            Undo
          </Button>
        }
      >
        <EditForm whatIfId={id} analysis={live} />
        {edits.length === 0 && <p className="secondary what-if-none">No edit yet: the figures are those of the {shown.base} book.</p>}
        <ol className="what-if-list">
          {edits.map((edit, index) => (
            <li key={edit.id}>
              <strong>{edit.title}</strong>
              <span className="secondary">{edit.detail}</span>
              {figures.isStale && index === edits.length - 1 ? (
                <span className="state-watch">re-pricing</span>
              ) : (
                <span className="muted">priced</span>
              )}
            </li>
          ))}
        </ol>
      </Panel>
      <Panel
        title="Accounts, live against hypothetical"
        caption="italic = hypothetical, hatched = older than the shown book"
        className="what-if-accounts"
        isFlush
        actions={<RunProgressBar runId={figures.runId} title="Running cascades" />}
      >
        <AgainstTable id={id} live={live} quick={figures.quick} full={figures.full} isStale={figures.isStale} />
      </Panel>
      <Panel title="Compared" caption="same scenarios, same seed; cost is half spread, fee and gas" className="what-if-compared" isFlush>
        <ComparedTable columns={figures.columns} shownId={id} isStale={figures.isStale} />
      </Panel>
    </div>
  );
}

function Banner({ shown, all }: Pick<Props, 'shown' | 'all'>): ReactElement {
  const show = useShown((state) => state.show);
  const legIds = [...new Set(shown.edits.flatMap((edit) => edit.legIds))];
  return (
    <header className="what-if-banner" aria-label="Hypothetical">
      <strong className="what-if-word">◇ HYPOTHETICAL</strong>
      <strong>“{shown.name}”</strong>
      <span className="secondary">
        on the {shown.base} book of {clockTime(shown.snapshotAsOf)}, {counted(shown.edits.length, 'edit')}, nothing is sent anywhere
      </span>
      {shown.isOutdated && <Chip tone="stale">the live book has changed since</Chip>}
      {all.length > 1 && (
        <Segmented
          label="Hypothetical books"
          choices={all.map((each) => ({ value: each.id, title: each.name }))}
          value={shown.id}
          onChange={show}
        />
      )}
      <span className="what-if-actions">
        {legIds.length > 0 && (
          <Button title="Makes tickets of the legs carried out here" onClick={() => void promoteLegs(legIds)}>
            Promote {counted(legIds.length, 'leg')}
          </Button>
        )}
        <Button onClick={() => void startWhatIf('live', `What if ${all.length + 1}`)}>+ compare</Button>
        <Button onClick={() => void discardWhatIf(shown.id)}>Discard</Button>
        <Button className="what-if-back" onClick={() => goTo('overview')}>
          Back to live
        </Button>
      </span>
    </header>
  );
}

type FiguresProps = { readonly id: string; readonly live: AnalysisResult; readonly figures: WhatIfFigures };

function Figures({ id, live, figures }: FiguresProps): ReactElement {
  const { quick, full, isStale } = figures;
  const later = { isStale, subjectId: id };
  const fallen = full?.cascade.fallen.length ?? null;
  return (
    <div className="what-if-tiles">
      <Tiles>
        <Tile
          label="Book value"
          metric="whatIf.equityUsd"
          subjectId={id}
          value={millions(quick?.equityUsd)}
          unit="M USD"
          comparison={`live ${millions(live.totals.equityUsd)}`}
        />
        <Tile
          label="Requirement use"
          metric="whatIf.useFraction"
          subjectId={id}
          value={percentFigure(quick?.useFraction)}
          unit="%"
          comparison={`live ${percentFigure(live.totals.useFraction)}`}
        />
        <Tile
          label="Nearest joint breach"
          metric="whatIf.nearestJointMove"
          value={full === null ? '–' : distance(full.totals.nearestJointMove)}
          unit={`% · ${full?.totals.nearestAccountId ?? ''}`}
          comparison={`live ${distance(live.totals.nearestJointMove)} ${live.totals.nearestAccountId ?? ''}`}
          {...later}
        />
        <Tile
          label="ES, 1 day"
          metric="whatIf.expectedShortfallUsd"
          value={millions(full?.distribution.expectedShortfallUsd)}
          unit="M USD"
          comparison={`live ${millions(live.distribution.expectedShortfallUsd)}`}
          {...later}
        />
        <Tile
          label="Any liquidation, 1 day"
          metric="whatIf.anyLiquidationFraction"
          value={percentFigure(full?.distribution.anyLiquidationFraction, 0)}
          unit="%"
          comparison={`live ${percentFigure(live.distribution.anyLiquidationFraction, 0)}`}
          {...later}
        />
        <Tile
          label="Fall at the shock"
          metric="whatIf.fallen"
          value={fallen === null ? '–' : count(fallen)}
          comparison={`live ${count(live.cascade.fallen.length)}`}
          {...later}
        />
      </Tiles>
    </div>
  );
}
