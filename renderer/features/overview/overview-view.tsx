import './overview.css';
import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useCommands, type Command } from '../../app/commands.ts';
import { useHedge } from '../../client/queries.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';
import { CoveragePanel } from './coverage-panel.tsx';
import { DistancePanel } from './distance-panel.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { LossPanel } from './loss-panel.tsx';
import { PartsPanel } from './parts-panel.tsx';
import { RoundsPanel } from './rounds-panel.tsx';
import { StatementPanel } from './statement-panel.tsx';
import { SuggestionPanel } from './suggestion-panel.tsx';
import { VenueUsePanel } from './venue-use-panel.tsx';

/** The first screen: what is the matter, who falls first, what coupling costs, and what to do. */
export function OverviewView(): ReactElement {
  const { suggest } = useHedge();
  useCommands(
    useMemo(
      (): readonly Command[] => [
        { id: 'hedge.suggest', title: 'Suggest hedges', group: 'Hedge', key: 'G', keywords: 'solve compute', run: () => suggest() },
      ],
      [suggest],
    ),
  );
  return <AnalysisGate>{(analysis, isStale) => <Panels analysis={analysis} isStale={isStale} />}</AnalysisGate>;
}

function Panels({ analysis, isStale }: { readonly analysis: AnalysisResult; readonly isStale: boolean }): ReactElement {
  const isWide = useMedia(WIDE_WINDOW);
  return (
    <div className={isWide ? 'overview overview-wide' : 'overview'}>
      <StatementPanel analysis={analysis} isStale={isStale} isWide={isWide} />
      <DistancePanel analysis={analysis} />
      <PartsPanel analysis={analysis} />
      <VenueUsePanel analysis={analysis} />
      <CoveragePanel analysis={analysis} />
      <SuggestionPanel />
      {isWide && (
        <>
          <RoundsPanel analysis={analysis} />
          <EffectPanel analysis={analysis} />
          <LossPanel analysis={analysis} />
        </>
      )}
    </div>
  );
}
