import type { PackedBook } from '../packed/packed-book.ts';
import { POSITION_KIND } from '../packed/packed-book.ts';
import { positionGreeks, type PositionGreeks } from '../packed/position-delta.ts';
import type { Greeks } from './greek-neutral.ts';

const unit: PositionGreeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };

/**
 * Greeks of one unit of a packed row to one driver at the packed market: delta in coins of the driver after look-through, gamma in USD of
 * delta per rise of 1 %, vega in USD per point of volatility.
 */
export function unitGreeks(packed: PackedBook, row: number, driver: number): Greeks {
  const { assets, positions, drivers } = packed;
  positionGreeks(packed, row, packed.initial, unit);
  const asset = positions.asset[row]!;
  const coins = assets.lookThroughUnits[asset * assets.count + drivers[driver]!]!;
  const isContract = positions.kind[row]! > POSITION_KIND.debt;
  // A contract on a driver has Greeks to that driver; what is held or owed only has what it looks through to.
  if (!isContract || coins === 0) return { delta: unit.deltaCoin * coins, gamma: 0, vega: 0 };
  return { delta: unit.deltaCoin * coins, gamma: unit.gammaUsdPerPercent, vega: unit.vegaUsdPerPoint };
}

/** Greeks of the whole book to one driver, units as {@link unitGreeks}. */
export function bookGreeks(packed: PackedBook, driver: number): Greeks {
  const book = { delta: 0, gamma: 0, vega: 0 };
  for (let row = 0; row < packed.positions.count; row += 1) {
    const quantity = packed.positions.quantity[row]!;
    if (quantity === 0) continue;
    const { delta, gamma, vega } = unitGreeks(packed, row, driver);
    book.delta += quantity * delta;
    book.gamma += quantity * gamma;
    book.vega += quantity * vega;
  }
  return book;
}
