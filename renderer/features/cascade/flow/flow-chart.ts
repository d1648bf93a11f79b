import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { millions, moneyShort } from '../../../format/money.ts';
import { rawText } from '../../../format/raw.ts';
import type { FlowLink, FlowNode } from './flow-model.ts';

type Graph = { readonly nodes: readonly FlowNode[]; readonly links: readonly FlowLink[] };

/** Sellers left, markets in the middle, whom the money reaches right; the width of a band is its dollars. Own accounts are red. */
export function flowOption({ nodes, links }: Graph, palette: Palette): EChartsOption {
  const color: Record<FlowNode['kind'], string> = {
    account: palette.danger,
    crowd: palette.text3,
    market: palette.accent,
    redemption: palette.stale,
    purchase: palette.text2,
    venue: palette.text2,
    lost: palette.loss,
  };
  const kinds = new Map(nodes.map((node) => [node.name, node.kind]));
  return {
    tooltip: { trigger: 'item', formatter: (hit: unknown) => tooltip(hit as Hit) },
    series: [
      {
        type: 'sankey',
        left: 12,
        right: 150,
        top: 12,
        bottom: 12,
        nodeWidth: 10,
        nodeGap: 10,
        draggable: false,
        label: { color: palette.text, fontSize: 11, formatter: (hit: { name: string }) => labelOf(nodes, hit.name) },
        lineStyle: { color: palette.text3, opacity: 0.28, curveness: 0.5 },
        data: nodes.map((node) => ({ name: node.name, itemStyle: { color: color[node.kind], borderWidth: 0 } })),
        links: links.map((link) => ({
          source: link.source,
          target: link.target,
          value: link.usd,
          ...(kinds.get(link.source) === 'account' ? { lineStyle: { color: palette.danger, opacity: 0.45 } } : {}),
          ...(kinds.get(link.target) === 'lost' ? { lineStyle: { color: palette.loss, opacity: 0.4 } } : {}),
        })),
      },
    ],
  };
}

type Hit = { readonly name: string; readonly value: number; readonly data: { readonly source?: string; readonly target?: string } };

function tooltip({ name, value, data }: Hit): string {
  return data.source === undefined
    ? `${name}: <b>${moneyShort(value)}</b>`
    : `${data.source} → ${data.target ?? ''}: <b>${moneyShort(value)}</b>`;
}

function labelOf(nodes: readonly FlowNode[], name: string): string {
  const node = nodes.find((each) => each.name === name);
  return node === undefined ? name : `${name}  ${moneyShort(node.usd)}`;
}

/** The flows of the round as a table, M USD. */
export function flowTable({ links }: Graph): ChartTable {
  return {
    head: ['From', 'To', 'M USD'],
    rows: links.map((link) => [link.source, link.target, link.usd]),
    shown: (value) => (typeof value === 'number' ? millions(value) : rawText(value)),
  };
}
