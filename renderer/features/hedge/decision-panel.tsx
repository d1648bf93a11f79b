import type { ReactElement } from 'react';
import type { HedgeLeg, HedgeResult } from '../../../main/contract/hedge.ts';
import { changeMillions, millions, moneyShort } from '../../format/money.ts';
import { count, counted } from '../../format/number.ts';
import { beforeAfter, percent, percentFigure, signedPercent } from '../../format/share.ts';
import { timeTaken } from '../../format/time.ts';
import { Chip } from '../../parts/chip.tsx';
import { Button } from '../../parts/button.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Tile, Tiles } from '../../parts/tile.tsx';
import { chosenCost, solverState } from './hedge-rows.ts';
import { promoteLegs } from '../../parts/promote-legs.ts';
import type { Evaluation } from './use-evaluation.ts';

type Props = {
  readonly hedge: HedgeResult;
  readonly evaluation: Evaluation;
  readonly selectedAccountId: string | null;
  readonly onSelect: (accountId: string) => void;
};

/** The decision in four figures, and under it every leg with its reason and its box. */
export function DecisionPanel({ hedge, evaluation, selectedAccountId, onSelect }: Props): ReactElement {
  const isAll = evaluation.chosen.size === hedge.legs.length;
  return (
    <Panel
      title="Suggestion"
      caption={`at ES ${percent(hedge.confidence)}, 1 day`}
      isFlush
      className="hedge-decision"
      actions={
        hedge.legs.length > 0 && (
          <>
            {!isAll && <Chip tone="hypo">{`${evaluation.chosen.size} of ${hedge.legs.length} legs`}</Chip>}
            <Button disabled={evaluation.chosen.size === 0} onClick={() => void promoteLegs([...evaluation.chosen])}>
              Promote to blotter
            </Button>
            <Button onClick={() => evaluation.chooseAll(!isAll)}>{isAll ? 'None' : 'All'}</Button>
          </>
        )
      }
      foot={<SolverFoot hedge={hedge} />}
    >
      <p className="hedge-statement">{hedge.statement}</p>
      <Strip hedge={hedge} evaluation={evaluation} />
      {hedge.legs.length > 0 && hedge.relaxations.length > 0 && (
        <p className="hedge-gives state-danger" role="alert">
          <span aria-hidden="true">◆ </span>
          Not all limits hold. {hedge.relaxations.map((relaxation) => relaxation.text).join(' ')}
        </p>
      )}
      {hedge.legs.length === 0 ? (
        <NoLegs hedge={hedge} />
      ) : (
        <ul className="hedge-legs" aria-label="Actions of the suggestion">
          {hedge.legs.map((leg) => (
            <Leg
              key={leg.id}
              leg={leg}
              isChosen={evaluation.chosen.has(leg.id)}
              isSelected={leg.accountId === selectedAccountId}
              onToggle={() => evaluation.toggle(leg.id)}
              onSelect={() => onSelect(leg.accountId)}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Strip({ hedge, evaluation }: { readonly hedge: HedgeResult; readonly evaluation: Evaluation }): ReactElement {
  const { measures, isWaiting } = evaluation;
  const { before } = hedge;
  const cost = chosenCost(hedge.legs, evaluation.chosen);
  const change = measures.expectedShortfallUsd - before.expectedShortfallUsd;
  const relative = before.expectedShortfallUsd === 0 ? null : change / before.expectedShortfallUsd;
  return (
    <div className={isWaiting ? 'hedge-strip is-waiting' : 'hedge-strip'} aria-busy={isWaiting}>
      <Tiles>
        <Tile
          label="Cost"
          value={moneyShort(cost.costUsd)}
          unit="USD"
          metric="hedge.costUsd"
          comparison={
            cost.premiumUsd === 0
              ? 'spread, fee, impact, gas'
              : `${cost.premiumUsd < 0 ? 'less' : 'plus'} premium ${moneyShort(Math.abs(cost.premiumUsd))}`
          }
        />
        <Tile
          label={`ES ${percent(hedge.confidence)}, 1 day`}
          value={beforeAfter(millions(before.expectedShortfallUsd), millions(measures.expectedShortfallUsd))}
          unit="M"
          metric="hedge.expectedShortfallUsd"
          isStale={isWaiting}
          comparison={change === 0 ? 'unchanged' : `${changeMillions(change)} M${relative === null ? '' : `, ${signedPercent(relative)}`}`}
        />
        <Tile
          label="Any liquidation, 1 day"
          value={beforeAfter(percentFigure(before.anyLiquidationFraction, 0), percentFigure(measures.anyLiquidationFraction, 0))}
          unit="%"
          metric="hedge.anyLiquidationFraction"
          isStale={isWaiting}
          comparison={`${count(hedge.scenarios)} scenarios`}
        />
        <Tile
          label="Fall at the shock"
          value={beforeAfter(count(before.fallenAtReference.length), count(measures.fallenAtReference.length))}
          {...(measures.fallenAtReference.length > 0 ? { state: 'danger' as const } : {})}
          metric="hedge.fallenAtReference"
          isStale={isWaiting}
          comparison={`2nd round ${beforeAfter(millions(before.secondRoundLossUsd), millions(measures.secondRoundLossUsd))} M`}
        />
      </Tiles>
    </div>
  );
}

type LegProps = {
  readonly leg: HedgeLeg;
  readonly isChosen: boolean;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
  readonly onSelect: () => void;
};

function Leg({ leg, isChosen, isSelected, onToggle, onSelect }: LegProps): ReactElement {
  return (
    <li className={`hedge-leg${isSelected ? ' is-selected' : ''}${isChosen ? '' : ' is-out'}`} onClick={onSelect}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={leg.title}
        onChange={onToggle}
        onFocus={onSelect}
        onClick={(event) => event.stopPropagation()}
      />
      <div className="hedge-leg-words">
        <p className="hedge-leg-title">
          <strong>{leg.title}</strong> <span className="muted">{leg.route}</span>
          {leg.latency !== undefined && leg.latency.minutes > 0 && (
            <span className="muted">
              {' · '}
              <Explain metric="hedge.legs.latency.minutes" subjectId={leg.id}>
                {timeTaken(leg.latency.minutes)}
              </Explain>
            </span>
          )}
        </p>
        <p className="secondary">{leg.why}</p>
        {leg.survival && (
          <p className="muted">
            <Explain metric="hedge.legs.survival.keptFraction" subjectId={leg.id}>
              {leg.survival.text}
            </Explain>
          </p>
        )}
      </div>
      <Figure
        label={leg.premiumUsd === 0 ? 'notional' : leg.premiumUsd > 0 ? 'premium' : 'received'}
        value={moneyShort(leg.premiumUsd === 0 ? leg.notionalUsd : Math.abs(leg.premiumUsd))}
        metric={leg.premiumUsd === 0 ? 'hedge.legs.notionalUsd' : 'hedge.legs.premiumUsd'}
        legId={leg.id}
      />
      <Figure
        label="depth"
        value={leg.depthUsedFraction === 0 ? '–' : percent(leg.depthUsedFraction, 0)}
        metric="hedge.legs.depthUsedFraction"
        legId={leg.id}
      />
      <Figure label="cost" value={moneyShort(leg.costUsd)} metric="hedge.legs.costUsd" legId={leg.id} />
      <Figure
        label="ES"
        value={`${changeMillions(leg.expectedShortfallEffectUsd)} M`}
        metric="hedge.legs.expectedShortfallEffectUsd"
        legId={leg.id}
        isStrong
      />
    </li>
  );
}

function Figure({
  label,
  value,
  metric,
  legId,
  isStrong = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly metric: string;
  readonly legId: string;
  readonly isStrong?: boolean;
}): ReactElement {
  return (
    <div className={isStrong ? 'hedge-leg-figure is-strong' : 'hedge-leg-figure'}>
      <span className="muted">{label}</span>
      <Explain metric={metric} subjectId={legId}>
        {value}
      </Explain>
    </div>
  );
}

function NoLegs({ hedge }: { readonly hedge: HedgeResult }): ReactElement {
  if (hedge.status !== 'infeasible')
    return <EmptyState title="Nothing to do">Every account holds in every retained scenario without a trade.</EmptyState>;
  return (
    <div className="hedge-relaxations" role="alert">
      <h3>What would have to give</h3>
      {hedge.relaxations.length === 0 && (
        <p className="secondary">No single limit frees the rest; a larger budget or more cash at the venues is needed.</p>
      )}
      <ul>
        {hedge.relaxations.map((relaxation) => (
          <li key={relaxation.constraint}>
            <strong>{relaxation.text}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SolverFoot({ hedge }: { readonly hedge: HedgeResult }): ReactElement {
  const state = solverState(hedge.status);
  const { recheck } = hedge;
  return (
    <div className="hedge-solver">
      <Chip tone={state.tone} title={`${hedge.solver}, ${counted(hedge.candidates, 'candidate')}, seed ${hedge.seed}`}>
        {state.words}
        {hedge.status !== 'infeasible' && hedge.status !== 'nothingToDo' && `, gap ${percent(hedge.gapFraction)}`}
      </Chip>
      {recheck.passes > 0 && hedge.legs.length > 0 && (
        <span>
          re-checked by the full cascade: <Explain metric="hedge.recheck.gapFraction">gap {percent(Math.abs(recheck.gapFraction))}</Explain>
          , {counted(recheck.passes, 'pass', 'passes')}
        </span>
      )}
      <span className="hedge-solver-end muted">
        {hedge.legs.length > 0 ? 'Space toggles a leg' : `${hedge.solver}, ${counted(hedge.candidates, 'candidate')}`}
      </span>
    </div>
  );
}
