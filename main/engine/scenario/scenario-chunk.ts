import type { CascadeResultArrays, CascadeRules } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import type { MarketState, PackedBook } from '../packed/packed-book.ts';
import { revalueOptions } from '../packed/option-prices.ts';
import { placeOption, UNIT_VALUES, valueUnit } from '../packed/position-value.ts';
import { unitRequirement } from '../packed/unit-requirement.ts';
import type { OptionKernel } from '../pricing/option-block.ts';
import { makeScenarioTable, type ScenarioTable } from './scenario-table.ts';
import { sharedBook, sharedKernel, type BookReference, type SharedValues } from './shared-book.ts';

/** A range of shocks of one book: moves are scenario × driver, row-major. */
export type ScenarioChunk = BookReference & {
  readonly moves: Float64Array;
  readonly volatilityShifts: Float64Array;
  readonly rules: CascadeRules;
  readonly withUnitValues: boolean;
};

/** Runs the cascade of every shock of a chunk and tabulates it. Depends on nothing but its input and the book. */
export function runScenarioChunk(input: ScenarioChunk, shared: SharedValues): ScenarioTable {
  const packed = sharedBook(shared, input);
  const work = makeCascadeWorkspace(packed);
  const drivers = packed.drivers.length;
  const table = makeScenarioTable({
    scenarios: input.volatilityShifts.length,
    accounts: packed.accounts.count,
    assets: packed.assets.count,
    positions: input.withUnitValues ? packed.positions.count : 0,
  });
  for (let s = 0; s < table.scenarios; s += 1) {
    const moves = input.moves.subarray(s * drivers, (s + 1) * drivers);
    const result = runCascade(work, { moves, volatilityShift: input.volatilityShifts[s]! }, input.rules);
    placeResult(table, s, result);
  }
  if (input.withUnitValues) placeUnits(packed, table, sharedKernel(shared));
  return table;
}

function placeResult(table: ScenarioTable, s: number, result: CascadeResultArrays): void {
  const { accounts, assets } = table;
  if (s === 0) table.initialEquityUsd.set(result.initialEquityUsd);
  table.shockedEquityUsd.set(result.shockedEquityUsd, s * accounts);
  table.shockedExcessUsd.set(result.shockedExcessUsd, s * accounts);
  table.equityUsd.set(result.equityUsd, s * accounts);
  table.excessUsd.set(result.excessUsd, s * accounts);
  table.intactExcessUsd.set(result.intactExcessUsd, s * accounts);
  table.intactEquityUsd.set(result.intactEquityUsd, s * accounts);
  table.fallenRound.set(result.fallenRound, s * accounts);
  table.rounds[s] = result.rounds;
  table.hasConverged[s] = result.status === 'converged' ? 1 : 0;
  table.badDebtUsd[s] = result.badDebtUsd;
  table.priceUsd.set(result.finalState.priceUsd, s * assets);
  table.discountFraction.set(result.finalState.discountFraction, s * assets);
  table.lossFraction.set(result.finalState.lossFraction, s * assets);
  table.volatilityShift[s] = result.finalState.volatilityShift;
}

const unit = new Float64Array(UNIT_VALUES);
const requirement = new Float64Array(2);

/** Value and requirement of one unit of every position in the final state of every scenario; options all at once. */
function placeUnits(packed: PackedBook, table: ScenarioTable, kernel: OptionKernel): void {
  const prices = revalueOptions(packed, table, kernel);
  for (let s = 0; s < table.scenarios; s += 1) {
    const state = finalState(table, s);
    for (let p = 0; p < table.positions; p += 1) {
      const at = s * table.positions + p;
      const slot = prices.slotOf[p]!;
      if (slot < 0) valueUnit(packed, p, state, unit);
      else placeOption(packed, p, state.priceUsd[packed.positions.asset[p]!]!, prices.values[s * prices.slots + slot]!, unit);
      table.unitValueUsd[at] = unit[0]!;
      unitRequirement(packed, p, 1, state, unit, requirement);
      table.unitLongRequirementUsd[at] = requirement[0]!;
      unitRequirement(packed, p, -1, state, unit, requirement);
      table.unitShortRequirementUsd[at] = requirement[0]!;
    }
  }
}

/** The market in which a scenario ended, as a view of the table. */
function finalState(table: ScenarioTable, s: number): MarketState {
  const row = (matrix: Float64Array): Float64Array => matrix.subarray(s * table.assets, (s + 1) * table.assets);
  return {
    priceUsd: row(table.priceUsd),
    discountFraction: row(table.discountFraction),
    lossFraction: row(table.lossFraction),
    volatilityShift: table.volatilityShift[s]!,
  };
}
