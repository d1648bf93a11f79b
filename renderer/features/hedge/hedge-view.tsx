import './hedge.css';
import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import { useSelection } from '../../app/selection.ts';
import { useHedge } from '../../client/queries.ts';
import { useStandingWish } from '../../client/standing-queries.ts';
import { counted } from '../../format/number.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState, FailureBox } from '../../parts/states.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';
import { DecisionPanel } from './decision-panel.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { effectsOfNothing } from './hedge-rows.ts';
import { HedgeRequest } from './request/hedge-request.tsx';
import { StandingPanel } from './standing/standing-panel.tsx';
import { leftTabs, rightTabs } from './hedge-tabs.ts';
import { TabbedPanel } from './tabbed-panel.tsx';
import { useEvaluation } from './use-evaluation.ts';
import { WorthPanel } from './worth-panel.tsx';

/** The suggested trades and collateral actions with their reasons, what they do to each account, and what could go wrong. */
export function HedgeView(): ReactElement {
  return <AnalysisGate>{(analysis) => <Hedges analysis={analysis} />}</AnalysisGate>;
}

function Hedges({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { value, failure, runId, wish, suggest } = useHedge();
  const standingWish = useStandingWish();
  const last = wish ?? standingWish;
  return (
    <div className="hedge-screen">
      <HedgeRequest
        key={JSON.stringify(last)}
        wish={last}
        accountIds={analysis.accounts.map((account) => account.accountId)}
        confidence={value?.confidence ?? analysis.confidence}
        runId={runId}
        hasResult={value !== null || standingWish !== null}
        onAsk={suggest}
      />
      {failure !== null && failure.reason !== 'cancelled' && (
        <FailureBox failure={failure} action={{ title: 'Solve again', run: () => suggest(last ?? {}) }} />
      )}
      {value === null ? (
        (failure === null || failure.reason === 'cancelled') && (
          <Unsolved isRunning={runId !== null} analysis={analysis} isStanding={standingWish !== null} />
        )
      ) : (
        <Suggestion key={`${value.inputsDigest} ${value.runId}`} analysis={analysis} hedge={value} />
      )}
      <TabbedPanel tabs={leftTabs} label="Comparison of the suggestion" className="hedge-left" analysis={analysis} hedge={value} />
      <TabbedPanel tabs={rightTabs} label="What more money buys" className="hedge-right" analysis={analysis} hedge={value} />
    </div>
  );
}

type UnsolvedProps = {
  readonly isRunning: boolean;
  readonly analysis: AnalysisResult;
  /** Whether a suggestion that was made before stands. */
  readonly isStanding: boolean;
};

function Unsolved({ isRunning, analysis, isStanding }: UnsolvedProps): ReactElement {
  const { accountId, selectAccount } = useSelection();
  const effects = useMemo(() => effectsOfNothing(analysis.accounts), [analysis]);
  const falling = analysis.cascade.fallen.length;
  return (
    <>
      {isStanding && !isRunning ? (
        <StandingPanel selectedAccountId={accountId} onSelect={selectAccount} />
      ) : (
        <Panel title="Suggestion" className="hedge-decision">
          <EmptyState title={isRunning ? 'Solving' : 'Nothing has been solved yet'}>
            {falling === 0
              ? 'No account falls at the reference shock; '
              : `${counted(falling, 'account')} ${falling === 1 ? 'falls' : 'fall'} at the reference shock; `}
            the solver looks for the cheapest trades, repayments and top-ups that keep every account above its requirement in every retained
            scenario.
          </EmptyState>
        </Panel>
      )}
      <div className="hedge-now">
        <EffectPanel
          analysis={analysis}
          effects={effects}
          legs={[]}
          isWaiting={false}
          isSolved={false}
          selectedAccountId={accountId}
          onSelect={selectAccount}
        />
      </div>
    </>
  );
}

function Suggestion({ analysis, hedge }: { readonly analysis: AnalysisResult; readonly hedge: HedgeResult }): ReactElement {
  const evaluation = useEvaluation(hedge);
  const accountId = useSelection((state) => state.accountId);
  const selectAccount = useSelection((state) => state.selectAccount);
  const isWide = useMedia(WIDE_WINDOW);
  return (
    <>
      <DecisionPanel hedge={hedge} evaluation={evaluation} selectedAccountId={accountId} onSelect={selectAccount} />
      <EffectPanel
        analysis={analysis}
        effects={evaluation.effects}
        legs={hedge.legs.filter((leg) => evaluation.chosen.has(leg.id))}
        isWaiting={evaluation.isWaiting}
        isSolved
        selectedAccountId={accountId}
        onSelect={selectAccount}
      />
      {isWide && <WorthPanel hedge={hedge} evaluation={evaluation} />}
    </>
  );
}
