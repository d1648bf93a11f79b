import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../chart/chart-table.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';
import { millions } from '../../format/money.ts';
import { cornerReach } from './layout/labels.ts';
import { type NetworkGraph, type NetworkLayout, type PlacedNode, ringSteps } from './layout/network-layout.ts';
import { edgeKey, type NetworkEdge, type NetworkNode } from './network-model.ts';
import { ringSeries } from './network-ring-series.ts';

/** What the drawing of a network depends on besides its layout. */
export type NetworkDrawing = {
  readonly graph: NetworkGraph;
  readonly layout: NetworkLayout;
  readonly selectedId: string | null;
  readonly chain: ReadonlySet<string>;
  readonly palette: Palette;
};

const symbols: Readonly<Record<NetworkNode['kind'], string>> = {
  asset: 'circle',
  claim: 'diamond',
  account: 'roundRect',
  pool: 'rect',
  venue: 'rect',
  issuer: 'triangle',
  oracle: 'triangle',
  chain: 'triangle',
};

/** The drawing with what is looked up once for each node or edge. */
type Drawing = NetworkDrawing & {
  readonly nodes: ReadonlyMap<string, NetworkNode>;
  readonly placed: ReadonlyMap<string, PlacedNode>;
  /** Ends of every edge, `from\tto`. */
  readonly pairs: ReadonlySet<string>;
  /** Nodes that get their label: all, but on a map only the largest. */
  readonly named: ReadonlySet<string>;
};

/** Symbols and edges of a map that is saved as a picture: small and faint, so that thousands of them can be told apart. */
const MAP_SYMBOL = 0.3;
const MAP_OPACITY = 0.15;
/** Labels on a map that is saved as a picture. */
const MOST_NAMED = 60;

function largest({ nodes }: NetworkLayout): readonly string[] {
  return nodes
    .toSorted((a, b) => b.size - a.size)
    .slice(0, MOST_NAMED)
    .map((node) => node.id);
}

/** The dependency graph: nodes and edges in pixels of the stage, loops as rings below them. */
export function networkOption(input: NetworkDrawing): EChartsOption {
  const { layout, palette, graph } = input;
  const drawing: Drawing = {
    ...input,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    placed: new Map(layout.nodes.map((node) => [node.id, node])),
    pairs: new Set(graph.edges.map(({ from, to }) => `${from}\t${to}`)),
    named: new Set(layout.isMap ? largest(layout) : layout.nodes.map((node) => node.id)),
  };
  const isAlongRing = ringSteps(layout.rings);
  const { width, height } = layout.stage;
  return {
    grid: { left: 0, top: 0, width, height },
    xAxis: { show: false, type: 'value', min: 0, max: width },
    yAxis: { show: false, type: 'value', min: 0, max: height, inverse: true },
    tooltip: { trigger: 'item', formatter: (hit: unknown) => tooltip(hit, drawing) },
    series: [
      ringSeries(drawing),
      {
        type: 'graph',
        id: 'network',
        coordinateSystem: 'cartesian2d',
        layout: 'none',
        z: 3,
        data: layout.nodes.flatMap((placed) => nodeItem(placed, drawing)),
        links: graph.edges.filter((edge) => !isAlongRing(edge)).map((edge) => linkItem(edge, drawing)),
        edgeSymbol: ['none', 'arrow'],
        edgeSymbolSize: [0, 7],
        label: {
          show: true,
          rich: {
            name: { color: palette.text, fontSize: 12, fontWeight: 600, lineHeight: 15 },
            note: { color: palette.text3, fontSize: 11, lineHeight: 15 },
          },
        },
        autoCurveness: false,
      },
    ],
  };
}

function nodeItem(placed: PlacedNode, { nodes, named, layout, selectedId, palette }: Drawing): readonly object[] {
  const node = nodes.get(placed.id);
  if (node === undefined) return [];
  const isSelected = node.id === selectedId;
  const stateColor = stateColour(node, palette);
  const lines = node.caption === '' ? 15 : 30;
  const place = labelPlace(placed, lines);
  const { align } = place;
  // A line that has to pass under a text stops around its letters.
  const halo = { textBorderColor: palette.panel, textBorderWidth: 3 };
  return [
    {
      id: node.id,
      name: node.id,
      value: [placed.x, placed.y],
      symbol: symbols[node.kind],
      symbolSize: layout.isMap ? placed.size * MAP_SYMBOL : placed.size,
      itemStyle: {
        color: isSelected ? palette.select : palette.panel,
        borderColor: isSelected ? palette.accent : (stateColor ?? palette.text3),
        borderWidth: isSelected ? 2.5 : stateColor === null ? 1.25 : 1.75,
        shadowColor: palette.panel,
        shadowBlur: 0,
      },
      label: {
        ...place,
        show: named.has(node.id),
        distance: 5,
        formatter: node.caption === '' ? `{name|${node.label}}` : `{name|${node.label}}\n{note|${node.caption}}`,
        rich: {
          note: {
            ...halo,
            color: node.kind === 'account' && stateColor !== null ? stateColor : palette.text3,
            fontSize: 11,
            lineHeight: 15,
            align,
          },
          name: { ...halo, color: palette.text, fontSize: 12, fontWeight: 600, lineHeight: 15, align },
        },
      },
    },
  ];
}

