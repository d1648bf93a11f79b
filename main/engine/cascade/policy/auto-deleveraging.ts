/**
 * Positions in one perpetual that can be closed against a bankrupt one. `profitFraction` is unrealised profit / margin, signed;
 * `leverage` a multiple; `size` asset units, >= 0.
 */
export type DeleveragingPositions = {
  readonly isLong: Uint8Array;
  readonly profitFraction: Float64Array;
  readonly leverage: Float64Array;
  readonly size: Float64Array;
};

/** What of each position is closed, and what nobody takes; asset units. fills + unabsorbed = the size to absorb. */
export type Deleveraging = { readonly fills: Float64Array; readonly unabsorbed: number };

/**
 * The queue for closing positions against a bankrupt one: the other side's positions in profit, by profit fraction × leverage, the
 * highest first and equal ones by index. A position without profit is never in it.
 */
export function deleveragingQueue(positions: DeleveragingPositions, isBankruptLong: boolean): Int32Array {
  const { isLong, profitFraction, leverage, size } = positions;
  const eligible: number[] = [];
  for (let i = 0; i < size.length; i += 1) {
    if ((isLong[i] === 1) !== isBankruptLong && profitFraction[i]! > 0 && size[i]! > 0) eligible.push(i);
  }
  const score = (i: number): number => profitFraction[i]! * leverage[i]!;
  return Int32Array.from(eligible.toSorted((a, b) => score(b) - score(a) || a - b));
}

/** Closes positions whole in the order of the queue until the size is absorbed; the last one in part. */
export function deleverageInOrder(queue: Int32Array, size: Float64Array, sizeToAbsorb: number): Deleveraging {
  const fills = new Float64Array(size.length);
  let remaining = sizeToAbsorb;
  for (const i of queue) {
    const fill = Math.min(size[i]!, remaining);
    fills[i] = fill;
    remaining -= fill;
  }
  return { fills, unabsorbed: remaining };
}

/** Closes the same share of every position of the queue: min(1, size to absorb / all there is); 0 for an empty queue. */
export function deleverageProRata(queue: Int32Array, size: Float64Array, sizeToAbsorb: number): Deleveraging & { readonly share: number } {
  const fills = new Float64Array(size.length);
  let available = 0;
  for (const i of queue) available += size[i]!;
  const share = available === 0 ? 0 : Math.min(1, sizeToAbsorb / available);
  for (const i of queue) fills[i] = size[i]! * share;
  return { fills, unabsorbed: sizeToAbsorb - Math.min(sizeToAbsorb, available), share };
}

/** Indexes of the positions of which something is left. */
export function remainingPositions(size: Float64Array, fills: Float64Array): number[] {
  const remaining: number[] = [];
  for (let i = 0; i < size.length; i += 1) if (size[i]! - fills[i]! > 0) remaining.push(i);
  return remaining;
}
