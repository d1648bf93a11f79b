import type { CascadeWorkspace } from '../workspace.ts';
import { recordBadDebtUsd } from './close-record.ts';

/**
 * Adds what the ladder has liquidated in the running round to the sales of the cascade.
 *
 * @returns how many members fell for the first time
 */
export function bookClosed(work: CascadeWorkspace): number {
  const { climb, flow, soldQuantity, crowdSoldUsd, state, packed, marketBadDebt } = work;
  const targets = packed.drivers.length + 1;
  for (let asset = 0; asset < packed.assets.count; asset += 1) {
    for (let at = asset * targets; at < (asset + 1) * targets; at += 1) {
      const sold = climb.flow[at]!;
      if (sold === 0) continue;
      flow[at]! += sold;
      soldQuantity[asset]! += sold;
      crowdSoldUsd[asset]! += sold * state.priceUsd[asset]!;
    }
  }
  for (let market = 0; market < marketBadDebt.length; market += 1) marketBadDebt[market]! += climb.marketUnpaid[market]!;
  work.repaidUsd += climb.repaidUsd;
  return climb.firstFallenCount;
}

/**
 * Bad debt of the plain members at the final prices, USD: of those who have nothing left, and of those below their requirement at the end. Whoever else
 * was liquidated is healthy again, and thresholds of at most one make its collateral cover its debt.
 */
export function ladderBadDebtUsd({ climb, state }: CascadeWorkspace): number {
  const { ladder, closed, unpaid } = climb;
  const places = ladder.order.length;
  let badDebtUsd = 0;
  for (const asset of ladder.pricedAssets) badDebtUsd += unpaid[asset]! * state.priceUsd[asset]!;
  for (let i = 0; i < climb.againCount; i += 1) {
    const entry = climb.again[i]!;
    badDebtUsd +=
      entry < places
        ? recordBadDebtUsd(climb, ladder.records, ladder.recordAt[entry]!, state.priceUsd)
        : recordBadDebtUsd(climb, closed.records, closed.recordAt[entry - places]!, state.priceUsd);
  }
  return badDebtUsd;
}
