import type { CallContext } from '../contract/contract.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { CascadeAssumptions, Shock } from '../domain/scenario.ts';
import type { CascadeRules } from '../engine/cascade/cascade-types.ts';
import type { PackedBook } from '../engine/packed/packed-book.ts';
import { makeScenarioTable, placeRows, type ScenarioTable } from '../engine/scenario/scenario-table.ts';
import type { ScenarioChunk } from '../engine/scenario/scenario-chunk.ts';
import type { Pool } from '../pool/pool-types.ts';
import { packAxes, type AxesPlace } from './pack/pack-axes.ts';

/** Which cascades to run. */
export type ScenarioRequest = {
  readonly packed: PackedBook;
  /** Asset ids of packed.drivers, in that order; a shock's other moves are ignored. */
  readonly driverIds: readonly string[];
  readonly shocks: readonly Shock[];
  readonly assumptions: CascadeAssumptions;
  /** Other quantities than the packed ones, same length: what a suggestion would change. */
  readonly quantities?: Float64Array;
  /** Only these venues take part (1 by venue index); absent = all. */
  readonly activeVenues?: Uint8Array;
  /** Also value one unit of every position in each final state (for candidates of a hedge). */
  readonly withUnitValues?: boolean;
  /** What progress is called. */
  readonly phase?: string;
};

/** What a run listens to and reports to. */
export type RunContext = Pick<CallContext, 'signal' | 'progress'>;

/** Scenarios per part of work: about 10 ms each. Fixed, so that the parts do not depend on the number of workers. */
export const SCENARIOS_PER_CHUNK = 25;

/** Runs every shock's cascade in the pool, in fixed chunks, and returns them in order. The same bits for any number of workers. */
export async function runScenarios(request: ScenarioRequest, pool: Pool, context: RunContext): Promise<Result<ScenarioTable>> {
  const { packed, driverIds, shocks } = request;
  pool.share(packed.id, packed);
  const rules = cascadeRules(request.assumptions, request, request.activeVenues ?? null);
  const inputs: ScenarioChunk[] = [];
  for (let first = 0; first < shocks.length; first += SCENARIOS_PER_CHUNK) {
    const part = shocks.slice(first, first + SCENARIOS_PER_CHUNK);
    inputs.push({
      packedId: packed.id,
      quantities: request.quantities ?? null,
      ...packShocks(part, driverIds),
      rules,
      withUnitValues: request.withUnitValues ?? false,
    });
  }
  const phase = request.phase ?? 'Running cascades';
  const parts = await pool.run({ name: 'scenarios', inputs }, context.signal, (done, total) => context.progress(phase, done, total));
  if (!parts.ok) return parts;
  const whole = makeScenarioTable({
    scenarios: shocks.length,
    accounts: packed.accounts.count,
    assets: packed.assets.count,
    positions: request.withUnitValues === true ? packed.positions.count : 0,
  });
  parts.value.forEach((part, i) => placeRows(whole, part, i * SCENARIOS_PER_CHUNK));
  return succeed(whole);
}

/** A scenario set's assumptions as the kernel's rules for one book. */
export function cascadeRules(assumptions: CascadeAssumptions, place: AxesPlace, activeVenues: Uint8Array | null = null): CascadeRules {
  const { depthThinningFraction, maxRounds, includeCrowd } = assumptions;
  const axes = packAxes(assumptions, place);
  return { depthThinningFraction, maxRounds, includeCrowd, activeVenues, ...(axes === undefined ? {} : { axes }) };
}

/** Shocks as scenario × driver moves and volatility shifts. */
export function packShocks(
  shocks: readonly Shock[],
  driverIds: readonly string[],
): { readonly moves: Float64Array; readonly volatilityShifts: Float64Array } {
  const moves = new Float64Array(shocks.length * driverIds.length);
  shocks.forEach((shock, s) => driverIds.forEach((id, d) => moves.set([shock.moves[id] ?? 0], s * driverIds.length + d)));
  return { moves, volatilityShifts: Float64Array.from(shocks, (shock) => shock.volatilityShift) };
}

export type { ScenarioTable };
