import type { Cell } from '../../contract/cell.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { ReplayIndexTable } from '../../engine/replay/replay-index.ts';
import { drawdownCorrelation } from '../../engine/risk/drawdown-correlation.ts';
import { amplificationPart, couplingPart, leveragePart } from '../../engine/risk/systemic-leverage.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { indexValue, WEIGHT, WORST_SHARE } from '../analysis/leverage-index.ts';
import { readHistory } from '../analysis/shock-lists.ts';

/** The four parts of the index, each a share or the reason why it has none. */
export type IndexParts = { readonly L: Cell; readonly A: Cell; readonly X: Cell; readonly K: Cell };

/** Days of closes looked at before a day: enough for the scenario set's history with its volatility warmed up. */
const WARM_UP_DAYS = 60;

/** Gives K of a day with the closes before it only. Remembers the day asked last, since steps of one day share their history. */
export type MovesBefore = (day: string) => Float64Array | null;

/** Daily moves of the drivers known before a day, from recorded closes; null with too few of them. */
export function movesBefore(inputs: AnalysisInputs, history: Snapshot['history'], driverIds: readonly string[]): MovesBefore {
  const rows = history.filter((row) => driverIds.every((id) => (row.closeUsd[id] ?? 0) > 0));
  let known: { day: string; moves: Float64Array | null } | null = null;
  return (day) => {
    if (known?.day === day) return known.moves;
    const end = rows.findIndex((row) => row.day >= day);
    const before = rows.slice(0, end < 0 ? rows.length : end).slice(-(inputs.scenarioSet.historyDays + WARM_UP_DAYS));
    const read = readHistory({ ...inputs, snapshot: { ...inputs.snapshot, history: before } }, driverIds);
    known = { day, moves: read.ok ? read.value.moves.moves : null };
    return known.moves;
  };
}

/** Index and parts at one step of a table; `moves` are the daily moves known by then. */
export function indexAt(
  table: ReplayIndexTable,
  step: number,
  given: { readonly moves: Float64Array | null; readonly coverageFraction: number; readonly drivers: number },
): { readonly index: Cell; readonly parts: IndexParts } {
  const equity = table.equityUsd[step] ?? NaN;
  const first = table.firstRoundLossUsd[step] ?? NaN;
  const total = table.totalLossUsd[step] ?? NaN;
  const holdings = table.netUsd.subarray(step * given.drivers, (step + 1) * given.drivers);
  const parts: IndexParts = {
    L: equity > 0 ? leveragePart((table.throughUsd[step] ?? NaN) / equity) : refused('the book has no equity at these prices'),
    A: first > 0 ? amplificationPart(total / first) : refused('the reference shock loses nothing from here'),
    X: couplingPart(total - first, table.sumOfBlocksUsd[step] ?? NaN),
    K: correlationPart(given.moves, holdings),
  };
  const named = [
    { name: 'Look-through leverage', value: parts.L, weight: WEIGHT },
    { name: 'Amplification', value: parts.A, weight: WEIGHT },
    { name: 'Coupling', value: parts.X, weight: WEIGHT },
    { name: 'Correlation', value: parts.K, weight: WEIGHT },
  ];
  return { index: indexValue(named, given.coverageFraction), parts };
}

function correlationPart(moves: Float64Array | null, holdings: Float64Array): Cell {
  if (moves === null) return refused('fewer than 21 days of closes are recorded before this time');
  const { worst } = drawdownCorrelation(moves, holdings, WORST_SHARE);
  return Number.isNaN(worst) ? refused('fewer than two drivers with recorded moves, so nothing can be correlated') : worst;
}

function refused(message: string): Cell {
  return { reason: 'unsupported', message };
}
