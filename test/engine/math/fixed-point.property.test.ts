import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FULL_BPS,
  multiplyDivideDown,
  multiplyDivideUp,
  percentDiv,
  percentMul,
  RAY,
  rayDiv,
  rayMul,
  rayPower,
  WAD,
  wadDiv,
  wadMul,
} from '../../../main/engine/math/fixed-point.ts';

const amount = fc.bigInt(0n, 10n ** 32n);
const divisor = fc.bigInt(1n, 10n ** 32n);

describe('fixed-point integers', () => {
  test('up and down differ by at most one unit and bracket the quotient', () => {
    fc.assert(
      fc.property(amount, amount, divisor, (a, b, c) => {
        const [down, up] = [multiplyDivideDown(a, b, c), multiplyDivideUp(a, b, c)];
        expect(down * c <= a * b && a * b <= up * c && up - down <= 1n).toBe(true);
      }),
    );
  });

  test('one is neutral, and halves go up', () => {
    fc.assert(
      fc.property(amount, (a) => {
        expect([percentMul(a, FULL_BPS), wadMul(a, WAD), wadDiv(a, WAD), rayMul(a, RAY), rayDiv(a, RAY)]).toEqual([a, a, a, a, a]);
      }),
    );
    expect([percentMul(1n, 5_000n), percentMul(1n, 4_999n), percentDiv(3n, 20_000n)]).toEqual([1n, 0n, 2n]);
  });

  test('a power is the repeated product, up to rounding', () => {
    const base = (RAY * 10_001n) / 10_000n;
    let product = RAY;
    for (let n = 0n; n < 50n; n += 1n) {
      const difference = rayPower(base, n) - product;
      expect(difference > -100n && difference < 100n).toBe(true);
      product = rayMul(product, base);
    }
  });

  test('dividing by zero is refused', () => {
    expect(() => wadDiv(1n, 0n)).toThrow(RangeError);
  });
});
