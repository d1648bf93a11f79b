import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseBetweenPrices, quoteBetweenPrices } from '../../../main/engine/impact/concentrated-liquidity.ts';
import {
  averageOfSale,
  constantProductOut,
  constantProductOutExactly,
  largestSaleByAverage,
  largestSaleBySpot,
  sellConstantProduct,
  spotAfterSale,
} from '../../../main/engine/impact/constant-product.ts';
import { linearImpact, linearImpactCost, SQUARE_ROOT_AVERAGE, squareRootImpact } from '../../../main/engine/impact/volume-impact.ts';
import { expectClose } from '../../support/expect-close.ts';

const reserve = fc.double({ min: 1, max: 1e6, noNaN: true });
const share = fc.double({ min: 0.001, max: 0.9, noNaN: true });

describe('constant product', () => {
  test('a sale of the largest quantity meets its discount exactly', () => {
    fc.assert(
      fc.property(reserve, share, (size, discount) => {
        expectClose({ actual: spotAfterSale(size, largestSaleBySpot(size, discount)), expected: 1 - discount, rel: 1e-12 });
        expectClose({ actual: averageOfSale(size, largestSaleByAverage(size, discount)), expected: 1 - discount, rel: 1e-12 });
      }),
    );
    expect([spotAfterSale(100, 0), averageOfSale(100, 0), averageOfSale(0, 5), largestSaleBySpot(100, 1)]).toEqual([1, 1, 0, Infinity]);
  });

  test('two sales one after the other bring what one brings without a fee, and less with one', () => {
    fc.assert(
      fc.property(reserve, reserve, share, (reserveIn, reserveOut, part) => {
        const [first, second] = [reserveIn * part, reserveIn * (1 - part)];
        const inTwo = (fee: number): number => {
          const out = constantProductOut(reserveIn, reserveOut, first, fee);
          return out + constantProductOut(reserveIn + first, reserveOut - out, second, fee);
        };
        expectClose({ actual: inTwo(0), expected: constantProductOut(reserveIn, reserveOut, first + second, 0), rel: 1e-12 });
        expect(inTwo(0.003)).toBeLessThan(constantProductOut(reserveIn, reserveOut, first + second, 0.003) * (1 + 1e-12));
      }),
    );
  });

  test('a fee stays in the pool: the product of the reserves grows by it and by nothing else', () => {
    fc.assert(
      fc.property(reserve, reserve, share, fc.constantFrom(0, 0.0005, 0.003, 0.01), (reserveIn, reserveOut, part, fee) => {
        const sold = sellConstantProduct(reserveIn, reserveOut, reserveIn * part, fee);
        const product = (reserveIn + reserveIn * part) * (reserveOut - sold.amountOut);
        expectClose({
          actual: product - reserveIn * reserveOut,
          expected: reserveIn * part * fee * (reserveOut - sold.amountOut),
          abs: 1e-9 * product,
        });
        expectClose({ actual: sold.averagePrice, expected: sold.amountOut / (reserveIn * part), rel: 1e-12 });
        expectClose({ actual: sold.slippageFraction, expected: 1 - sold.averagePrice / sold.spotBefore, abs: 1e-12 });
      }),
    );
    expect(sellConstantProduct(100, 200, 0, 0.01)).toMatchObject({ amountOut: 0, averagePrice: 1.98, spotAfter: 2 });
  });

  test('whole units are the real ones rounded down', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 15n), fc.bigInt(1n, 10n ** 15n), fc.bigInt(1n, 10n ** 15n), (reserveIn, reserveOut, quantity) => {
        const whole = Number(constantProductOutExactly(reserveIn, reserveOut, quantity));
        const real = constantProductOut(Number(reserveIn), Number(reserveOut), Number(quantity), 0.003);
        expect(whole).toBeLessThanOrEqual(real * (1 + 1e-12));
        expect(whole).toBeGreaterThan(real * (1 - 1e-12) - 1);
      }),
    );
  });
});

describe('concentrated liquidity', () => {
  test('is a constant product of its virtual reserves, and walking there and back leaves nothing', () => {
    fc.assert(
      fc.property(reserve, fc.double({ min: 0.01, max: 1e5, noNaN: true }), share, (liquidity, price, fall) => {
        const to = price * (1 - fall);
        const base = baseBetweenPrices(liquidity, price, to);
        const virtual = [liquidity / Math.sqrt(price), liquidity * Math.sqrt(price)] as const;
        expectClose({ actual: -quoteBetweenPrices(liquidity, price, to), expected: constantProductOut(...virtual, base, 0), rel: 1e-9 });
        expectClose({ actual: base, expected: -baseBetweenPrices(liquidity, to, price), rel: 1e-15 });
        expectClose({ actual: base, expected: largestSaleBySpot(virtual[0], fall), rel: 1e-9 });
      }),
    );
  });
});

describe('volume impact', () => {
  test('the average cost is the mean of the path along which the order is executed', () => {
    const steps = 100_000;
    let root = 0;
    let linear = 0;
    for (let i = 0; i < steps; i += 1) {
      root += squareRootImpact(1, 0.04, (0.1 * (i + 0.5)) / steps) / steps;
      linear += (linearImpact(1e-6, (500 * (i + 0.5)) / steps) * 500) / steps;
    }
    expectClose({ actual: SQUARE_ROOT_AVERAGE * squareRootImpact(1, 0.04, 0.1), expected: root, rel: 1e-6 });
    expectClose({ actual: linearImpactCost(1e-6, 500), expected: linear, rel: 1e-9 });
    expect([squareRootImpact(1, 0.04, 0), linearImpact(1e-6, 0), linearImpactCost(1e-6, 0)]).toEqual([0, 0, 0]);
  });
});
