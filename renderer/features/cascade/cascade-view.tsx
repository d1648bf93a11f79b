import './cascade.css';
import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useSelection } from '../../app/selection.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Dock } from '../../parts/dock.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';
import { AssumptionBar } from './bar/assumption-bar.tsx';
import { stressTabs, tabsByPlace } from './stress-tabs.ts';
import { usePlayback } from './use-playback.ts';
import { useStress } from './use-stress.ts';

/** What a shock does when liquidations feed on each other: the grid, the cascade, joint against parts, what fell and why. */
export function CascadeView(): ReactElement {
  return <AnalysisGate>{(analysis) => <Stressed key={`${analysis.inputsDigest} ${analysis.runId}`} analysis={analysis} />}</AnalysisGate>;
}

function Stressed({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const stress = useStress(analysis);
  const { playback, step } = usePlayback(stress.cascade);
  const { accountId, selectAccount } = useSelection();
  const isWide = useMedia(WIDE_WINDOW);
  const places = useMemo(() => tabsByPlace(stressTabs, isWide), [isWide]);
  const select = (chosen: string): void => {
    selectAccount(chosen);
    const round = stress.cascade.rounds.findIndex((entry) => entry.fallen.includes(chosen));
    if (round >= 0) step({ kind: 'scrub', round });
  };
  const fallenNow = stress.cascade.rounds[playback.round]?.fallen ?? [];
  const selectedId =
    accountId !== null && (fallenNow.length === 0 || fallenNow.includes(accountId)) ? accountId : (fallenNow[0] ?? accountId);
  const panel = { analysis, stress, playback, onStep: step, selectedId, onAccount: select };
  return (
    <div className="stress-screen">
      <AssumptionBar analysis={analysis} stress={stress} />
      {[...places].map(([place, tabs]) => (
        <Dock key={place} className={`stress-dock-${place}`} tabs={tabs} panel={panel} />
      ))}
    </div>
  );
}
