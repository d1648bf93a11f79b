import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  leverageFireSale,
  sheetsOfPublished,
  systemicEventFraction,
  type BankSheets,
  type LeverageRules,
  type PublishedBank,
} from '../../../main/engine/contagion/leverage-fire-sale.ts';
import { expectClose } from '../../support/expect-close.ts';

const rules: LeverageRules = { minimumFraction: 0.03, bufferFraction: 0.04, targetFraction: 0.05, steps: 6 };
const banks = fc.array(
  fc.record({
    equity: fc.double({ min: 1, max: 100, noNaN: true }),
    leverageFraction: fc.double({ min: 0.031, max: 0.12, noNaN: true }),
    // Bonds of less than a millionth are none: a share of next to nothing is lost to rounding beside the other assets.
    debtSecurities: fc.double({ min: 0, max: 300, noNaN: true }).map((value) => (value < 1e-6 ? 0 : value)),
    governmentShare: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 8 },
);

function published(drawn: readonly (Omit<PublishedBank, 'governmentBonds'> & { readonly governmentShare: number })[]): BankSheets {
  return sheetsOfPublished(
    drawn.map(({ governmentShare, ...bank }) => ({ ...bank, governmentBonds: bank.debtSecurities * governmentShare })),
  );
}

test('a published balance sheet has the equity and the leverage that were published', () => {
  fc.assert(
    fc.property(banks, (drawn) => {
      const sheets = published(drawn);
      drawn.forEach((bank, i) => {
        const bonds = (sheets.holdings[2 * i] ?? NaN) + (sheets.holdings[2 * i + 1] ?? NaN);
        const assets = (sheets.cash[i] ?? NaN) + (sheets.otherAssets[i] ?? NaN) + bonds;
        expectClose({ actual: assets, expected: bank.equity / bank.leverageFraction, rel: 1e-12 });
        expectClose({ actual: assets - (sheets.loan[i] ?? NaN) - (sheets.otherLiabilities[i] ?? NaN), expected: bank.equity, rel: 1e-9 });
      });
    }),
  );
});

test('the price of an asset depends on nothing but how much of it was sold', () => {
  fc.assert(
    fc.property(
      banks,
      fc.double({ min: 0.001, max: 0.1, noNaN: true }),
      fc.double({ min: 0, max: 0.3, noNaN: true }),
      (drawn, impact, shock) => {
        // Corporate bonds alone, so that the share of all units sold is the share of them.
        const sheets = published(drawn.map((bank) => ({ ...bank, governmentShare: 0 })));
        fc.pre(sheets.holdings.some((units) => units > 0));
        const { price, soldFractionByStep, failed } = leverageFireSale(
          sheets,
          { startPrice: Float64Array.of(1 - shock, 1), impactAtFivePercent: impact },
          rules,
        );
        const sold = soldFractionByStep.at(-1) ?? NaN;
        expectClose({ actual: price[0] ?? NaN, expected: (1 - shock) * (1 - impact) ** (sold / 0.05), rel: 1e-9, inputs: drawn });
        expect(price[1]).toBe(1);
        expect(sold).toBeLessThanOrEqual(1 + 1e-12);
        expect([...soldFractionByStep]).toEqual([...soldFractionByStep].toSorted((a, b) => a - b));
        if (failed.some((each) => each === 1) && shock === 0) expect(sold).toBeGreaterThan(0);
      },
    ),
  );
});

test('without a shock nobody above the buffer sells, and no bank fails twice', () => {
  fc.assert(
    fc.property(banks, fc.double({ min: 0, max: 0.3, noNaN: true }), (drawn, shock) => {
      const sheets = published(drawn.map((bank) => ({ ...bank, leverageFraction: Math.max(0.041, bank.leverageFraction) })));
      const market = { impactAtFivePercent: 0.05, startPrice: Float64Array.of(1, 1) };
      const calm = leverageFireSale(sheets, market, rules);
      expect([calm.soldFractionByStep.at(-1), calm.failed.includes(1)]).toEqual([0, false]);
      const hit = leverageFireSale(sheets, { ...market, startPrice: Float64Array.of(1 - shock, 1 - shock) }, rules);
      expect(hit.failuresByStep.reduce((total, count) => total + count, 0)).toBe(hit.failed.filter((each) => each === 1).length);
    }),
  );
});

test('with no impact a bank that sells to its target has exactly its target leverage', () => {
  const sheets = published([{ equity: 3.6, leverageFraction: 0.036, debtSecurities: 80, governmentShare: 0.5 }]);
  const still = { startPrice: Float64Array.of(1, 1), impactAtFivePercent: 0 };
  // Assets 100, target 72: 28 less, of which 5 come from cash and 23 of the 80 are sold, once.
  const { soldFractionByStep, price } = leverageFireSale(sheets, still, rules);
  expect([...price]).toEqual([1, 1]);
  soldFractionByStep.forEach((sold, step) => expectClose({ actual: sold, expected: step === 0 ? 0 : 23 / 80, rel: 1e-9 }));
});

test('a systemic event is more than 5 % of banks', () => {
  expect([
    systemicEventFraction(Uint8Array.from({ length: 40 }, (_, i) => (i < 2 ? 1 : 0))),
    systemicEventFraction(Uint8Array.of(1, 0)),
  ]).toEqual([0, 0.5]);
  expect(systemicEventFraction(new Uint8Array(0))).toBe(0);
});
