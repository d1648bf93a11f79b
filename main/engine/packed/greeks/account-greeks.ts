import { lendingExcessSlopeUsd } from '../../requirement/greeks/lending-greeks.ts';
import { refreshClaimPrices } from '../claim-prices.ts';
import { copyState } from '../market-state.ts';
import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from '../packed-book.ts';
import { makeSlopeMeter, slopeInDriver, slopeInVolatility } from './bumped-slopes.ts';
import { SLOPE, SLOPES, positionSlopes } from './position-slopes.ts';

/**
 * How equity and excess of every own account move, closed form. Matrices are account × driver and per unit of log move of the driver's
 * price; the requirement (what must be kept back: equity − excess, that is haircuts plus maintenance margin) moves by the difference.
 */
export type AccountGreeks = {
  readonly equitySlopeUsd: Float64Array;
  readonly equityBendUsd: Float64Array;
  readonly excessSlopeUsd: Float64Array;
  /** ∂²excess/∂z² of one driver; a requirement with tiers has a distance to the next one beside it. */
  readonly excessBendUsd: Float64Array;
  /** Slope to the right less slope to the left where another case of a margin that is the worst of many takes over exactly here; else 0. */
  readonly excessJumpUsd: Float64Array;
  /** By account, per 1.00 of every implied volatility. */
  readonly equityVegaUsd: Float64Array;
  readonly excessVegaUsd: Float64Array;
  /** By account, per 1.00 added to every collateral's threshold (1 − haircut): the collateral that is counted at all. */
  readonly thresholdSlopeUsd: Float64Array;
  /** By account, per 1.00 of interest added to every debt: minus the debt. A rate r over t years adds r × t. */
  readonly interestSlopeUsd: Float64Array;
};

/** Empty Greeks for a number of accounts and drivers. */
export function makeAccountGreeks(accounts: number, drivers: number): AccountGreeks {
  return {
    equitySlopeUsd: new Float64Array(accounts * drivers),
    equityBendUsd: new Float64Array(accounts * drivers),
    excessSlopeUsd: new Float64Array(accounts * drivers),
    excessBendUsd: new Float64Array(accounts * drivers),
    excessJumpUsd: new Float64Array(accounts * drivers),
    equityVegaUsd: new Float64Array(accounts),
    excessVegaUsd: new Float64Array(accounts),
    thresholdSlopeUsd: new Float64Array(accounts),
    interestSlopeUsd: new Float64Array(accounts),
  };
}

/**
 * Change of every asset's price per unit of log move of every driver, USD, asset × driver: a claim moves with what backs it, at
 * unchanged discounts and losses. Prices are linear in the drivers, so the second change is the same number.
 */
export function driverLoadings(packed: PackedBook, state: MarketState): Float64Array {
  const drivers = packed.drivers.length;
  const loadings = new Float64Array(packed.assets.count * drivers);
  const alone = copyState(state);
  for (let d = 0; d < drivers; d += 1) {
    alone.priceUsd.fill(0);
    alone.priceUsd[packed.drivers[d]!] = state.priceUsd[packed.drivers[d]!]!;
    refreshClaimPrices(packed.assets, alone);
    for (let a = 0; a < packed.assets.count; a += 1) loadings[a * drivers + d] = alone.priceUsd[a]!;
  }
  return loadings;
}

const slopes = new Float64Array(SLOPES);

/** Fills the Greeks of every own account. `loadings` are those of the same state. */
export function fillGreeks(packed: PackedBook, state: MarketState, loadings: Float64Array, out: AccountGreeks): void {
  for (let account = 0; account < packed.accounts.count; account += 1) fillAccountGreeks(packed, account, state, loadings, out);
}

/** The same for one account. */
export function fillAccountGreeks(
  packed: PackedBook,
  account: number,
  state: MarketState,
  loadings: Float64Array,
  out: AccountGreeks,
): void {
  const { positions, accounts } = packed;
  const drivers = packed.drivers.length;
  const family = accounts.family[account]!;
  const row = account * drivers;
  out.equitySlopeUsd.fill(0, row, row + drivers);
  out.equityBendUsd.fill(0, row, row + drivers);
  out.excessSlopeUsd.fill(0, row, row + drivers);
  out.excessBendUsd.fill(0, row, row + drivers);
  out.excessJumpUsd.fill(0, row, row + drivers);
  let equityVega = 0;
  let marginVega = 0;
  let collateral = 0;
  let debt = 0;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    const asset = positions.asset[p]!;
    const price = state.priceUsd[asset]!;
    positionSlopes(packed, p, state, slopes);
    const valueSlope = slopes[SLOPE.value]!;
    let excessSlope = valueSlope - slopes[SLOPE.margin]!;
    const kind = positions.kind[p]!;
    const holdingUsd = kind <= POSITION_KIND.debt ? valueSlope * price : 0;
    if (kind === POSITION_KIND.debt) debt -= holdingUsd;
    else if (kind === POSITION_KIND.holding && valueSlope > 0 && family !== FAMILY.custody) {
      const fraction = positions.collateralFraction[p]!;
      excessSlope = lendingExcessSlopeUsd(holdingUsd, fraction, 0) / price;
      if (fraction > 0) collateral += holdingUsd;
    }
    equityVega += slopes[SLOPE.valueVega]!;
    marginVega += slopes[SLOPE.marginVega]!;
    for (let d = 0; d < drivers; d += 1) {
      const loading = loadings[asset * drivers + d]!;
      if (loading === 0) continue;
      const square = loading * loading;
      out.equitySlopeUsd[row + d]! += valueSlope * loading;
      out.equityBendUsd[row + d]! += slopes[SLOPE.valueBend]! * square + valueSlope * loading;
      out.excessSlopeUsd[row + d]! += excessSlope * loading;
      out.excessBendUsd[row + d]! += (slopes[SLOPE.valueBend]! - slopes[SLOPE.marginBend]!) * square + excessSlope * loading;
    }
  }
  out.equityVegaUsd[account] = equityVega;
  out.excessVegaUsd[account] = equityVega - marginVega;
  out.thresholdSlopeUsd[account] = collateral;
  out.interestSlopeUsd[account] = -debt;
  if (family >= FAMILY.scenarioMargin) measureExcess(packed, account, state, loadings, out);
}

/** Replaces the closed forms of the excess by measured slopes, for a margin that has none. */
function measureExcess(packed: PackedBook, account: number, state: MarketState, loadings: Float64Array, out: AccountGreeks): void {
  const drivers = packed.drivers.length;
  const meter = makeSlopeMeter(packed, state);
  for (let d = 0; d < drivers; d += 1) {
    const { slope, bend, jump } = slopeInDriver(meter, account, d, loadings);
    out.excessSlopeUsd[account * drivers + d] = slope;
    out.excessBendUsd[account * drivers + d] = bend;
    out.excessJumpUsd[account * drivers + d] = jump;
  }
  out.excessVegaUsd[account] = slopeInVolatility(meter, account).slope;
}