/** Where the label library puts a label: by side, or for a corner by its offset from the upper left of the symbol. */
function labelPlace(
  { side, size }: PlacedNode,
  height: number,
): { readonly position: string | readonly [number, number]; readonly align: 'left' | 'right' | 'center' } {
  if (side === 'left') return { position: side, align: 'right' };
  if (side === 'right') return { position: side, align: 'left' };
  if (side === 'top' || side === 'bottom') return { position: side, align: 'center' };
  const near = cornerReach(size);
  const x = side.endsWith('Right') ? size / 2 + near : size / 2 - near;
  return {
    position: [x, side.startsWith('top') ? size / 2 - near - height : size / 2 + near],
    align: side.endsWith('Right') ? 'left' : 'right',
  };
}

/** Colour of a node's state: accounts by their own, others only in loops or in trouble. */
function stateColour(node: NetworkNode, palette: Palette): string | null {
  if (node.state === 'danger') return palette.danger;
  if (node.state === 'watch' || node.loopId !== null) return palette.watch;
  return null;
}

function linkItem(edge: NetworkEdge, drawing: Drawing): object {
  const { pairs, chain, palette, layout } = drawing;
  const isChain = chain.has(edgeKey(edge));
  const isLoop = edge.loopId !== null;
  const hasReverse = pairs.has(`${edge.to}\t${edge.from}`);
  const color = isChain ? palette.accent : isLoop ? palette.watch : palette.lineStrong;
  return {
    source: edge.from,
    target: edge.to,
    value: edge.valueUsd,
    lineStyle: {
      color,
      width: edgeWidth(edge) * (isChain || isLoop ? 1.5 : 1),
      opacity: layout.isMap ? MAP_OPACITY : isChain || isLoop ? 1 : 0.85,
      curveness: hasReverse ? 0.14 : 0,
    },
    label: {
      show: isChain && hasRoom(edge, drawing),
      formatter: edge.label,
      color: palette.accent,
      fontSize: 11,
      backgroundColor: palette.panel,
      padding: [1, 3],
      borderRadius: 2,
    },
  };
}

/** Whether an edge is long enough to carry its words between its two nodes; where it is not, the tooltip and the table have them. */
function hasRoom(edge: NetworkEdge, { placed }: Drawing): boolean {
  const from = placed.get(edge.from);
  const to = placed.get(edge.to);
  if (from === undefined || to === undefined || edge.label === '') return false;
  return Math.hypot(from.x - to.x, from.y - to.y) - (from.size + to.size) / 2 > edge.label.length * 6 + 18;
}

/** Width by the root of the value: 1 px for nothing, 3 px for 100 M USD. */
function edgeWidth(edge: NetworkEdge): number {
  return 1 + 2 * Math.min(1, Math.sqrt(edge.valueUsd / 1e8));
}

function tooltip(hit: unknown, { graph }: NetworkDrawing): string {
  const { dataType, data } = hit as {
    readonly dataType?: string;
    readonly data?: { readonly id?: string; readonly source?: string; readonly target?: string };
  };
  const label = (id: string | undefined) => graph.nodes.find((node) => node.id === id)?.label ?? id ?? '';
  if (dataType === 'edge') {
    const edge = graph.edges.find((entry) => entry.from === data?.source && entry.to === data.target);
    return edge === undefined ? '' : `${label(edge.from)} → ${label(edge.to)}<br>${edge.label} · <b>${millions(edge.valueUsd)} M USD</b>`;
  }
  const node = graph.nodes.find((entry) => entry.id === data?.id);
  return node === undefined ? '' : `<b>${node.label}</b> ${node.kind}<br>${node.caption} · ${millions(node.valueUsd)} M USD`;
}

/** Every edge of the shown graph, largest first: the table twin of the drawing. */
export function networkTable(graph: NetworkGraph): ChartTable {
  const labels = new Map(graph.nodes.map((node) => [node.id, node.label]));
  const loops = new Map(graph.loops.map((loop) => [loop.id, loop.name]));
  const label = (id: string) => labels.get(id) ?? id;
  return {
    head: ['From', 'To', 'Tie', 'Value, M USD', 'Weight', 'Loop'],
    rows: graph.edges
      .toSorted((a, b) => b.valueUsd - a.valueUsd)
      .map((edge) => [
        label(edge.from),
        label(edge.to),
        edge.label === '' ? edge.kind : edge.label,
        edge.valueUsd,
        edge.weight,
        edge.loopId === null ? '' : (loops.get(edge.loopId) ?? ''),
      ]),
    shown: (value, column) => (typeof value !== 'number' ? rawText(value) : column === 3 ? millions(value) : fixed(value, 3)),
  };
}
