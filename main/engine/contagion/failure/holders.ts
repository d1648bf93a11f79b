import { evaluateAccounts, makeAccountMeasures } from '../../packed/evaluate-accounts.ts';
import { POSITION_KIND, type PackedBook } from '../../packed/packed-book.ts';
import { positionDeltaCoin } from '../../packed/position-delta.ts';

/** Own accounts first, then the crowd of each venue as one holder (empty where a venue has none; left out where no venues are asked for). USD. */
export type Holders = {
  readonly count: number;
  /** Holder × driver: signed exposure, through all claims. */
  readonly exposureUsd: Float64Array;
  readonly equityUsd: Float64Array;
};

/** What everybody holds of each driver at the packed market: a contract counts with its delta, a debt in the coin against the holder. */
export function readHolders(packed: PackedBook, venues: number): Holders {
  const { accounts, positions, assets, drivers, lending, initial } = packed;
  const d = drivers.length;
  const count = accounts.count + venues;
  const exposureUsd = new Float64Array(count * d);
  const equityUsd = new Float64Array(count);
  const add = (holder: number, asset: number, coins: number, isContract: boolean): void => {
    for (let k = 0; k < d; k += 1) {
      const driver = drivers[k]!;
      const units = isContract ? (asset === driver ? 1 : 0) : assets.lookThroughUnits[asset * assets.count + driver]!;
      exposureUsd[holder * d + k]! += coins * units * initial.priceUsd[driver]!;
    }
  };
  const measures = makeAccountMeasures(accounts.count);
  evaluateAccounts(packed, initial, measures);
  equityUsd.set(measures.equityUsd);
  for (let p = 0; p < positions.count; p += 1) {
    const isContract = positions.kind[p]! > POSITION_KIND.debt;
    const coins = positions.quantity[p]! * (isContract ? positionDeltaCoin(packed, p, initial) : 1);
    if (coins !== 0) add(positions.account[p]!, positions.asset[p]!, coins, isContract);
  }
  const borrowers = venues > 0 ? lending.count : lending.ownCount;
  for (let borrower = lending.ownCount; borrower < borrowers; borrower += 1) {
    const holder = accounts.count + lending.venue[borrower]!;
    for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
      const asset = lending.collateralAsset[row]!;
      add(holder, asset, lending.collateralQuantity[row]!, false);
      equityUsd[holder]! += lending.collateralQuantity[row]! * initial.priceUsd[asset]!;
    }
    for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
      const asset = lending.debtAsset[row]!;
      add(holder, asset, -lending.debtQuantity[row]!, false);
      equityUsd[holder]! -= lending.debtQuantity[row]! * initial.priceUsd[asset]!;
    }
  }
  return { count, exposureUsd, equityUsd };
}

/**
 * Relative fall of each driver's price per dollar sold, 2 / reserve value: the slope of the constant product at its start, after thinning.
 * 0 for a driver without a recorded market: its sales are not counted, which the caller says.
 */
export function priceImpactPerUsd(packed: PackedBook, thinningFraction: number): Float64Array {
  const { depth, drivers, initial } = packed;
  return Float64Array.from(drivers, (driver) => {
    let reserveUsd = 0;
    for (let pool = 0; pool < depth.count; pool += 1) {
      if (depth.asset[pool] === driver) reserveUsd += depth.reserveQuantity[pool]! * initial.priceUsd[driver]! * (1 - thinningFraction);
    }
    return reserveUsd > 0 ? 2 / reserveUsd : 0;
  });
}
