import type { EChartsOption } from 'echarts/types/dist/shared';
import { type ComponentProps, type ReactElement, useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { useCommands } from '../../app/commands.ts';
import { Chart, type ChartPick } from '../../chart/chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { SaveChart } from '../../chart/save-chart.tsx';
import { count } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';
import type { NetworkGraph } from './layout/network-layout.ts';
import { NetworkMap } from './map/network-map.tsx';
import { networkOption, networkTable } from './network-chart.ts';
import { chainEdges, type Hops, isAside, nextLoopMember, visibleGraph, walkEdges, type WalkKey } from './network-model.ts';
import { type Laid, type LayoutState, useLayout } from './use-layout.ts';
import { useStage } from './use-stage.ts';

type GraphProps = { readonly analysis: AnalysisResult; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };

const arrows: ReadonlySet<string> = new Set<WalkKey>(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

function isArrow(key: string): key is WalkKey {
  return arrows.has(key);
}

/** The dependency graph, with what part of it is shown. */
export function GraphPanel({ analysis, selectedId, onSelect }: GraphProps): ReactElement {
  const { network } = analysis;
  const [hops, setHops] = useState<Hops>('all');
  const [scope, setScope] = useState<'mine' | 'venues' | 'crowd'>('mine');
  // The selection changes what is shown only where it is the centre, or would otherwise be hidden: nodes do not move under a click.
  const centreId = hops !== 'all' || isAside(network, selectedId) ? selectedId : null;
  const graph = useMemo(
    () => visibleGraph(network, { isCrowdShown: scope === 'crowd', isVenueShown: scope === 'venues', hops, selectedId: centreId }),
    [network, scope, hops, centreId],
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
  const { frame, stage } = useStage();
  const state = useLayout(graph, stage);
  const { laid, isBusy, cancel } = state;
  const onKeyDown = (event: { readonly key: string; readonly stopPropagation: () => void }): void => {
    if (event.key !== 'Escape' || !isBusy) return;
    event.stopPropagation();
    cancel();
  };
  return (
    <div ref={frame} className="network-stage" aria-busy={isBusy} onKeyDown={onKeyDown}>
      {laid !== null && <LaidChart laid={laid} selectedId={selectedId} onSelect={onSelect} />}
      <LayoutNote state={state} nodes={graph.nodes.length} />
    </div>
  );
}

/** What is going on while there is no layout, or not yet the next: seen only when it takes a moment. */
function LayoutNote({ state, nodes }: { readonly state: LayoutState; readonly nodes: number }): ReactElement | null {
  const { isBusy, phase, stopped, cancel, again } = state;
  if (isBusy) {
    return (
      <div className="network-busy" role="status">
        <span>
          Laying out {count(nodes)} nodes{phase === '' ? '' : ` · ${phase}`} …
        </span>
        <Button onClick={cancel} shortcut="Esc">
          Cancel
        </Button>
      </div>
    );
  }
  if (stopped === null) return null;
  return (
    <div className="network-stopped">
      <EmptyState
        title={stopped.reason === null ? 'Not laid out' : 'The graph could not be laid out'}
        actions={[{ title: 'Lay out', run: again }]}
        isAside
      >
        {stopped.reason ?? `The layout of ${count(nodes)} nodes was cancelled; the tables beside it do not need it.`}
      </EmptyState>
    </div>
  );
}

type LaidProps = { readonly laid: Laid; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };

/** A graph that can be read at once as a chart, a larger one as a map. */
function LaidChart({ laid, selectedId, onSelect }: LaidProps): ReactElement {
  const { graph, layout } = laid;
  const palette = usePalette();
  const chain = useMemo(() => chainEdges(graph, selectedId), [graph, selectedId]);
  const option = useCallback(
    () => networkOption({ graph, layout, selectedId, chain, palette }),
    [graph, layout, selectedId, chain, palette],
  );
  const table = useMemo(() => networkTable(graph), [graph]);
  const onPick = useCallback(
    (pick: ChartPick & { readonly dataType?: string }) => pick.dataType !== 'edge' && onSelect(pick.name),
    [onSelect],
  );
  const onKey = (key: string): boolean => {
    if (!isArrow(key)) return false;
    onSelect(walkEdges(graph, layout.nodes, { from: selectedId ?? '', key }));
    return true;
  };
  const label = `Dependency graph of ${count(graph.nodes.length)} nodes; arrows walk edges, L the next loop`;
  return layout.isMap ? (
    <NetworkMap {...{ laid, label, option, table, selectedId, chain, onSelect, onKey }} />
  ) : (
    <ReadChart {...{ label, option, table, onPick, onKey }} />
  );
}

type ReadProps = Omit<ComponentProps<typeof Chart>, 'option'> & { readonly option: () => EChartsOption };

function ReadChart({ option, ...rest }: ReadProps): ReactElement {
  const drawn = useMemo(() => option(), [option]);
  return <Chart option={drawn} {...rest} />;
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
      <span className="network-legend-keys">L next loop · arrows walk edges · wheel zooms a map · T table</span>
    </div>
  );
}
