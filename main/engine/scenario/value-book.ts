import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import { POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import { positionGreeks, type PositionGreeks } from '../packed/position-delta.ts';
import { positionRequirement, UNIT_VALUE, UNIT_VALUES, valueUnit } from '../packed/position-value.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** Every position now, whole quantities. USD unless named otherwise; delta in coins of the position's asset. */
export type PositionValues = {
  readonly valueUsd: Float64Array;
  readonly grossUsd: Float64Array;
  /** Option mark per coin of size in coins, 0 for other kinds. */
  readonly optionCoin: Float64Array;
  readonly deltaCoin: Float64Array;
  readonly gammaUsdPerPercent: Float64Array;
  readonly vegaUsdPerPoint: Float64Array;
  readonly thetaUsdPerDay: Float64Array;
  readonly maintenanceUsd: Float64Array;
  readonly initialUsd: Float64Array;
};

/** The book now: positions, accounts, and the slope of each account's excess per unit of relative move of each driver (account × driver, USD). */
export type BookValues = { readonly positions: PositionValues; readonly accounts: AccountMeasures; readonly excessSlopeUsd: Float64Array };

/** Relative bump of a driver for the slope of the excess, both ways. */
const BUMP = 1e-4;

/** Values everything at the packed market. */
export function valueBook(input: BookReference, shared: SharedValues): BookValues {
  const packed = sharedBook(shared, input);
  const accounts = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, accounts);
  return { positions: valuePositions(packed), accounts, excessSlopeUsd: excessSlopes(packed) };
}

/** Value, Greeks and own requirement of every position at the packed market. */
export function valuePositions(packed: PackedBook): PositionValues {
  const { count } = packed.positions;
  const column = (): Float64Array => new Float64Array(count);
  const out: PositionValues = {
    valueUsd: column(),
    grossUsd: column(),
    optionCoin: column(),
    deltaCoin: column(),
    gammaUsdPerPercent: column(),
    vegaUsdPerPoint: column(),
    thetaUsdPerDay: column(),
    maintenanceUsd: column(),
    initialUsd: column(),
  };
  const unit = new Float64Array(UNIT_VALUES);
  const requirement = new Float64Array(2);
  const greeks: PositionGreeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };
  for (let p = 0; p < count; p += 1) {
    const quantity = packed.positions.quantity[p]!;
    valueUnit(packed, p, packed.initial, unit);
    positionGreeks(packed, p, packed.initial, greeks);
    positionRequirement(packed, p, quantity, packed.initial, unit, requirement);
    const isFuture = packed.positions.kind[p] === POSITION_KIND.linearFuture || packed.positions.kind[p] === POSITION_KIND.inverseFuture;
    out.valueUsd[p] = quantity * unit[UNIT_VALUE.valueUsd]!;
    out.grossUsd[p] = Math.abs(quantity) * unit[isFuture ? UNIT_VALUE.notionalUsd : UNIT_VALUE.valueUsd]!;
    out.optionCoin[p] = unit[UNIT_VALUE.optionCoin]!;
    out.deltaCoin[p] = quantity * greeks.deltaCoin;
    out.gammaUsdPerPercent[p] = quantity * greeks.gammaUsdPerPercent;
    out.vegaUsdPerPoint[p] = quantity * greeks.vegaUsdPerPoint;
    out.thetaUsdPerDay[p] = quantity * greeks.thetaUsdPerDay;
    out.maintenanceUsd[p] = requirement[0]!;
    out.initialUsd[p] = requirement[1]!;
  }
  return out;
}

function excessSlopes(packed: PackedBook): Float64Array {
  const drivers = packed.drivers.length;
  const accounts = packed.accounts.count;
  const slopes = new Float64Array(accounts * drivers);
  const state = copyState(packed.initial);
  const up = makeAccountMeasures(accounts);
  const down = makeAccountMeasures(accounts);
  const moves = new Float64Array(drivers);
  for (let d = 0; d < drivers; d += 1) {
    moves.fill(0);
    moves[d] = BUMP;
    applyShock(packed, moves, 0, state);
    evaluateAccounts(packed, state, up);
    moves[d] = -BUMP;
    applyShock(packed, moves, 0, state);
    evaluateAccounts(packed, state, down);
    for (let a = 0; a < accounts; a += 1) slopes[a * drivers + d] = (up.excessUsd[a]! - down.excessUsd[a]!) / (2 * BUMP);
  }
  return slopes;
}
