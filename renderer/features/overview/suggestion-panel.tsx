import type { ReactElement } from 'react';
import type { HedgeLeg, HedgeResult } from '../../../main/contract/hedge.ts';
import { goTo } from '../../app/navigation.ts';
import { useHedge } from '../../client/queries.ts';
import { useRefresh, useStandingWish } from '../../client/standing-queries.ts';
import { millions, moneyWords } from '../../format/money.ts';
import { counted } from '../../format/number.ts';
import { beforeAfter, percent, percentFigure } from '../../format/share.ts';
import { Button } from '../../parts/button.tsx';
import { Chip, type ChipTone } from '../../parts/chip.tsx';
import { Panel } from '../../parts/panel.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { openStage } from '../../parts/stage/stage-store.ts';
import { EmptyState, FailureBox } from '../../parts/states.tsx';

const tones: Record<HedgeResult['status'], ChipTone> = {
  optimal: 'safe',
  feasible: 'watch',
  infeasible: 'danger',
  timeLimit: 'watch',
  nothingToDo: 'safe',
};
const words: Record<HedgeResult['status'], string> = {
  optimal: 'optimal',
  feasible: 'feasible',
  infeasible: 'infeasible',
  timeLimit: 'time limit',
  nothingToDo: 'nothing to do',
};

/** What to do now: the legs that weigh most, each with its reason. */
export function SuggestionPanel(): ReactElement {
  const hedge = useHedge();
  const { value, failure, runId, suggest } = hedge;
  const standingWish = useStandingWish();
  const isStanding = standingWish !== null;
  return (
    <Panel
      title="Suggested now"
      caption={value === null ? 'actions that keep every account alive' : `${value.solver} · gap ${percent(value.gapFraction)}`}
      className="overview-suggestions"
      isFlush
      actions={value !== null && <Chip tone={tones[value.status]}>{words[value.status]}</Chip>}
    >
      {runId !== null && (
        <div className="suggestion-progress">
          <RunProgressBar runId={runId} title="Solving" />
        </div>
      )}
      {failure !== null && <FailureBox failure={failure} action={{ title: 'Solve again', run: () => suggest() }} />}
      {value === null && failure === null && runId === null && isStanding && <Standing onSolve={() => suggest(standingWish)} />}
      {value === null && failure === null && runId === null && !isStanding && (
        <EmptyState title="Nothing has been solved yet">
          The solver looks for the cheapest repayments, top-ups and trades that keep every account above its requirement in every retained
          scenario.
          <span className="suggestion-start">
            <Button onClick={() => suggest()} shortcut="G">
              Suggest hedges
            </Button>
          </span>
        </EmptyState>
      )}
      {value !== null && <Legs hedge={value} />}
    </Panel>
  );
}

/** What was suggested before the book or its market changed: whether it is still right, and its blotter where it is not. */
function Standing({ onSolve }: { readonly onSolve: () => void }): ReactElement {
  const { value, failure, runId, again } = useRefresh();
  if (failure !== null) return <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />;
  if (value === null)
    return (
      <div className="suggestion-progress">
        <RunProgressBar runId={runId} title="Solving again" />
      </div>
    );
  const isAlarm = value.standingFalls.some((id) => !value.freshFalls.includes(id));
  const since = value.changes.length === 0 ? 'Nothing has changed since.' : `Since it was suggested: ${value.changes.join('; ')}.`;
  return (
    <EmptyState
      title={
        isAlarm
          ? `◆ ${value.standingFalls.join(', ')} would fall`
          : value.isStandingEnough
            ? 'The suggestion stands'
            : 'The suggestion is overtaken'
      }
    >
      {value.statement} {since}
      <span className="suggestion-start">
        <Button onClick={openStage} shortcut="S">
          Stage as a blotter
        </Button>
        <Button onClick={onSolve} shortcut="G">
          Suggest anew
        </Button>
      </span>
    </EmptyState>
  );
}

function Legs({ hedge }: { readonly hedge: HedgeResult }): ReactElement {
  const { legs, before, after } = hedge;
  if (legs.length === 0) return <p className="suggestion-words">{hedge.relaxations[0]?.text ?? hedge.statement}</p>;
  return (
    <div className="suggestions">
      <ol className="suggestion-list">
        {legs.map((leg) => (
          <LegCard key={leg.id} leg={leg} />
        ))}
      </ol>
      <p className="suggestion-foot">
        <span>
          {counted(legs.length, 'action')} · {moneyWords(after.costUsd)} · ES{' '}
          <strong>{beforeAfter(millions(before.expectedShortfallUsd), millions(after.expectedShortfallUsd))} M</strong> · any liquidation{' '}
          <strong>{beforeAfter(percentFigure(before.anyLiquidationFraction), percentFigure(after.anyLiquidationFraction))} %</strong>
        </span>
      </p>
    </div>
  );
}

function LegCard({ leg }: { readonly leg: HedgeLeg }): ReactElement {
  return (
    <li>
      <button type="button" className="suggestion" onClick={() => goTo('hedge')}>
        <span className="suggestion-head">
          <strong>{leg.title}</strong>
          <span className="secondary figure">{moneyWords(leg.costUsd)}</span>
        </span>
        <span className="suggestion-why">{leg.why}</span>
      </button>
    </li>
  );
}
