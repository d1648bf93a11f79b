import type { AccountResult } from '../../contract/analysis.ts';
import { cellValue, wholeMove } from '../format.ts';
import { ink, seriesColours } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { dashes, drawChart, label } from './draw-chart.ts';

/** As many lines as can be told apart on paper. */
const MOST_LINES = 6;

/**
 * Excess of the accounts nearest to falling along the common axis, nobody else reacting, as a share of what each requires today: so a small
 * account is as visible as a large one, and each falls where its line meets zero.
 */
export function excessChart(accounts: readonly AccountResult[]): ReportChart {
  const nearest = accounts.toSorted((a, b) => Math.abs(a.jointMove ?? Infinity) - Math.abs(b.jointMove ?? Infinity));
  const drawn = nearest
    .flatMap(({ accountId, curves, maintenanceRequirementUsd }) => {
      const curve = curves.find(({ driver }) => driver === '*');
      const requiredUsd = cellValue(maintenanceRequirementUsd) ?? 0;
      return curve === undefined || requiredUsd <= 0 ? [] : [{ name: accountId, curve, requiredUsd }];
    })
    .slice(0, MOST_LINES);
  const option = {
    grid: { left: 58, right: 70, top: 10, bottom: 34 },
    xAxis: {
      type: 'value',
      min: -0.5,
      max: 0.5,
      interval: 0.1,
      name: 'move of all drivers',
      nameLocation: 'middle',
      nameGap: 22,
      nameTextStyle: label,
      axisLabel: { ...label, formatter: (value: number) => wholeMove(value) },
      splitLine: { lineStyle: { color: ink.line } },
    },
    yAxis: {
      type: 'value',
      name: 'excess / requirement today',
      nameLocation: 'middle',
      nameGap: 42,
      nameTextStyle: label,
      axisLabel: { ...label, formatter: (value: number) => wholeMove(value) },
      splitLine: { lineStyle: { color: ink.line } },
    },
    series: drawn.map(({ name, curve, requiredUsd }, index) => ({
      type: 'line',
      showSymbol: false,
      lineStyle: { width: 1.6, type: dashes[index % dashes.length], color: seriesColours[index] },
      endLabel: { show: true, ...label, formatter: name },
      labelLayout: { moveOverlap: 'shiftY' },
      data: curve.moves.map((value, at) => [value, (curve.excessUsd[at] ?? 0) / requiredUsd]),
    })),
  };
  return drawChart(
    {
      id: 'excess',
      width: 515,
      height: 200,
      description: `Excess of ${drawn.map((item) => item.name).join(', ')} against the common move, as a share of what each requires today.`,
    },
    option,
  );
}
