import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { AnalysisResult, GridResult } from '../../../main/contract/analysis.ts';
import { Chart, type ChartPick } from '../../chart/chart.tsx';
import { SaveChart } from '../../chart/save-chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { Chip } from '../../parts/chip.tsx';
import { Panel } from '../../parts/panel.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';
import { cellOfShock, type HeatView, shockOfCell } from './cascade-heat.ts';
import { type CellPlace, stepCell } from './cell-map.ts';
import { heatOption, heatTable } from './heat-chart.ts';
import type { Stress } from './use-stress.ts';

type Shown = { readonly analysis: AnalysisResult; readonly stress: Stress };
type Props = Shown & {
  readonly view: HeatView;
  readonly onView: (view: HeatView) => void;
  /** Fixes the grid; absent = a switch. */ readonly underlying?: string;
};

/** One grid with a switch between drivers; on a wide window up to three grids side by side. */
export function HeatPanels({ analysis, stress }: Shown): ReactElement {
  const [view, setView] = useState<HeatView>('afterCascade');
  const isWide = useMedia(WIDE_WINDOW);
  const grids = isWide && analysis.grids.length > 1 ? analysis.grids.slice(0, 3).map((grid) => grid.underlying) : [undefined];
  return (
    <div className="stress-heats">
      {grids.map((underlying) => (
        <HeatPanel
          key={underlying ?? ''}
          analysis={analysis}
          stress={stress}
          view={view}
          onView={setView}
          {...(underlying === undefined ? {} : { underlying })}
        />
      ))}
    </div>
  );
}

/** The book's profit and loss over the grid; a cell is a shock, and a click runs its cascade. */
function HeatPanel({ analysis, stress, view, onView, underlying }: Props): ReactElement {
  const [chosen, setChosen] = useState('*');
  const wanted = underlying ?? chosen;
  const grid = analysis.grids.find((entry) => entry.underlying === wanted) ?? analysis.grids[0];
  if (grid === undefined) {
    return (
      <Panel title="Profit and loss" className="stress-heat">
        <EmptyState title="No grid">The scenario set has no spot moves: add some to it and analyse again.</EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title={underlying === undefined ? 'Profit and loss' : `Profit and loss, ${gridTitle(underlying)}`}
      caption="M USD · ◆ accounts lost · line: the first falls"
      isFlush
      className={`stress-heat stress-heat-${underlying === undefined ? 'only' : underlying === '*' ? 'all' : 'one'}`}
      actions={
        <>
          {stress.isHeatElsewhere && (
            <Chip tone="stale" title="The grid belongs to the analysis; the cascade on the right uses what the bar says">
              at the analysis’ assumptions
            </Chip>
          )}
          {underlying === undefined && analysis.grids.length > 1 && (
            <Segmented
              label="Drivers of the grid"
              choices={analysis.grids.map((entry) => ({ value: entry.underlying, title: gridTitle(entry.underlying) }))}
              value={grid.underlying}
              onChange={setChosen}
            />
          )}
          {(underlying === undefined || underlying === '*') && (
            <Segmented label="What the grid shows" choices={views} value={view} onChange={onView} />
          )}
          <SaveChart />
        </>
      }
    >
      <HeatChart grid={grid} view={view} analysis={analysis} stress={stress} />
    </Panel>
  );
}

const views = [
  { value: 'firstRound', title: 'First' },
  { value: 'afterCascade', title: 'After cascade' },
  { value: 'difference', title: 'Difference' },
] as const;

function gridTitle(underlying: string): string {
  return underlying === '*' ? 'All' : underlying;
}

type ChartProps = { readonly grid: GridResult; readonly view: HeatView; readonly analysis: AnalysisResult; readonly stress: Stress };

function HeatChart({ grid, view, analysis, stress }: ChartProps): ReactElement {
  const palette = usePalette();
  const betas = useMemo(() => Object.fromEntries(analysis.drivers.map((driver) => [driver.assetId, driver.beta])), [analysis]);
  const [cursor, setCursor] = useState<CellPlace | null>(null);
  const selected = cellOfShock(grid, stress.question.shock, betas);
  const key = selected === null ? '' : `${selected.column} ${selected.row}`;
  const option = useMemo(
    () =>
      heatOption({
        grid,
        view,
        selected,
        cursor,
        axis:
          grid.underlying === '*'
            ? `All drivers, spot move, % (${Object.entries(betas)
                .map(([driver, beta]) => `${driver} × ${beta.toFixed(2)}`)
                .join(', ')})`
            : `${grid.underlying} alone, spot move, %`,
        palette,
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the selected cell is compared by its key
    [grid, view, key, cursor, betas, palette],
  );
  const table = useMemo(() => heatTable(grid, view), [grid, view]);
  const { ask } = stress;
  const run = useCallback((place: CellPlace) => ask({ shock: shockOfCell(grid, place, betas) }), [ask, grid, betas]);
  const onPick = useCallback(
    (pick: ChartPick) => {
      const columns = grid.spotMoves.length;
      run({ column: pick.dataIndex % columns, row: Math.floor(pick.dataIndex / columns) });
    },
    [grid, run],
  );
  const onKey = (pressed: string): boolean => {
    if (pressed === 'Enter' && cursor !== null) {
      run(cursor);
      return true;
    }
    const size = { columns: grid.spotMoves.length, rows: grid.volatilityShifts.length };
    const next = stepCell(size, cursor ?? selected ?? { column: 0, row: 0 }, pressed);
    if (next !== null) setCursor(next);
    return next !== null;
  };
  return (
    <Chart
      label={`Profit and loss, ${gridTitle(grid.underlying)}, by spot move and volatility shift; arrows walk, Enter runs the cascade`}
      option={option}
      table={table}
      onPick={onPick}
      onKey={onKey}
    />
  );
}
