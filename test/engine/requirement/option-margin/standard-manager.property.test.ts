import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expiryRequirement,
  makeStandardExpiry,
  payoffAt,
  shortOptionUsd,
  type ExpiryOutcome,
  type StandardExpiry,
} from '../../../../main/engine/requirement/option-margin/standard-manager.ts';
import { blackPrice } from '../../../../main/engine/pricing/black.ts';
import { packOptionMargin } from '../../../../main/services/pack/pack-option-margin.ts';
import { expectClose } from '../../../support/expect-close.ts';
import { shippedVenue } from '../../../support/option-venue-book.ts';

const { standardTerms: terms } = packOptionMargin([shippedVenue('derive-standard')]).optionMargin;

type Strike = { readonly strike: number; readonly call: number; readonly put: number };

function expiryOf(rows: readonly Strike[], scale = 1): StandardExpiry {
  const expiry = makeStandardExpiry(Math.max(1, rows.length));
  expiry.spotUsd = 2000 * scale;
  expiry.forwardUsd = 2010 * scale;
  expiry.strikes = rows.length;
  rows.forEach(({ strike, call, put }, k) => {
    expiry.strikeUsd[k] = strike * scale;
    expiry.callCoins[k] = call;
    expiry.putCoins[k] = put;
    expiry.callMarkUsd[k] = blackPrice(true, 2010, strike, 0.25, 1) * scale;
    expiry.putMarkUsd[k] = blackPrice(false, 2010, strike, 0.25, 1) * scale;
  });
  return expiry;
}

function requirement(rows: readonly Strike[], isInitial = false, scale = 1): ExpiryOutcome {
  const out = { requirementUsd: 0, isMaxLoss: false, worstStrike: -1 };
  expiryRequirement(expiryOf(rows, scale), isInitial, terms, 0, out);
  return out;
}

const coins = fc.integer({ min: -20, max: 20 });
const book = fc.uniqueArray(
  fc.record({ strike: fc.integer({ min: 10, max: 40 }).map((hundreds) => hundreds * 100), call: coins, put: coins }),
  { minLength: 1, maxLength: 6, selector: (row) => row.strike },
);

describe('an expiry under the standard manager', () => {
  test('adding a long option never raises the requirement', () => {
    fc.assert(
      fc.property(book, fc.boolean(), fc.boolean(), fc.nat(5), (rows, isInitial, isCall, which) => {
        const at = which % rows.length;
        const row = rows[at];
        if (row === undefined || (isCall ? row.call : row.put) < 0) return;
        const more = rows.map((each, k) => (k !== at ? each : isCall ? { ...each, call: each.call + 5 } : { ...each, put: each.put + 5 }));
        expect(requirement(more, isInitial).requirementUsd).toBeLessThanOrEqual(requirement(rows, isInitial).requirementUsd + 1e-9);
      }),
    );
  });

  test('is at least zero, opens at no less than it maintains, and does not depend on the order of strikes', () => {
    fc.assert(
      fc.property(book, (rows) => {
        const { requirementUsd } = requirement(rows);
        expect(requirementUsd).toBeGreaterThanOrEqual(0);
        expect(requirement(rows, true).requirementUsd).toBeGreaterThanOrEqual(requirementUsd - 1e-9);
        expectClose({ actual: requirement(rows.toReversed()).requirementUsd, expected: requirementUsd, rel: 1e-12, abs: 1e-9 });
      }),
    );
  });

  test('grows with the size and with the unit of money in proportion', () => {
    fc.assert(
      fc.property(book, fc.double({ min: 0.1, max: 50, noNaN: true }), (rows, scale) => {
        const { requirementUsd } = requirement(rows);
        const sized = rows.map((row) => ({ ...row, call: row.call * scale, put: row.put * scale }));
        expectClose({ actual: requirement(sized).requirementUsd, expected: scale * requirementUsd, rel: 1e-10, abs: 1e-6 });
        expectClose({ actual: requirement(rows, false, scale).requirementUsd, expected: scale * requirementUsd, rel: 1e-10, abs: 1e-6 });
      }),
    );
  });

  test('covers what the expiry can lose at any settlement price when calls are not net short', () => {
    fc.assert(
      fc.property(book, fc.double({ min: 0, max: 10_000, noNaN: true }), (rows, settlement) => {
        const netCalls = rows.reduce((sum, row) => sum + row.call, 0);
        const { requirementUsd, isMaxLoss } = requirement(rows);
        if (netCalls < 0 || !isMaxLoss) return;
        expect(payoffAt(expiryOf(rows), settlement)).toBeGreaterThanOrEqual(-requirementUsd - 1e-6);
      }),
    );
  });

  test('a spread requires its width, a box what it owes, a naked call no more than by itself', () => {
    const spread = [
      { strike: 1800, call: -1, put: 0 },
      { strike: 1900, call: 1, put: 0 },
    ];
    expect(requirement(spread)).toMatchObject({ requirementUsd: 100, isMaxLoss: true, worstStrike: 1 });
    const box = [
      { strike: 1800, call: -1, put: 1 },
      { strike: 1900, call: 1, put: -1 },
    ];
    expect(requirement(box).requirementUsd).toBe(100);
    const naked = [{ strike: 2000, call: -1, put: 0 }];
    expect(requirement(naked)).toMatchObject({ isMaxLoss: false });
  });

  test('initial is continuous where its floor begins and where the money ends', () => {
    const at = (isCall: boolean, strike: number): number => shortOptionUsd(isCall, true, 2000, strike, 50, terms, 0);
    for (const strike of [2000, 2100]) expectClose({ actual: at(true, strike * (1 + 1e-9)), expected: at(true, strike), rel: 1e-7 });
    for (const strike of [1900, 2000]) expectClose({ actual: at(false, strike * (1 - 1e-9)), expected: at(false, strike), rel: 1e-7 });
    expect(at(true, 2000)).toBe(50 + 300);
    expect(at(true, 4000)).toBe(50 + 200);
  });

  test('a deep short put is maintained on its own mark, and opened at five per cent more', () => {
    const maintenance = shortOptionUsd(false, false, 2000, 9000, 7000, terms, 0);
    expect(maintenance).toBe(7000 * 1.075);
    expect(shortOptionUsd(false, true, 2000, 9000, 7000, terms, 0)).toBe(maintenance * 1.05);
  });

  test('a missing mark is a missing requirement', () => {
    const expiry = expiryOf([{ strike: 2000, call: -1, put: 0 }]);
    expiry.callMarkUsd[0] = NaN;
    const out = { requirementUsd: 0, isMaxLoss: false, worstStrike: -1 };
    expiryRequirement(expiry, false, terms, 0, out);
    expect(out.requirementUsd).toBeNaN();
  });
});
