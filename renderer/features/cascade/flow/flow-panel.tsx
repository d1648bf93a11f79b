import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../../main/contract/analysis.ts';
import { Chart } from '../../../chart/chart.tsx';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { moneyWords } from '../../../format/money.ts';
import { Panel } from '../../../parts/panel.tsx';
import { EmptyState } from '../../../parts/states.tsx';
import type { Playback } from '../cascade-playback.ts';
import type { Stress } from '../use-stress.ts';
import { flowOption, flowTable } from './flow-chart.ts';
import { flowGraph } from './flow-model.ts';

type Props = { readonly analysis: AnalysisResult; readonly stress: Stress; readonly playback: Playback };

/** Who sells what to whom in the round of the playhead: from accounts through markets to venues. */
export function FlowPanel({ analysis, stress, playback }: Props): ReactElement {
  const palette = usePalette();
  const round = stress.cascade.rounds[playback.round];
  const graph = useMemo(() => flowGraph(round?.flows ?? [], analysis), [round, analysis]);
  const option = useMemo(() => flowOption(graph, palette), [graph, palette]);
  const table = useMemo(() => flowTable(graph), [graph]);
  const soldUsd = (round?.crowdSoldUsd ?? 0) + (round?.mineSoldUsd ?? 0);
  return (
    <Panel
      title="Money flow"
      caption={`round ${round?.round ?? 0}, USD at its prices`}
      isFlush
      className={stress.runId === null ? 'stress-flow' : 'stress-flow is-waiting'}
      actions={<SaveChart />}
      foot={
        <p className="round-sentence">
          {round === undefined || graph.links.length === 0 ? 'Nothing is sold.' : flowSentence(graph.links, round.round, soldUsd)}
        </p>
      }
    >
      {graph.links.length === 0 ? (
        <EmptyState title="Nothing is sold">The shock moves prices before anybody has to sell: step on with the full stop.</EmptyState>
      ) : (
        <Chart label={`Money flow of round ${round?.round ?? 0}, USD`} option={option} table={table} />
      )}
    </Panel>
  );
}

/** What was sold, and how much of it nobody got back. */
function flowSentence(links: readonly { readonly target: string; readonly usd: number }[], round: number, soldUsd: number): string {
  const lostUsd = links.filter((link) => link.target === 'impact and fees').reduce((sum, link) => sum + link.usd, 0);
  return `Round ${round}: ${moneyWords(soldUsd)} of collateral is sold; impact and fees take ${moneyWords(lostUsd)} of it.`;
}
