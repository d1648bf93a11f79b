import { succeed, type Result } from '../../domain/failure.ts';
import type { MarketState, PackedBook } from '../../engine/packed/packed-book.ts';
import type { PackedShock } from '../../engine/cascade/cascade-types.ts';
import type { ReplayIndexTable } from '../../engine/replay/replay-index.ts';
import { placeStep, type ReplayPath } from '../../engine/replay/replay-path.ts';
import type { ReplayTable } from '../../engine/replay/replay-values.ts';
import { copyState } from '../../engine/packed/market-state.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';
import { cascadeRules, packShocks, type RunContext } from '../scenarios.ts';

/** A replay under way. */
export type ReplayWork = { readonly inputs: AnalysisInputs; readonly pack: PackResult; readonly pool: Pool; readonly context: RunContext };

/** Steps per part of work, fixed so that the parts do not depend on the number of workers: about 40 ms each. */
const VALUES_PER_CHUNK = 400;
const INDEXES_PER_CHUNK = 4;

/** Only some rows of a path. */
export function rowsOf(path: ReplayPath, rows: readonly number[]): ReplayPath {
  const width = path.assets.length;
  const priceUsd = new Float64Array(rows.length * width);
  rows.forEach((row, i) => priceUsd.set(path.priceUsd.subarray(row * width, (row + 1) * width), i * width));
  return { assets: path.assets, priceUsd, volatilityShift: Float64Array.from(rows, (row) => path.volatilityShift[row] ?? NaN) };
}

/** Every account along a path, nobody reacting. */
export async function runValues({ pack, pool, context }: ReplayWork, path: ReplayPath): Promise<Result<ReplayTable>> {
  const { packed } = pack;
  pool.share(packed.id, packed);
  const inputs = chunksOf(path, VALUES_PER_CHUNK).map((part) => ({ packedId: packed.id, quantities: null, ...part }));
  const parts = await pool.run({ name: 'replayValues', inputs }, context.signal);
  if (!parts.ok) return parts;
  const join = (column: keyof ReplayTable): Float64Array => joined(parts.value.map((part) => part[column]));
  return succeed({ equityUsd: join('equityUsd'), requirementUsd: join('requirementUsd'), excessUsd: join('excessUsd') });
}

/** The figures of the index at every row of a path. */
export async function runIndex(work: ReplayWork, path: ReplayPath, phase: string): Promise<Result<ReplayIndexTable>> {
  const { inputs, pack, pool, context } = work;
  const { packed, driverIds } = pack;
  pool.share(packed.id, packed);
  const reference: PackedShock = { moves: packShocks([inputs.shock], driverIds).moves, volatilityShift: inputs.shock.volatilityShift };
  const book = {
    packedId: packed.id,
    quantities: null,
    reference,
    rules: cascadeRules(inputs.assumptions, pack),
    venues: pack.venueIds.length,
  };
  const chunks = chunksOf(path, INDEXES_PER_CHUNK).map((part) => ({ ...book, ...part }));
  const parts = await pool.run({ name: 'replayIndex', inputs: chunks }, context.signal, (done, total) =>
    context.progress(phase, done, total),
  );
  if (!parts.ok) return parts;
  const join = (column: keyof ReplayIndexTable): Float64Array => joined(parts.value.map((part) => part[column]));
  return succeed({
    equityUsd: join('equityUsd'),
    throughUsd: join('throughUsd'),
    firstRoundLossUsd: join('firstRoundLossUsd'),
    totalLossUsd: join('totalLossUsd'),
    sumOfBlocksUsd: join('sumOfBlocksUsd'),
    netUsd: join('netUsd'),
  });
}

/** The book at one row of a path as a packed book of its own, for the jobs that start from a packed market. */
export function packAt(pack: PackResult, path: ReplayPath, row: number): PackResult {
  const initial = stateAt(pack.packed, path, row);
  return { ...pack, packed: { ...pack.packed, initial, id: `${pack.packed.id}@${Array.from(initial.priceUsd).join()}` } };
}

function stateAt(packed: PackedBook, path: ReplayPath, row: number): MarketState {
  const state = copyState(packed.initial);
  placeStep(packed, path, row, state);
  return state;
}

function chunksOf(path: ReplayPath, size: number): ReplayPath[] {
  const steps = path.volatilityShift.length;
  const width = path.assets.length;
  return Array.from({ length: Math.ceil(steps / size) }, (_, i) => ({
    assets: path.assets,
    priceUsd: path.priceUsd.slice(i * size * width, (i + 1) * size * width),
    volatilityShift: path.volatilityShift.slice(i * size, (i + 1) * size),
  }));
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
