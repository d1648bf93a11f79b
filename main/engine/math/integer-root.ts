/**
 * ⌊√x⌋ by Newton's iteration from above: falls strictly until it is the root, so it ends.
 *
 * @param x >= 0; a negative one is a RangeError
 */
export function integerRoot(x: bigint): bigint {
  if (x < 0n) throw new RangeError('no root of a negative integer');
  if (x < 2n) return x;
  let root = 1n << BigInt((x.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
