/*
 * Counter-based random numbers: each number depends on (seed, index, stream) only, so any thread may draw any of them in any
 * order and get the same bits. Philox4x32 with ten rounds.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
 */

const MULTIPLIER_A = 0xd2511f53;
const MULTIPLIER_B = 0xcd9e8d57;
const WEYL_A = 0x9e3779b9;
const WEYL_B = 0xbb67ae85;
const TWO_32 = 4294967296;
const ROUNDS = 10;

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) >>> 0;
}

/**
 * One Philox4x32-10 block.
 *
 * @param counter four unsigned 32-bit words, replaced by the four random words
 * @param keyA first key word
 * @param keyB second key word
 */
export function philoxBlock(counter: Uint32Array, keyA: number, keyB: number): void {
  let a = keyA >>> 0;
  let b = keyB >>> 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = counter[0]!;
    const third = counter[2]!;
    const highA = multiplyHigh(MULTIPLIER_A, first);
    const highB = multiplyHigh(MULTIPLIER_B, third);
    counter[0] = highB ^ counter[1]! ^ a;
    counter[1] = Math.imul(MULTIPLIER_B, third);
    counter[2] = highA ^ counter[3]! ^ b;
    counter[3] = Math.imul(MULTIPLIER_A, first);
    a = (a + WEYL_A) >>> 0;
    b = (b + WEYL_B) >>> 0;
  }
}

const block = new Uint32Array(4);

/**
 * Uniform number in the open interval (0, 1) with 53 random bits (the half step keeps 0 out; 1 cannot be reached).
 *
 * @param seed integer, |seed| < 2^53
 * @param index integer in [0, 2^53): which number
 * @param stream integer in [0, 2^32): which sequence, e.g. the factor
 */
export function randomUniform(seed: number, index: number, stream = 0): number {
  block[0] = index % TWO_32;
  block[1] = Math.floor(index / TWO_32);
  block[2] = stream;
  block[3] = 0;
  philoxBlock(block, seed % TWO_32, Math.floor(seed / TWO_32));
  const high = block[0] >>> 6;
  const low = block[1] >>> 6;
  return (high * 67108864 + low + 0.5) / 4503599627370496;
}
