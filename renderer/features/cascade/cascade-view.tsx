import './cascade.css';
import { type ReactElement, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useSelection } from '../../app/selection.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';
import { AssumptionBar } from './assumption-bar.tsx';
import type { FallenRow } from './cascade-fallen.ts';
import type { HeatView } from './cascade-heat.ts';
import { FallenPanel } from './fallen-panel.tsx';
import { HeatPanel } from './heat-panel.tsx';
import { PolicyPanel } from './policy/policy-panel.tsx';
import { SurvivalPanel } from './policy/survival-panel.tsx';
import { RoundsPanel } from './rounds-panel.tsx';
import { usePlayback } from './use-playback.ts';
import { useStress } from './use-stress.ts';
import { WaterfallPanel } from './waterfall-panel.tsx';

/** What a shock does when liquidations feed on each other: the grid, the cascade, joint against parts, what fell and why. */
export function CascadeView(): ReactElement {
  return <AnalysisGate>{(analysis) => <Stressed key={`${analysis.inputsDigest} ${analysis.runId}`} analysis={analysis} />}</AnalysisGate>;
}

function Stressed({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const stress = useStress(analysis);
  const { playback, step } = usePlayback(stress.cascade);
  const { accountId, selectAccount } = useSelection();
  const [view, setView] = useState<HeatView>('afterCascade');
  const [part, setPart] = useState<'joint' | 'policies'>('joint');
  const question = { scenarioSetId: analysis.scenarioSetId, ...stress.question };
  const isWide = useMedia(WIDE_WINDOW);
  const grids = isWide && analysis.grids.length > 1 ? analysis.grids.slice(0, 3).map((grid) => grid.underlying) : [undefined];
  const select = (row: FallenRow): void => {
    selectAccount(row.accountId);
    const round = stress.cascade.rounds.findIndex((entry) => entry.round === row.round);
    if (row.round !== null && round >= 0) step({ kind: 'scrub', round });
  };
  const fallenNow = stress.cascade.rounds[playback.round]?.fallen ?? [];
  const selectedId =
    accountId !== null && (fallenNow.length === 0 || fallenNow.includes(accountId)) ? accountId : (fallenNow[0] ?? accountId);
  return (
    <div className="stress-screen">
      <AssumptionBar analysis={analysis} stress={stress} />
      <div className="stress-heats">
        {grids.map((underlying) => (
          <HeatPanel
            key={underlying ?? ''}
            analysis={analysis}
            stress={stress}
            view={view}
            onView={setView}
            {...(underlying === undefined ? {} : { underlying })}
          />
        ))}
      </div>
      <RoundsPanel analysis={analysis} stress={stress} playback={playback} onStep={step} />
      {part === 'policies' ? (
        <>
          <PolicyPanel question={question} />
          <SurvivalPanel question={question} />
        </>
      ) : (
        <>
          <WaterfallPanel analysis={analysis} stress={stress} />
          <FallenPanel analysis={analysis} stress={stress} selectedId={selectedId} onSelect={select} />
        </>
      )}
      <Segmented label="Part of the screen" choices={PARTS} value={part} onChange={setPart} />
    </div>
  );
}

const PARTS = [
  { value: 'joint', title: 'Joint and parts' },
  { value: 'policies', title: 'Policies and hedges' },
] as const;
