import type { EChartsOption } from 'echarts/types/dist/shared';
import { type ReactElement, useMemo } from 'react';
import type { HedgeLeg, HedgeResult } from '../../../main/contract/hedge.ts';
import { Chart } from '../../chart/chart.tsx';
import type { ChartTable } from '../../chart/chart-table.ts';
import { type Palette, usePalette } from '../../chart/palette.ts';
import { changeMillions, moneyShort } from '../../format/money.ts';
import { fixed, signed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';
import { Panel } from '../../parts/panel.tsx';
import { savedPerDollar } from './hedge-rows.ts';
import type { Evaluation } from './use-evaluation.ts';

const ROW = 32;
const AXIS = 44;

/** What each leg does to the expected shortfall, and how much it saves per dollar of cost: only where a window has room. */
export function WorthPanel({ hedge, evaluation }: { readonly hedge: HedgeResult; readonly evaluation: Evaluation }): ReactElement {
  const palette = usePalette();
  const legs = useMemo(() => hedge.legs.toSorted((a, b) => a.expectedShortfallEffectUsd - b.expectedShortfallEffectUsd), [hedge]);
  const option = useMemo(() => worthOption(legs, evaluation.chosen, palette), [legs, evaluation.chosen, palette]);
  const table = useMemo(() => worthTable(legs), [legs]);
  return (
    <Panel title="What each leg buys" caption="change of ES, M USD · saved per dollar of cost" isFlush className="hedge-worth">
      {legs.length === 0 ? (
        <p className="hedge-none muted">No legs.</p>
      ) : (
        <div style={{ height: `min(100%, ${legs.length * ROW + AXIS}px)` }}>
          <Chart label="Change of expected shortfall by leg, M USD" option={option} table={table} />
        </div>
      )}
    </Panel>
  );
}

function worthOption(legs: readonly HedgeLeg[], chosen: ReadonlySet<string>, palette: Palette): EChartsOption {
  const ratioText = (leg: HedgeLeg): string => {
    const saved = savedPerDollar(leg);
    return saved === null || saved <= 0 ? '' : ` · ${fixed(saved, 0)} per dollar`;
  };
  return {
    grid: { left: 214, right: 176, top: 6, bottom: 28 },
    xAxis: { type: 'value', axisLabel: { formatter: (value: number) => fixed(value, Number.isInteger(value) ? 0 : 1) } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: legs.map((leg) => leg.title),
      axisLabel: { width: 200, overflow: 'truncate', interval: 0, color: palette.text2 },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 12,
        data: legs.map((leg) => ({
          value: leg.expectedShortfallEffectUsd / 1e6,
          itemStyle: { color: leg.expectedShortfallEffectUsd <= 0 ? palette.gain : palette.loss, opacity: chosen.has(leg.id) ? 1 : 0.3 },
          label: { show: true, position: leg.expectedShortfallEffectUsd <= 0 ? 'insideLeft' : 'right', formatter: '' },
        })),
      },
      {
        type: 'scatter',
        symbolSize: 0,
        silent: true,
        data: legs.map((leg, index) => ({
          value: [0, index],
          label: {
            show: true,
            position: 'right',
            distance: 10,
            formatter: `${changeMillions(leg.expectedShortfallEffectUsd)} M${ratioText(leg)}`,
            color: palette.text2,
            fontSize: 11,
          },
        })),
      },
    ],
  };
}

function worthTable(legs: readonly HedgeLeg[]): ChartTable {
  return {
    head: ['Leg', 'Change of ES, M USD', 'Cost, USD', 'Saved per dollar'],
    rows: legs.map((leg) => [leg.title, leg.expectedShortfallEffectUsd, leg.costUsd, savedPerDollar(leg)]),
    shown: (value, column) =>
      typeof value !== 'number'
        ? rawText(value) || '–'
        : column === 1
          ? signed(value / 1e6, 2)
          : column === 2
            ? moneyShort(value)
            : fixed(value, 1),
  };
}
