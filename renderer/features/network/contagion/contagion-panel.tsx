import './contagion.css';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { FailureResult } from '../../../../main/contract/contagion.ts';
import { Chart } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { useFailureOf } from '../../../client/queries.ts';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { StaleMark } from '../../../parts/stale-mark.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { lossRanges, lossTable, losers } from './loss-bars.ts';
import { ModelTable } from './model-table.tsx';
import { Assumptions, Sentences } from './word-lists.tsx';

type Props = {
  /** Node selected in the graph: a venue, an issuer or a token of one chooses who fails. */
  readonly selectedId: string | null;
  /** Tabs in place of the title, where the panel shares its place with others. */
  readonly tabs?: ReactNode;
  readonly className?: string;
};

const recoveries = [
  { value: '0', title: '0 %' },
  { value: '0.25', title: '25' },
  { value: '0.5', title: '50' },
  { value: '0.75', title: '75' },
] as const;

/** One institution fails: every model of what that costs side by side, the loss by account, and the path in words. */
export function ContagionPanel({ selectedId, tabs, className }: Props): ReactElement {
  const { nodeId, nodes, choose, learn } = useFailing(selectedId);
  const [recovery, setRecovery] = useState<(typeof recoveries)[number]['value']>('0.5');
  const loaded = useFailureOf({ recoveryFraction: Number(recovery), ...(nodeId === null ? {} : { nodeId }) });
  const { value, failure, isStale, runId } = loaded;
  if (value !== null && value.nodes !== nodes) learn(value.nodes);
  return (
    <Panel
      title="Contagion"
      isFlush
      {...(tabs === undefined ? {} : { head: tabs })}
      className={`${className ?? ''}${isStale ? ' is-waiting' : ''}`}
      actions={
        runId !== null ? (
          <RunProgressBar runId={runId} title={value === null ? 'Failure' : 'Next failure'} />
        ) : (
          <div className="contagion-controls">
            <label>
              Fails{' '}
              <select value={nodeId ?? value?.nodeId ?? ''} onChange={(event) => choose(event.target.value)}>
                {nodes.map((node) => (
                  <option key={node.id} value={node.id}>
                    {node.name}
                  </option>
                ))}
              </select>
            </label>
            <span>recovered</span>
            <Segmented label="Share that the failed one pays" choices={recoveries} value={recovery} onChange={setRecovery} />
            <SaveChart />
          </div>
        )
      }
      {...(value === null ? {} : { foot: <p className="contagion-assumed">{assumedWords(value)}</p> })}
    >
      {failure !== null && <FailureBox failure={failure} action={{ title: 'Try again', run: loaded.again }} />}
      {failure === null && value !== null && <Told result={value} isStale={isStale} />}
    </Panel>
  );
}

type Failing = {
  readonly nodeId: string | null;
  readonly nodes: FailureResult['nodes'];
  readonly choose: (nodeId: string) => void;
  readonly learn: (nodes: FailureResult['nodes']) => void;
};

/** Who fails: the last choice, here or by selecting its node in the graph; null = whoever costs most. Kept through failures of a run. */
function useFailing(selectedId: string | null): Failing {
  const [nodes, learn] = useState<FailureResult['nodes']>([]);
  const [nodeId, choose] = useState<string | null>(null);
  const [followed, follow] = useState<string | null>(null);
  const found = nodes.find((node) => selectedId !== null && node.graphIds.includes(selectedId));
  if (selectedId !== followed && nodes.length > 0) {
    follow(selectedId);
    if (found !== undefined) choose(found.id);
  }
  return { nodeId, nodes, choose, learn };
}

function Told({ result, isStale }: { readonly result: FailureResult; readonly isStale: boolean }): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => lossRanges(result, palette), [result, palette]);
  const table = useMemo(() => lossTable(result), [result]);
  return (
    <div className="contagion-body" aria-busy={isStale}>
      <div>
        <ModelTable result={result} />
      </div>
      <div className="contagion-chart">
        {losers(result).length === 0 ? (
          <EmptyState title="No account loses anything">By no model does the failure of {result.nodeName} reach this book.</EmptyState>
        ) : (
          <Chart label={`Loss by account when ${result.nodeName} fails, M USD`} option={option} table={table} />
        )}
      </div>
      <div className="contagion-words">
        <h3>{isStale && <StaleMark />} How it reaches the book</h3>
        <Sentences texts={result.path} isOrdered />
        <h3>Where the models disagree</h3>
        <Sentences texts={result.disagreements} />
        <Assumptions assumptions={result.assumptions} />
      </div>
    </div>
  );
}

/** What a reader must know before he believes a figure. */
function assumedWords({ publishedFraction, systemAsOf, assumptions }: FailureResult): string {
  const sold = assumptions.find(({ id }) => id === 'sales')?.value ?? '';
  return `Assumed, not known: balance sheets (${systemAsOf}; published for ${(publishedFraction * 100).toFixed(1)} % of direct claims, else low to high), and ${sold.replace(' of them', '')} of the failed one’s coins sold before depth refills.`;
}
