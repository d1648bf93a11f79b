import { randomUniform } from '../math/random.ts';

/**
 * One resampling of a series by blocks of neighbours, which keeps what follows on what within a block: rows of the series, block after
 * block, each begun anywhere and going round the end. The same seed and draw give the same rows in any thread.
 *
 * @param count rows of the series, at least 1
 * @param blockLength rows of a block, at least 1
 * @param seed of the whole resampling
 * @param draw which resampling
 * @param out receives as many rows as it is long
 * Source: D. N. Politis, J. P. Romano, "A circular block-resampling procedure for stationary data" (1992).
 */
export function drawBlocks(count: number, blockLength: number, seed: number, draw: number, out: Int32Array): void {
  const blocks = Math.ceil(out.length / blockLength);
  let at = 0;
  for (let block = 0; block < blocks; block += 1) {
    const start = Math.floor(randomUniform(seed, draw * blocks + block) * count);
    for (let k = 0; k < blockLength && at < out.length; k += 1) {
      out[at] = (start + k) % count;
      at += 1;
    }
  }
}
