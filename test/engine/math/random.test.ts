import { describe, expect, test } from 'vitest';
import { philoxBlock, randomUniform } from '../../../main/engine/math/random.ts';

function block(counter: readonly number[], keys: readonly [number, number]): string[] {
  const words = Uint32Array.from(counter);
  philoxBlock(words, keys[0], keys[1]);
  return [...words].map((word) => word.toString(16).padStart(8, '0'));
}

describe('counter-based random numbers', () => {
  // Known answers of the Random123 distribution (kat_vectors, philox4x32 with ten rounds).
  test('give the known answers of their authors', () => {
    expect(block([0, 0, 0, 0], [0, 0])).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']);
    const ones = 0xffffffff;
    expect(block([ones, ones, ones, ones], [ones, ones])).toEqual(['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd']);
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      'd16cfe09',
      '94fdcceb',
      '5001e420',
      '24126ea1',
    ]);
  });

  test('depend on seed, index and stream only, in any order of asking', () => {
    const forward = Array.from({ length: 50 }, (_, index) => randomUniform(7, index));
    const backward = Array.from({ length: 50 }, (_, index) => randomUniform(7, 49 - index)).toReversed();
    expect(forward).toEqual(backward);
    expect(randomUniform(8, 3)).not.toBe(randomUniform(7, 3));
    expect(randomUniform(7, 3, 1)).not.toBe(randomUniform(7, 3));
    expect(randomUniform(7, 2 ** 40 + 3)).not.toBe(randomUniform(7, 3));
  });

  test('are inside (0, 1), with mean, variance and lag correlation of the uniform', () => {
    const count = 20_000;
    let [sum, squares, lagged, previous] = [0, 0, 0, 0.5];
    for (let index = 0; index < count; index += 1) {
      const u = randomUniform(7, index);
      expect(u > 0 && u < 1).toBe(true);
      sum += u;
      squares += (u - 0.5) ** 2;
      lagged += (u - 0.5) * (previous - 0.5);
      previous = u;
    }
    expect(Math.abs(sum / count - 0.5)).toBeLessThan(0.008);
    expect(Math.abs(squares / count - 1 / 12)).toBeLessThan(0.003);
    expect(Math.abs(lagged / count)).toBeLessThan(0.003);
  });
});
