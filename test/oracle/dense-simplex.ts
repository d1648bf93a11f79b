import type { CvarProgram } from '../../main/engine/hedge/program/cvar-program.ts';

/*
 * A hedging program solved by the method of the first textbooks: Rockafellar and Uryasev's primal as a dense tableau, every variable
 * non-negative, Bland's rule against cycling. Shares nothing with the engine's way and is hopeless beyond a few dozen scenarios.
 */

/** Least objective, USD; null when no decisions meet the limits. */
export function leastObjective(program: CvarProgram): number | null {
  const scenarios = program.lossesUsd.length;
  const variables = program.costUsd.length;
  const groups = program.groupPenaltyUsd.length;
  // Columns: decisions above their lower bound, excess over the upper bound, quantile as a difference, losses beyond it, shortfalls.
  const over = variables;
  const quantile = over + variables;
  const beyond = quantile + 2;
  const shortfall = beyond + scenarios;
  const columns = shortfall + groups;
  const costs = new Array<number>(columns).fill(0);
  const rows: { readonly values: number[]; readonly least: number }[] = [];
  const row = (least: number, entries: readonly (readonly [number, number])[]): void => {
    const values = new Array<number>(columns).fill(0);
    for (const [column, value] of entries) values[column] = (values[column] ?? 0) + value;
    rows.push({ values, least });
  };
  const at = (numbers: ArrayLike<number>, index: number): number => numbers[index] ?? Number.NaN;
  let fixedUsd = 0;
  for (let j = 0; j < variables; j++) {
    costs[j] = at(program.costUsd, j);
    fixedUsd += at(program.costUsd, j) * at(program.lower, j);
    const isHard = at(program.upperPenaltyUsd, j) === Infinity;
    costs[over + j] = isHard ? 0 : at(program.upperPenaltyUsd, j);
    row(at(program.lower, j) - at(program.upper, j), [[j, -1], ...(isHard ? [] : [[over + j, 1] as const])]);
  }
  costs[quantile] = 1;
  costs[quantile + 1] = -1;
  for (let s = 0; s < scenarios; s++) {
    costs[beyond + s] = at(program.weights, s) / (1 - program.confidence);
    const effects = Array.from({ length: variables }, (_, j) => [j, at(program.reductionUsd, j * scenarios + s)] as const);
    const loss = effects.reduce((left, [j, effect]) => left - effect * at(program.lower, j), at(program.lossesUsd, s));
    row(loss, [...effects, [quantile, 1], [quantile + 1, -1], [beyond + s, 1]]);
  }
  for (let r = 0; r < program.rowBoundUsd.length; r++) {
    const group = at(program.rowGroup, r);
    const places = Array.from(
      { length: at(program.rowStarts, r + 1) - at(program.rowStarts, r) },
      (_, k) => [at(program.rowVariables, at(program.rowStarts, r) + k), at(program.rowValues, at(program.rowStarts, r) + k)] as const,
    );
    const bound = places.reduce((left, [j, value]) => left - value * at(program.lower, j), at(program.rowBoundUsd, r));
    const isHard = at(program.groupPenaltyUsd, group) === Infinity;
    costs[shortfall + group] = isHard ? 0 : at(program.groupPenaltyUsd, group);
    row(bound, [...places, ...(isHard ? [] : [[shortfall + group, 1] as const])]);
  }
  const least = minimise(costs, rows);
  return least === null ? null : least + fixedUsd;
}

/** min costs · x over x >= 0 with every row at least its bound; null when there is no such x. */
function minimise(costs: readonly number[], rows: readonly { readonly values: number[]; readonly least: number }[]): number | null {
  const columns = costs.length;
  const count = rows.length;
  // x, one surplus per row, one artificial per row, right-hand side.
  const width = columns + 2 * count + 1;
  const tableau = rows.map(({ values, least }, r) => {
    const scale = Math.max(...values.map(Math.abs), 1e-30);
    const sign = (least < 0 ? -1 : 1) / scale;
    const line = new Float64Array(width);
    values.forEach((value, c) => (line[c] = sign * value));
    line[columns + r] = least < 0 ? 1 : -1;
    line[columns + count + r] = 1;
    line[width - 1] = sign * least;
    return line;
  });
  const basis = rows.map((_, r) => columns + count + r);
  const first = new Float64Array(width - 1).fill(0).fill(1, columns + count);
  if (pivotUntilBest(tableau, basis, first, width - 1) > 1e-7) return null;
  const second = new Float64Array(width - 1);
  second.set(costs);
  // Artificial columns stay out: they may not come back in, and at zero they do no harm where they are left.
  return pivotUntilBest(tableau, basis, second, columns + count);
}

/** Bland's rule over the first columns until no reduced cost is below zero; the objective then. */
function pivotUntilBest(tableau: readonly Float64Array[], basis: number[], costs: Float64Array, columns: number): number {
  const cost = (column: number): number => costs[column] ?? Number.NaN;
  const scale = Math.max(...costs.map(Math.abs));
  for (;;) {
    const entering = firstImproving(tableau, basis, columns, (column, reduction) => cost(column) - reduction < -1e-11 * scale, cost);
    if (entering < 0) return tableau.reduce((sum, line, r) => sum + cost(basis[r] ?? -1) * (line.at(-1) ?? Number.NaN), 0);
    const leaving = firstBlocking(tableau, basis, entering);
    if (leaving < 0) throw new Error('unbounded');
    pivot(tableau, leaving, entering);
    basis[leaving] = entering;
  }
}

function firstImproving(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  columns: number,
  improves: (column: number, reduction: number) => boolean,
  cost: (column: number) => number,
): number {
  for (let column = 0; column < columns; column++) {
    if (basis.includes(column)) continue;
    let reduction = 0;
    for (const [r, line] of tableau.entries()) reduction += cost(basis[r] ?? -1) * (line[column] ?? Number.NaN);
    if (improves(column, reduction)) return column;
  }
  return -1;
}

function firstBlocking(tableau: readonly Float64Array[], basis: readonly number[], entering: number): number {
  let leaving = -1;
  let least = Infinity;
  for (const [r, line] of tableau.entries()) {
    const entry = line[entering] ?? Number.NaN;
    if (entry <= 1e-10) continue;
    const ratio = (line.at(-1) ?? Number.NaN) / entry;
    const isTie = ratio <= least + 1e-13 && (basis[r] ?? 0) < (basis[leaving] ?? 0);
    if (ratio < least - 1e-13 || isTie) {
      least = Math.min(least, ratio);
      leaving = r;
    }
  }
  return leaving;
}

function pivot(tableau: readonly Float64Array[], row: number, column: number): void {
  const line = tableau[row] ?? new Float64Array();
  const divisor = line[column] ?? Number.NaN;
  for (let c = 0; c < line.length; c++) line[c] = (line[c] ?? Number.NaN) / divisor;
  for (const [r, other] of tableau.entries()) {
    const factor = other[column] ?? Number.NaN;
    if (r === row || factor === 0) continue;
    for (let c = 0; c < other.length; c++) other[c] = (other[c] ?? Number.NaN) - factor * (line[c] ?? Number.NaN);
  }
}
