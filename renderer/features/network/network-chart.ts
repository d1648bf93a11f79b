import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../chart/chart-table.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';
import { millions } from '../../format/money.ts';
import { cornerReach } from './network-labels.ts';
import { isAlongRing, type NetworkGraph, type NetworkLayout, type PlacedNode } from './network-layout.ts';
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

/** The dependency graph: nodes and edges in pixels of the stage, loops as rings below them. */
export function networkOption(drawing: NetworkDrawing): EChartsOption {
  const { layout, palette } = drawing;
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
        links: drawing.graph.edges.filter((edge) => !isAlongRing(edge, layout.rings)).map((edge) => linkItem(edge, drawing)),
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

function nodeItem(placed: PlacedNode, { graph, selectedId, palette }: NetworkDrawing): readonly object[] {
  const node = graph.nodes.find((entry) => entry.id === placed.id);
  if (node === undefined) return [];
  const isSelected = node.id === selectedId;
  const stateColor = stateColour(node, palette);
  const lines = node.caption === '' ? 15 : 30;
  const place = labelPlace(placed, lines);
  const { align } = place;
  return [
    {
      id: node.id,
      name: node.id,
      value: [placed.x, placed.y],
      symbol: symbols[node.kind],
      symbolSize: placed.size,
      itemStyle: {
        color: isSelected ? palette.select : palette.panel,
        borderColor: isSelected ? palette.accent : (stateColor ?? palette.text3),
        borderWidth: isSelected ? 2.5 : stateColor === null ? 1.25 : 1.75,
        shadowColor: palette.panel,
        shadowBlur: 0,
      },
      label: {
        ...place,
        distance: 5,
        formatter: node.caption === '' ? `{name|${node.label}}` : `{name|${node.label}}\n{note|${node.caption}}`,
        rich: {
          note: { color: node.kind === 'account' && stateColor !== null ? stateColor : palette.text3, fontSize: 11, lineHeight: 15, align },
          name: { color: palette.text, fontSize: 12, fontWeight: 600, lineHeight: 15, align },
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

function linkItem(edge: NetworkEdge, { graph, layout, chain, palette }: NetworkDrawing): object {
  const isChain = chain.has(edgeKey(edge));
  const isLoop = edge.loopId !== null;
  const hasReverse = graph.edges.some((other) => other.from === edge.to && other.to === edge.from);
  const color = isChain ? palette.accent : isLoop ? palette.watch : palette.lineStrong;
  return {
    source: edge.from,
    target: edge.to,
    value: edge.valueUsd,
    lineStyle: {
      color,
      width: edgeWidth(edge) * (isChain || isLoop ? 1.5 : 1),
      opacity: isChain || isLoop ? 1 : 0.85,
      curveness: hasReverse ? 0.14 : 0,
    },
    label: {
      show: isChain && hasRoom(edge, layout),
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
function hasRoom(edge: NetworkEdge, layout: NetworkLayout): boolean {
  const from = layout.nodes.find((node) => node.id === edge.from);
  const to = layout.nodes.find((node) => node.id === edge.to);
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
  const label = (id: string) => graph.nodes.find((node) => node.id === id)?.label ?? id;
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
        graph.loops.find((loop) => loop.id === edge.loopId)?.name ?? '',
      ]),
    shown: (value, column) => (typeof value !== 'number' ? rawText(value) : column === 3 ? millions(value) : fixed(value, 3)),
  };
}
