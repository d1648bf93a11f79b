import { buildLinearProgram, type LinearProgram, type LinearSolution } from '../../hedge/program/linear-program.ts';

/** One way of collateral from a holding to an account; amounts in USD at the price before the shock, as they leave. */
export type TransferRoute = {
  /** Holding it leaves, its account, and the withdrawal limit it falls under (−1 = none). */
  readonly source: number;
  readonly from: number;
  readonly limit: number;
  /** Account it reaches, and what takes it there (a debt takes no more than is owed; −1 = anything). */
  readonly to: number;
  readonly sink: number;
  /** Excess at the shock that the sender loses and the receiver gains, and opening excess now that the sender loses, per dollar. */
  readonly takesAtShock: number;
  readonly takesNow: number;
  readonly bringsAtShock: number;
  /** Share that arrives; what does not is the cost. */
  readonly arrivesFraction: number;
  /** Reluctance to take it, as if it cost that share: decides between ways that cost the same, and is not part of the cost told. */
  readonly reluctanceFraction: number;
};

/** Collateral in many places and what each account lacks. USD. */
export type TransferProblem = {
  readonly routes: readonly TransferRoute[];
  readonly availableUsd: Float64Array;
  readonly limitUsd: Float64Array;
  readonly sinkUsd: Float64Array;
  /** By account: excess and buffer at the shock, and what may be withdrawn now before its opening requirement binds. */
  readonly excessUsd: Float64Array;
  readonly bufferUsd: Float64Array;
  readonly openingExcessUsd: Float64Array;
};

/** A dollar that an account lacks at the shock counts as a dollar lost, far above what moving it costs. */
export const SHORT_PENALTY = 1;

/** The plan in USD by route and account, and the prices of what binds (derivatives of the least cost, signs turned so that scarce is > 0). */
export type TransferPlan = {
  readonly status: LinearSolution['status'];
  readonly movedUsd: Float64Array;
  readonly shortUsd: Float64Array;
  /** Cost of the movements alone, without what fails to be covered. */
  readonly costUsd: number;
  /** Cost and reluctance + {@link SHORT_PENALTY} × what is short. */
  readonly objectiveUsd: number;
  /** By account: what one dollar more of need costs; by limit and holding: what one dollar more of it saves. */
  readonly needPrice: Float64Array;
  readonly limitPrice: Float64Array;
  readonly sourcePrice: Float64Array;
};

/**
 * Least cost of moving collateral so that no account is below its buffer at the shock: a flow with losses from holdings to accounts.
 *
 * min Σ (1 − arrives + reluctance) x + penalty × short, subject to: each holding gives what it has; each withdrawal limit holds; each debt takes what is
 * owed; excess − Σ takes x + Σ brings x + short >= min(buffer, …) for every account, where an account above its buffer may not be
 * short at all and one below it only by what it lacks; and Σ takesNow x <= opening excess. Columns: routes, then one short per account.
 */
export function transferProgram(problem: TransferProblem): LinearProgram {
  const { routes, availableUsd, limitUsd, sinkUsd, excessUsd, bufferUsd, openingExcessUsd } = problem;
  const rows = rowsOf(problem);
  const rowLower = new Float64Array(rows.count).fill(-Infinity);
  const rowUpper = new Float64Array(rows.count).fill(Infinity);
  rowUpper.set(availableUsd, rows.source);
  rowUpper.set(limitUsd, rows.limit);
  rowUpper.set(sinkUsd, rows.sink);
  for (let a = 0; a < excessUsd.length; a += 1) {
    rowLower[rows.floor + a] = bufferUsd[a]! - excessUsd[a]!;
    rowUpper[rows.opening + a] = Math.max(0, openingExcessUsd[a]!);
  }
  const builder = buildLinearProgram(rowLower, rowUpper);
  for (const route of routes) {
    const at = [rows.source + route.source];
    const values = [1];
    const put = (row: number, value: number): void => {
      at.push(row);
      values.push(value);
    };
    if (route.limit >= 0) put(rows.limit + route.limit, 1);
    if (route.sink >= 0) put(rows.sink + route.sink, route.arrivesFraction);
    put(rows.floor + route.from, -route.takesAtShock);
    put(rows.floor + route.to, route.bringsAtShock);
    put(rows.opening + route.from, route.takesNow);
    builder.add({ cost: 1 - route.arrivesFraction + route.reluctanceFraction, lower: 0, upper: Infinity, rows: at, values });
  }
  for (let a = 0; a < excessUsd.length; a += 1) {
    const lacks = Math.max(0, bufferUsd[a]! - excessUsd[a]!);
    builder.add({ cost: SHORT_PENALTY, lower: 0, upper: lacks, rows: [rows.floor + a], values: [1] });
  }
  return builder.finish();
}

/** Reads a solution of {@link transferProgram}. */
export function readPlan(problem: TransferProblem, solution: LinearSolution): TransferPlan {
  const { routes, excessUsd, limitUsd, availableUsd } = problem;
  const rows = rowsOf(problem);
  const n = routes.length;
  const has = solution.columnValues.length > 0;
  const column = (from: number, count: number): Float64Array =>
    has ? Float64Array.from(solution.columnValues.subarray(from, from + count), (value) => Math.max(0, value)) : new Float64Array(count);
  const price = (from: number, count: number, sign: number): Float64Array =>
    has ? Float64Array.from(solution.rowDuals.subarray(from, from + count), (dual) => Math.max(0, sign * dual)) : new Float64Array(count);
  const movedUsd = column(0, n);
  let costUsd = 0;
  for (let r = 0; r < n; r += 1) costUsd += (1 - routes[r]!.arrivesFraction) * movedUsd[r]!;
  return {
    status: solution.status,
    movedUsd,
    shortUsd: column(n, excessUsd.length),
    costUsd,
    objectiveUsd: solution.objective,
    needPrice: price(rows.floor, excessUsd.length, 1),
    limitPrice: price(rows.limit, limitUsd.length, -1),
    sourcePrice: price(rows.source, availableUsd.length, -1),
  };
}

function rowsOf({ availableUsd, limitUsd, sinkUsd, excessUsd }: TransferProblem): {
  readonly source: number;
  readonly limit: number;
  readonly sink: number;
  readonly floor: number;
  readonly opening: number;
  readonly count: number;
} {
  const limit = availableUsd.length;
  const sink = limit + limitUsd.length;
  const floor = sink + sinkUsd.length;
  const opening = floor + excessUsd.length;
  return { source: 0, limit, sink, floor, opening, count: opening + excessUsd.length };
}
