import { randomUniform } from '../math/random.ts';

/** Shapley values from a sample of orders, with the standard error of each. */
export type SampledShapley = { readonly values: Float64Array; readonly standardErrors: Float64Array };

/**
 * Orders of n blocks in antithetic pairs: a random order (Fisher and Yates, numbers from (seed, pair)), then the same backwards. A block
 * that comes early in one comes late in the other, so what depends on its place cancels within the pair.
 *
 * @returns order × place, 2 × pairs rows
 * Source: J. Castro, D. Gómez, J. Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers and Operations
 * Research 36 (2009) 1726-1730, for the estimate from orders; antithetic pairs are the usual device of Monte Carlo.
 */
export function antitheticOrders(n: number, pairs: number, seed: number): Int32Array {
  const orders = new Int32Array(2 * pairs * n);
  for (let pair = 0; pair < pairs; pair += 1) {
    const at = 2 * pair * n;
    for (let i = 0; i < n; i += 1) orders[at + i] = i;
    for (let i = n - 1; i > 0; i -= 1) {
      const j = Math.floor(randomUniform(seed, pair, i) * (i + 1));
      const kept = orders[at + i]!;
      orders[at + i] = orders[at + j]!;
      orders[at + j] = kept;
    }
    for (let i = 0; i < n; i += 1) orders[at + n + i] = orders[at + n - 1 - i]!;
  }
  return orders;
}

/**
 * Coalitions that an order of blocks passes through: row k holds the blocks of the first k + 1 places.
 *
 * @returns order × place × block, 1 = member; rows of one order follow each other
 */
export function coalitionsAlong(orders: Int32Array, n: number): Uint8Array {
  const members = new Uint8Array(orders.length * n);
  for (let row = 0; row < orders.length; row += 1) {
    if (row % n > 0) members.copyWithin(row * n, (row - 1) * n, row * n);
    members[row * n + orders[row]!] = 1;
  }
  return members;
}

/**
 * Shapley values as the mean of what each block adds when it joins, over all orders. Within every order the additions sum to Λ(all), so the
 * values do too. The standard error is that of the mean of the pairs and, since a liquidation that no order happened to show leaves no
 * spread, once more what one unseen order would make: the largest addition seen of anybody, over the number of orders.
 *
 * @param orders from {@link antitheticOrders}
 * @param lossAlong Λ after each place of each order, order × place
 * @returns NaN errors with fewer than two pairs
 */
export function sampledShapley(orders: Int32Array, lossAlong: Float64Array, n: number): SampledShapley {
  const pairs = orders.length / (2 * n);
  const mean = new Float64Array(n);
  const squares = new Float64Array(n);
  const added = new Float64Array(n);
  let largest = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    added.fill(0);
    for (let place = 0; place < 2 * n; place += 1) {
      const at = 2 * pair * n + place;
      const addition = lossAlong[at]! - (place % n === 0 ? 0 : lossAlong[at - 1]!);
      added[orders[at]!]! += addition / 2;
      largest = Math.max(largest, Math.abs(addition));
    }
    // Welford's recurrence: the spread does not drown in the square of the mean.
    for (let i = 0; i < n; i += 1) {
      const step = added[i]! - mean[i]!;
      mean[i]! += step / (pair + 1);
      squares[i]! += step * (added[i]! - mean[i]!);
    }
  }
  const unseen = largest / (2 * pairs);
  return {
    values: mean,
    standardErrors: squares.map((each) => (pairs < 2 ? NaN : Math.hypot(Math.sqrt(each / (pairs - 1) / pairs), unseen))),
  };
}
