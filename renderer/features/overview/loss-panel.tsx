import { type ReactElement, useState } from 'react';
import type { AnalysisResult, GridResult } from '../../../main/contract/analysis.ts';
import { divergingColor, textOn } from '../../chart/color-scale.ts';
import { usePalette } from '../../chart/palette.ts';
import { fixed, signed } from '../../format/number.ts';
import { Panel } from '../../parts/panel.tsx';
import { Segmented } from '../../parts/switches.tsx';

type View = 'first' | 'after' | 'difference';

const choices = [
  { value: 'first', title: 'First round' },
  { value: 'after', title: 'After cascade' },
  { value: 'difference', title: 'Difference' },
] as const;

/** Profit and loss of the book over spot and volatility, all drivers together, as a table of coloured figures. */
export function LossPanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const [view, setView] = useState<View>('after');
  const grid = analysis.grids.find((candidate) => candidate.underlying === '*') ?? analysis.grids[0];
  return (
    <Panel
      title="Profit and loss, M USD"
      caption="all drivers together; ◆ accounts lost"
      className="overview-loss"
      isFlush
      actions={<Segmented label="Which loss" choices={choices} value={view} onChange={setView} />}
    >
      {grid === undefined ? <p className="facts-none">The scenario set has no grid.</p> : <LossTable grid={grid} view={view} />}
    </Panel>
  );
}

/** The values of a row in the chosen view; losses are negative. */
export function lossRow(grid: GridResult, view: View, row: number): readonly number[] {
  const after = grid.afterCascadeUsd[row] ?? [];
  const first = grid.firstRoundUsd[row] ?? [];
  if (view === 'first') return first;
  return view === 'after' ? after : after.map((amountUsd, column) => amountUsd - (first[column] ?? 0));
}

function LossTable({ grid, view }: { readonly grid: GridResult; readonly view: View }): ReactElement {
  const { diverging } = usePalette();
  const values = grid.volatilityShifts.map((_, row) => lossRow(grid, view, row));
  const limit = Math.max(...values.flat().map(Math.abs));
  const order = grid.volatilityShifts
    .map((_, index) => index)
    .toSorted((a, b) => (grid.volatilityShifts[b] ?? 0) - (grid.volatilityShifts[a] ?? 0));
  return (
    <table className="loss-table">
      <caption className="visually-hidden">Profit and loss by spot move (columns) and volatility shift (rows)</caption>
      <tbody>
        {order.map((row) => (
          <tr key={row}>
            <th scope="row">{signed((grid.volatilityShifts[row] ?? 0) * 100, 0)}</th>
            {grid.spotMoves.map((move, column) => {
              const value = values[row]?.[column] ?? 0;
              const color = divergingColor(value, limit, diverging);
              const lost = grid.accountsLost[row]?.[column] ?? 0;
              return (
                <td key={move} style={{ background: color, color: textOn(color) }}>
                  <span>{fixed(value / 1e6, 1)}</span>
                  <small>{lost > 0 ? `${lost} ◆` : ''}</small>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">vol, pt</th>
          {grid.spotMoves.map((move) => (
            <th key={move} scope="col">
              {signed(move * 100, 0)}
            </th>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}
