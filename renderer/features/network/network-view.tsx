import './network.css';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useCommands } from '../../app/commands.ts';
import { useSelection } from '../../app/selection.ts';
import { Chart, type ChartPick } from '../../chart/chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { SaveChart } from '../../chart/save-chart.tsx';
import { count } from '../../format/number.ts';
import { AnalysisGate } from '../../parts/analysis-gate.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { networkOption, networkTable } from './network-chart.ts';
import { DetailPanel } from './network-detail.tsx';
import { NetworkInspector } from './network-inspector.tsx';
import { layoutNetwork, type NetworkGraph } from './network-layout.ts';
import { accountOfNode, chainEdges, type Hops, nextLoopMember, shownNode, visibleGraph, walkEdges, type WalkKey } from './network-model.ts';
import { ChainPanel, TiesPanel } from './network-words.tsx';
import { useNodeChoice } from './node-choice.ts';
import { useStage } from './use-stage.ts';

/** What rests on what: assets, claims, accounts and pools, loops as rings, and the chain of the selection in words. */
export function NetworkView(): ReactElement {
  return <AnalysisGate>{(analysis) => <Network analysis={analysis} />}</AnalysisGate>;
}

function Network({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { network, accounts } = analysis;
  const { nodeId, accountId, selectNode, selectAccount } = useSelection();
  const { accountIdThen, note } = useNodeChoice();
  const node = shownNode(network, { nodeId, accountId, accountIdThen, nearestAccountId: analysis.totals.nearestAccountId });
  const accountIds = useMemo(() => new Set(accounts.map((account) => account.accountId)), [accounts]);
  const select = useCallback(
    (id: string) => {
      const target = network.nodes.find((entry) => entry.id === id);
      if (target === undefined) return;
      selectNode(id);
      const owner = accountOfNode(target, accountIds);
      if (owner !== null) selectAccount(owner);
      note(owner ?? accountId);
    },
    [network, accountIds, accountId, selectNode, selectAccount, note],
  );
  const account = node === null ? null : (accounts.find((entry) => entry.accountId === accountOfNode(node, accountIds)) ?? null);
  if (network.nodes.length === 0) {
    return (
      <Panel title="Network">
        <EmptyState title="Nothing to tie together">
          This book has no positions yet: import some, and what they rest on is drawn here.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className="network-screen">
      <GraphPanel analysis={analysis} selectedId={node?.id ?? null} onSelect={select} />
      <ChainPanel network={network} node={node} />
      <DetailPanel network={network} selectedId={node?.id ?? null} onSelect={select} />
      <TiesPanel network={network} selectedId={node?.id ?? null} onSelect={select} />
      <NetworkInspector network={network} node={node} account={account} />
      <p className="visually-hidden" aria-live="polite">
        {node === null ? '' : `${node.label}, ${node.kind}, ${node.caption}`}
      </p>
    </div>
  );
}

type GraphProps = { readonly analysis: AnalysisResult; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };

const arrows: ReadonlySet<string> = new Set<WalkKey>(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

function isArrow(key: string): key is WalkKey {
  return arrows.has(key);
}

function GraphPanel({ analysis, selectedId, onSelect }: GraphProps): ReactElement {
  const { network } = analysis;
  const [hops, setHops] = useState<Hops>('all');
  const [scope, setScope] = useState<'mine' | 'venues' | 'crowd'>('mine');
  const graph = useMemo(
    () => visibleGraph(network, { isCrowdShown: scope === 'crowd', isVenueShown: scope === 'venues', hops, selectedId }),
    [network, scope, hops, selectedId],
  );
  useCommands(
    useMemo(
      () => [
        {
          id: 'network.nextLoop',
          title: 'Next loop of the network',
          group: 'Panel' as const,
          key: 'L',
          run: () => onSelect(nextLoopMember(graph, selectedId) ?? ''),
        },
      ],
      [graph, selectedId, onSelect],
    ),
  );
  return (
    <Panel
      title="Dependency graph"
      caption={`${count(graph.nodes.length)} of ${count(network.nodes.length)} nodes; width = value, border = state`}
      isFlush
      className="network-graph"
      actions={
        <>
          <Segmented label="Whose nodes" choices={scopes} value={scope} onChange={setScope} />
          <Segmented label="Distance from the selection" choices={distances} value={hops} onChange={setHops} />
          <SaveChart />
        </>
      }
      foot={<Legend />}
    >
      <GraphChart graph={graph} selectedId={selectedId} onSelect={onSelect} />
    </Panel>
  );
}

const scopes = [
  { value: 'mine', title: 'My book' },
  { value: 'venues', title: '+ who runs it' },
  { value: 'crowd', title: '+ crowd' },
] as const;
const distances = [
  { value: '1', title: '1 hop' },
  { value: '2', title: '2 hops' },
  { value: 'all', title: 'all' },
] as const;

type ChartProps = { readonly graph: NetworkGraph; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };

function GraphChart({ graph, selectedId, onSelect }: ChartProps): ReactElement {
  const palette = usePalette();
  const { frame, stage } = useStage();
  const layout = useMemo(() => (stage === null ? null : layoutNetwork(graph, stage)), [graph, stage]);
  const chain = useMemo(() => chainEdges(graph, selectedId), [graph, selectedId]);
  const option = useMemo(
    () => (layout === null ? null : networkOption({ graph, layout, selectedId, chain, palette })),
    [graph, layout, selectedId, chain, palette],
  );
  const table = useMemo(() => networkTable(graph), [graph]);
  const onPick = useCallback(
    (pick: ChartPick & { readonly dataType?: string }) => pick.dataType !== 'edge' && onSelect(pick.name),
    [onSelect],
  );
  const onKey = (key: string): boolean => {
    if (!isArrow(key) || layout === null) return false;
    onSelect(walkEdges(graph, layout.nodes, { from: selectedId ?? '', key }));
    return true;
  };
  return (
    <div ref={frame} className="network-stage">
      {option !== null && (
        <Chart
          label={`Dependency graph of ${count(graph.nodes.length)} nodes; arrows walk edges, L the next loop`}
          option={option}
          table={table}
          onPick={onPick}
          onKey={onKey}
        />
      )}
    </div>
  );
}

function Legend(): ReactElement {
  return (
    <div className="network-legend">
      <span>○ asset</span>
      <span>◇ claim</span>
      <span>
        <i className="network-legend-account" aria-hidden="true" /> account
      </span>
      <span>
        <i aria-hidden="true" /> pool
      </span>
      <span>△ issuer, oracle, chain</span>
      <span className="state-watch">→ loop edge</span>
      <span className="network-legend-chain">→ chain of the selection</span>
      <span className="network-legend-keys">L next loop · arrows walk edges · T table</span>
    </div>
  );
}
