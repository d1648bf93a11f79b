import type { LatencyRule } from '../../domain/cascade-axes.ts';
import type { CascadeRules } from '../cascade/cascade-types.ts';
import { finishCascade } from '../cascade/finish-cascade.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../cascade/workspace.ts';
import { normalQuantile } from '../math/normal.ts';
import { randomUniform } from '../math/random.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** What is drawn anew in each draw of a fan. */
export type FanSpread = {
  readonly seed: number;
  /** σ of ln(depth): what is left of each draw's depth is that of the rules × exp(σ z). One z for all markets: depth goes everywhere at once. */
  readonly depthSigma: number;
  /** Recovery per round, uniform between these. */
  readonly recoveryLow: number;
  readonly recoveryHigh: number;
  /** Rounds until a liquidation; drawn with another seed in each draw. */
  readonly latency: LatencyRule;
};

/** A range of draws of one shock's cascade. */
export type FanChunk = BookReference & {
  readonly moves: Float64Array;
  readonly volatilityShift: number;
  readonly rules: CascadeRules;
  readonly spread: FanSpread;
  readonly firstDraw: number;
  readonly draws: number;
};

/** Rounds of a path, the shock itself included; a longer cascade is cut there, its end is in the final columns. */
export const FAN_ROUNDS = 101;

/** Paths and ends by draw. Paths are draw × round (0 = the shock), held at the last value once the cascade is over. */
export type FanTable = {
  readonly draws: number;
  /** Draw × round × driver, USD. */
  readonly priceUsd: Float64Array;
  /** Loss of the book since before the shock, draw × round, USD. */
  readonly lossUsd: Float64Array;
  /** Draw × own account; 0 = holds. */
  readonly fallenRound: Int32Array;
  readonly rounds: Int32Array;
  readonly badDebtUsd: Float64Array;
  readonly hasConverged: Uint8Array;
  /** What was drawn: share of the recorded depth, recovery per round. */
  readonly depthShare: Float64Array;
  readonly recoveryPerRound: Float64Array;
};

/** Streams of the draws, apart from every other use of a seed. */
const STREAM = { depth: 62, recovery: 63, latency: 64 } as const;

/** An empty table. */
export function makeFanTable(draws: number, drivers: number, accounts: number): FanTable {
  return {
    draws,
    priceUsd: new Float64Array(draws * FAN_ROUNDS * drivers),
    lossUsd: new Float64Array(draws * FAN_ROUNDS),
    fallenRound: new Int32Array(draws * accounts),
    rounds: new Int32Array(draws),
    badDebtUsd: new Float64Array(draws),
    hasConverged: new Uint8Array(draws),
    depthShare: new Float64Array(draws),
    recoveryPerRound: new Float64Array(draws),
  };
}

/** Runs the draws of a chunk. A draw depends on the seed and its number only. */
export function runFanChunk(input: FanChunk, shared: SharedValues): FanTable {
  const packed = sharedBook(shared, input);
  const work = makeCascadeWorkspace(packed);
  const table = makeFanTable(input.draws, packed.drivers.length, packed.accounts.count);
  for (let draw = 0; draw < input.draws; draw += 1) runDraw(work, input, table, draw);
  return table;
}

function runDraw(work: CascadeWorkspace, input: FanChunk, table: FanTable, draw: number): void {
  const { packed, result, axes } = work;
  const rules = drawRules(input, input.firstDraw + draw);
  const drivers = packed.drivers.length;
  let path = 0;
  const record = (lossUsd: number): void => {
    if (path >= FAN_ROUNDS) return;
    const row = draw * FAN_ROUNDS + path;
    table.lossUsd[row] = lossUsd;
    for (let d = 0; d < drivers; d += 1) table.priceUsd[row * drivers + d] = work.state.priceUsd[packed.drivers[d]!]!;
    path += 1;
  };
  const lossOf = (equityUsd: Float64Array): number => {
    let loss = 0;
    for (let account = 0; account < equityUsd.length; account += 1) loss += result.initialEquityUsd[account]! - equityUsd[account]!;
    return loss;
  };
  axes.onRound = () => {
    finishCascade(work, rules, 0);
    record(lossOf(result.equityUsd));
  };
  // Nobody sells in a cascade of no rounds: the shock itself, round 0 of the path.
  const shock = { moves: input.moves, volatilityShift: input.volatilityShift };
  runCascade(work, shock, { ...rules, maxRounds: 0 });
  path = 0;
  record(lossOf(result.shockedEquityUsd));
  runCascade(work, shock, rules);
  path = Math.min(path, result.rounds + 1);
  while (path < FAN_ROUNDS) record(lossOf(result.equityUsd));
  table.fallenRound.set(result.fallenRound, draw * packed.accounts.count);
  table.rounds[draw] = result.rounds;
  table.badDebtUsd[draw] = result.badDebtUsd;
  table.hasConverged[draw] = result.status === 'converged' ? 1 : 0;
  table.depthShare[draw] = 1 - rules.depthThinningFraction;
  table.recoveryPerRound[draw] = rules.axes?.recoveryPerRound ?? 0;
}

function drawRules({ rules, spread }: FanChunk, draw: number): CascadeRules {
  const { seed, depthSigma, recoveryLow, recoveryHigh, latency } = spread;
  const depth = Math.exp(depthSigma * normalQuantile(randomUniform(seed, draw, STREAM.depth)));
  const recoveryPerRound = recoveryLow + (recoveryHigh - recoveryLow) * randomUniform(seed, draw, STREAM.recovery);
  const drawn = Math.floor(randomUniform(seed, draw, STREAM.latency) * Number.MAX_SAFE_INTEGER);
  return {
    ...rules,
    depthThinningFraction: 1 - (1 - rules.depthThinningFraction) * depth,
    axes: { ...rules.axes, recoveryPerRound, latency: latency.distribution === 'fixed' ? latency : { ...latency, seed: drawn } },
  };
}
