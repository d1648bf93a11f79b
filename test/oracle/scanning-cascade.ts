import type { PackedBook } from '../../main/engine/packed/packed-book.ts';

/** Outcome of a scanned cascade, by borrower and asset. */
export type ScannedOutcome = {
  readonly rounds: number;
  readonly firstRound: Int32Array;
  readonly priceUsd: Float64Array;
  readonly collateral: Float64Array;
  readonly debt: Float64Array;
  readonly badDebtUsd: number;
};

/**
 * The cascade as one would write it with typed arrays and no index: every borrower is judged in every round. Assets have dollar markets
 * or none; no claims, no own accounts, no venues. Written from the rules, to be compared with the kernel in result and in time.
 */
export function scanningCascade(book: PackedBook, moves: Float64Array, maxRounds: number): ScannedOutcome {
  const { lending, depth, drivers } = book;
  const price = Float64Array.from(book.initial.priceUsd);
  drivers.forEach((asset, d) => (price[asset] = (price[asset] ?? 0) * (1 + (moves[d] ?? 0))));
  const reserve = new Float64Array(book.assets.count);
  depth.asset.forEach((asset, pool) => (reserve[asset] = depth.reserveQuantity[pool] ?? 0));
  const collateral = Float64Array.from(lending.collateralQuantity);
  const debt = Float64Array.from(lending.debtQuantity);
  const firstRound = new Int32Array(lending.count);
  const assets = book.assets.count;
  const sold = new Float64Array(assets * (assets + 1));
  let rounds = 0;
  for (;;) {
    sold.fill(0);
    let fallen = 0;
    for (let i = 0; i < lending.count; i += 1) {
      let weighted = 0;
      let held = 0;
      let bonus = 0;
      for (let row = lending.collateralStart[i] ?? 0; row < (lending.collateralStart[i + 1] ?? 0); row += 1) {
        const value = (collateral[row] ?? 0) * (price[lending.collateralAsset[row] ?? 0] ?? 0);
        held += value;
        weighted += value * (lending.collateralThreshold[row] ?? 0);
        bonus += value * (lending.collateralBonus[row] ?? 0);
      }
      let owed = 0;
      for (let row = lending.debtStart[i] ?? 0; row < (lending.debtStart[i + 1] ?? 0); row += 1) {
        owed += (debt[row] ?? 0) * (price[lending.debtAsset[row] ?? 0] ?? 0);
      }
      if (owed <= 1e-9 || held === 0 || weighted / owed >= 1) continue;
      fallen += 1;
      if (rounds >= maxRounds) continue;
      if (firstRound[i] === 0) firstRound[i] = rounds + 1;
      const small = lending.smallPositionUsd[i] ?? 0;
      const isFull = weighted / owed < (lending.fullLiquidationHealthFactor[i] ?? 0) || held < small || owed < small;
      const share = isFull ? 1 : (lending.closeFactorFraction[i] ?? 0);
      const reward = 1 + bonus / held;
      const takesAll = share * owed >= held / reward;
      const seizedShare = takesAll ? 1 : (share * owed * reward) / held;
      for (let row = lending.collateralStart[i] ?? 0; row < (lending.collateralStart[i + 1] ?? 0); row += 1) {
        const asset = lending.collateralAsset[row] ?? 0;
        const seized = (collateral[row] ?? 0) * seizedShare;
        for (let of = lending.debtStart[i] ?? 0; of < (lending.debtStart[i + 1] ?? 0); of += 1) {
          const part = ((debt[of] ?? 0) * (price[lending.debtAsset[of] ?? 0] ?? 0)) / owed;
          const target = lending.debtTarget[of] ?? -1;
          const at = asset * (assets + 1) + (target < 0 ? assets : (drivers[target] ?? 0));
          sold[at] = (sold[at] ?? 0) + seized * part;
        }
        collateral[row] = takesAll ? 0 : (collateral[row] ?? 0) - seized;
      }
      const paid = takesAll ? held / reward / owed : share;
      for (let row = lending.debtStart[i] ?? 0; row < (lending.debtStart[i + 1] ?? 0); row += 1) {
        debt[row] = paid >= 1 ? 0 : (debt[row] ?? 0) * (1 - paid);
      }
    }
    if (fallen === 0 || rounds >= maxRounds) break;
    rounds += 1;
    movePrices({ book, sold, price, reserve });
  }
  return { rounds, firstRound, priceUsd: price, collateral, debt, badDebtUsd: badDebt(book, price, collateral, debt) };
}

type Market = { readonly book: PackedBook; readonly sold: Float64Array; readonly price: Float64Array; readonly reserve: Float64Array };

/** Everything is sold at the average price of its market, and what is owed in a coin is bought back with the proceeds. */
function movePrices({ book, sold, price, reserve }: Market): void {
  const assets = book.assets.count;
  const net = new Float64Array(assets);
  for (let asset = 0; asset < assets; asset += 1) {
    let total = 0;
    for (let target = 0; target <= assets; target += 1) if (target !== asset) total += sold[asset * (assets + 1) + target] ?? 0;
    const depth = reserve[asset] ?? 0;
    if (depth === 0) continue;
    net[asset] = (net[asset] ?? 0) + total;
    for (let target = 0; target < assets; target += 1) {
      const quantity = target === asset ? 0 : (sold[asset * (assets + 1) + target] ?? 0);
      if (quantity === 0) continue;
      const proceeds = quantity * (depth / (depth + total)) * (price[asset] ?? 0);
      net[target] = (net[target] ?? 0) - proceeds / (price[target] ?? 1);
    }
  }
  for (let asset = 0; asset < assets; asset += 1) {
    const depth = reserve[asset] ?? 0;
    if (depth === 0 || net[asset] === 0) continue;
    const quantity = Math.max(net[asset] ?? 0, -0.9 * depth);
    price[asset] = (price[asset] ?? 0) * (depth / (depth + quantity)) ** 2;
    reserve[asset] = depth + quantity;
  }
}

function badDebt({ lending }: PackedBook, price: Float64Array, collateral: Float64Array, debt: Float64Array): number {
  let bad = 0;
  for (let i = 0; i < lending.count; i += 1) {
    let left = 0;
    for (let row = lending.debtStart[i] ?? 0; row < (lending.debtStart[i + 1] ?? 0); row += 1) {
      left += (debt[row] ?? 0) * (price[lending.debtAsset[row] ?? 0] ?? 0);
    }
    for (let row = lending.collateralStart[i] ?? 0; row < (lending.collateralStart[i + 1] ?? 0); row += 1) {
      left -= (collateral[row] ?? 0) * (price[lending.collateralAsset[row] ?? 0] ?? 0);
    }
    bad += Math.max(0, left);
  }
  return bad;
}
