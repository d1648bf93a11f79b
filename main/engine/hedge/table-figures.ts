import { evaluateAccounts, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { FAMILY, withQuantities, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import type { ScenarioTable } from '../scenario/scenario-table.ts';

/** State of the market at the end of a scenario, as a view of the table. */
export function finalState(table: ScenarioTable, scenario: number): MarketState {
  const from = scenario * table.assets;
  const to = from + table.assets;
  return {
    priceUsd: table.priceUsd.subarray(from, to),
    discountFraction: table.discountFraction.subarray(from, to),
    lossFraction: table.lossFraction.subarray(from, to),
    volatilityShift: table.volatilityShift[scenario]!,
  };
}

/** Equity of the whole book in the final state of each scenario with every position as it is packed. USD. */
export function intactEquityUsd(packed: PackedBook, table: ScenarioTable): Float64Array {
  const measures = makeAccountMeasures(packed.accounts.count);
  const equityUsd = new Float64Array(table.scenarios);
  for (let scenario = 0; scenario < table.scenarios; scenario++) {
    evaluateAccounts(packed, finalState(table, scenario), measures);
    for (let account = 0; account < packed.accounts.count; account++) equityUsd[scenario]! += measures.equityUsd[account]!;
  }
  return equityUsd;
}

/** Loss of each scenario of a table against an equity: positive = bad. USD. */
export function lossesAgainst(equityUsd: number, table: ScenarioTable): Float64Array {
  const losses = new Float64Array(table.scenarios).fill(equityUsd);
  for (let at = 0; at < table.equityUsd.length; at++) losses[Math.floor(at / table.accounts)]! -= table.equityUsd[at]!;
  return losses;
}

/** Share of scenarios in which any own account falls. */
export function liquidatedFraction(table: ScenarioTable): number {
  let count = 0;
  for (let scenario = 0; scenario < table.scenarios; scenario++) {
    for (let account = 0; account < table.accounts; account++) {
      if (table.fallenRound[scenario * table.accounts + account] === 0) continue;
      count += 1;
      break;
    }
  }
  return table.scenarios === 0 ? 0 : count / table.scenarios;
}

/** Who fell in which scenario, and what was left above its requirement. */
export type FallTable = Pick<ScenarioTable, 'scenarios' | 'accounts' | 'fallenRound' | 'intactExcessUsd'>;

/** Least excess of each account over the scenarios in which it falls; Infinity for one that never does. USD. */
export function worstFallUsd(table: FallTable): Float64Array {
  const worst = new Float64Array(table.accounts).fill(Number.POSITIVE_INFINITY);
  for (let at = 0; at < table.fallenRound.length; at++) {
    if (table.fallenRound[at] === 0) continue;
    const account = at % table.accounts;
    worst[account] = Math.min(worst[account]!, table.intactExcessUsd[at]!);
  }
  return worst;
}

/** Least excess of each account over all scenarios with every position as it is packed, whether it falls or not. USD. */
export function leastExcessUsd(table: FallTable): Float64Array {
  const least = new Float64Array(table.accounts).fill(Number.POSITIVE_INFINITY);
  for (let at = 0; at < table.intactExcessUsd.length; at++) {
    const account = at % table.accounts;
    least[account] = Math.min(least[account]!, table.intactExcessUsd[at]!);
  }
  return least;
}

/** Equity and excess of each account now, with other quantities; excess is NaN for custody, which requires nothing. USD. */
export function measuresNow(
  packed: PackedBook,
  quantities: Float64Array,
): { readonly equityUsd: Float64Array; readonly excessUsd: Float64Array } {
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(withQuantities(packed, quantities), packed.initial, measures);
  const excessUsd = measures.excessUsd.map((excess, account) => (packed.accounts.family[account] === FAMILY.custody ? Number.NaN : excess));
  return { equityUsd: measures.equityUsd, excessUsd };
}

/** The days of one table, some of them replaced by the same days of another: unit values only. */
export function mixUnitValues(base: ScenarioTable, other: ScenarioTable, isReplaced: (scenario: number) => boolean): ScenarioTable {
  const unitValueUsd = base.unitValueUsd.slice();
  for (let scenario = 0; scenario < base.scenarios; scenario++) {
    if (!isReplaced(scenario)) continue;
    const from = scenario * base.positions;
    unitValueUsd.set(other.unitValueUsd.subarray(from, from + base.positions), from);
  }
  return { ...base, unitValueUsd };
}

/** A packed book in whose market every claim with a pool of its own trades a further share below its backing; claims are not yet priced anew. */
export function widerDiscounts(packed: PackedBook, shareFraction: number): MarketState {
  const discountFraction = packed.initial.discountFraction.slice();
  for (let pool = 0; pool < packed.depth.count; pool++) {
    const asset = packed.depth.asset[pool]!;
    if (packed.depth.quote[pool]! >= 0) discountFraction[asset] = 1 - (1 - discountFraction[asset]!) * (1 - shareFraction);
  }
  return {
    ...packed.initial,
    priceUsd: packed.initial.priceUsd.slice(),
    lossFraction: packed.initial.lossFraction.slice(),
    discountFraction,
  };
}
