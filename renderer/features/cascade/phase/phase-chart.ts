import type { EChartsOption } from 'echarts/types/dist/shared';
import type { PhaseMap } from '../../../../main/contract/phase-map.ts';
import { sequentialColor } from '../../../chart/color-scale.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { isFailure } from '../../../format/failure.ts';
import { fixed, signed } from '../../../format/number.ts';
import { rawText } from '../../../format/raw.ts';
import { percent, ratio } from '../../../format/share.ts';
import { type CellPlace, cellMapOption, outline } from '../cell-map.ts';
import { amplifiedBoundary, jointBoundary, type PhaseCell, phaseCells, type PhaseView, valueAt } from './phase-model.ts';

/** What the map draws: a view, the cell of the bar and where the keyboard stands. */
export type PhaseDrawing = {
  readonly map: PhaseMap;
  readonly view: PhaseView;
  readonly selected: CellPlace | null;
  readonly cursor: CellPlace | null;
  readonly palette: Palette;
};

/** Size of the shock across, depth gone upwards; the solid line is where falling together begins, the dashed one the stated amplification. */
export function phaseOption({ map, view, selected, cursor, palette }: PhaseDrawing): EChartsOption {
  const cells = phaseCells(map, view);
  return cellMapOption({
    cells: cells.map(({ column, row, share, text }) => ({
      column,
      row,
      ground: sequentialColor(share, palette.sequentialLoss),
      texts: (width, height) => (width < 20 || height < 12 ? [] : [{ text, offset: 0, size: width < 32 ? 10 : 11 }]),
    })),
    columns: {
      labels: map.leadMoves.map((move) => signed(move * 100, Number.isInteger(Math.round(move * 1e4) / 100) ? 0 : 1)),
      name: `${map.leadDriver}, % (the whole shock in proportion)`,
      isEverySecond: true,
    },
    rows: { labels: map.thinnings.map((thinning) => fixed(thinning * 100, 0)), name: 'Depth gone, %' },
    tooltip: (index) => tooltip(cells[index], map),
    lines: [
      amplifiedBoundary(map).map((segment) => ({ segment, color: palette.accent, isDashed: true })),
      jointBoundary(map).map((segment) => ({ segment, color: palette.text })),
      [...outline(cursor, palette.text2), ...outline(selected, palette.focus)],
    ],
  });
}

function tooltip(cell: PhaseCell | undefined, map: PhaseMap): string {
  if (cell === undefined) return '';
  const { row, column } = cell;
  const rounds = map.rounds[row]?.[column] ?? 0;
  return [
    `<b>${map.leadDriver} ${signed((map.leadMoves[column] ?? 0) * 100, 1)} %, ${percent(map.thinnings[row], 0)} of the depth gone</b>`,
    `${map.accountsFallen[row]?.[column] ?? 0} of mine fall, ${map.fallenOnlyJointly[row]?.[column] ?? 0} of them only because others sell`,
    `loss ${fixed((map.lossUsd[row]?.[column] ?? 0) / 1e6, 2)} M USD, ${ratio(valueAt(map, 'loss', { row, column }))} the first round`,
    `${map.leadDriver} moves ${ratio(valueAt(map, 'price', { row, column }))} the shock`,
    `bad debt ${fixed((map.badDebtUsd[row]?.[column] ?? 0) / 1e6, 2)} M USD`,
    map.hasConverged[row]?.[column] === 1 ? `at rest after ${rounds} rounds` : `stopped at ${rounds} rounds, not at rest`,
  ].join('<br>');
}

/** The map as a table: a row per thinning, its refined crossings first. */
export function phaseTable(map: PhaseMap, view: PhaseView): ChartTable {
  const lead = map.shock.moves[map.leadDriver] ?? 0;
  const moveAt = (scale: number | null): number | string => (scale === null ? 'not here' : Math.max(-0.999, scale * lead));
  return {
    head: [
      'Depth gone, %',
      `Falls only jointly from ${map.leadDriver}, %`,
      `${ratio(map.amplificationLevel)} from ${map.leadDriver}, %`,
      ...map.leadMoves.map((move) => `${signed(move * 100, 1)} %`),
    ],
    rows: map.thinnings.map((thinning, row) => [
      thinning,
      moveAt(map.crossings[row]?.firstOnlyJointScale ?? null),
      moveAt(map.crossings[row]?.amplifiedScale ?? null),
      ...map.scales.map((_, column) => {
        const value = valueAt(map, view, { row, column });
        return isFailure(value) ? '–' : value;
      }),
    ]),
    shown: (value, column) => {
      if (typeof value !== 'number') return rawText(value);
      if (column === 0) return fixed(value * 100, 0);
      return column < 3
        ? signed(value * 100, 1)
        : fixed(view === 'badDebt' ? value / 1e6 : value, view === 'falls' || view === 'rounds' ? 0 : 2);
    },
  };
}
