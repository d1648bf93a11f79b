import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { blackPrice } from '../../../../main/engine/pricing/black.ts';
import type { ExpiryQuotes } from '../../../../main/engine/pricing/quotes/quote-bands.ts';
import { fitQuotedSmile, type QuotedSmile } from '../../../../main/engine/pricing/quotes/quoted-smile.ts';
import { totalVarianceAt, type Smile } from '../../../../main/engine/pricing/smile.ts';

/** Recorded chains; their sources are in test/golden/manifest.json. */
const DAYS = ['2025-12-30', '2026-02-05', '2026-08-20'] as const;

function number(text: string | undefined): number {
  return text === undefined || text === '' ? NaN : Number(text);
}

/** The quotes of a recorded day by currency and expiry, each currency's expiries in order. */
function recorded(day: string): { currency: string; expiry: string; quotes: ExpiryQuotes }[] {
  const rows = readFileSync(new URL(`../../../golden/deribit_chain_${day}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const keys = [...new Set(rows.map(([currency = '', expiry = '']) => `${currency},${expiry}`))].toSorted();
  return keys.map((key) => {
    const [currency = '', expiry = ''] = key.split(',');
    const own = rows.filter((row) => row[0] === currency && row[1] === expiry);
    const column = (at: number): Float64Array => Float64Array.from(own, (row) => number(row[at]));
    return {
      currency,
      expiry,
      quotes: {
        strikes: column(3),
        isCall: Uint8Array.from(own, (row) => (row[2] === 'C' ? 1 : 0)),
        bid: column(6),
        ask: column(7),
        volatility: column(9),
        forward: number(own[0]?.[4]),
        years: number(own[0]?.[5]),
      },
    };
  });
}

type Fitted = ReturnType<typeof recorded>[number] & { readonly fit: QuotedSmile; readonly earlier: Smile | null };

function fitAll(day: string): Fitted[] {
  let earlier: Smile | null = null;
  let currency = '';
  return recorded(day).map((expiry) => {
    if (expiry.currency !== currency) earlier = null;
    currency = expiry.currency;
    const before = earlier;
    const fit = fitQuotedSmile(expiry.quotes, before);
    earlier = fit.smile;
    return { ...expiry, fit, earlier: before };
  });
}

/** Price of a call at a strike, as a share of the forward. */
function callPrice(smile: Smile, moneyness: number): number {
  return blackPrice(true, 1, moneyness, Math.sqrt(totalVarianceAt(smile, Math.log(moneyness))), 1);
}

const total = (all: readonly Fitted[], count: (each: Fitted) => number): number => all.reduce((sum, each) => sum + count(each), 0);

describe.each(DAYS)('the recorded chain of %s', (day) => {
  const all = fitAll(day);

  test('is priced within bid and ask, but for the quotes that are named as contradicting each other', () => {
    expect(total(all, ({ quotes }) => quotes.strikes.length)).toBe({ '2025-12-30': 1304, '2026-02-05': 1840, '2026-08-20': 1830 }[day]);
    for (const { quotes, fit } of all) {
      const named = new Set(fit.conflicts.map(({ strike }) => Math.round(strike)));
      quotes.strikes.forEach((strike, i) => {
        if (named.has(strike)) return;
        const price = blackPrice(
          quotes.isCall[i] === 1,
          1,
          strike / quotes.forward,
          Math.sqrt(totalVarianceAt(fit.smile, Math.log(strike / quotes.forward))),
          1,
        );
        const [bid = NaN, ask = NaN] = [quotes.bid[i], quotes.ask[i]];
        if (bid > 0) expect(price, `bid of ${strike}`).toBeGreaterThanOrEqual(bid - 1e-9);
        if (ask > 0) expect(price, `ask of ${strike}`).toBeLessThanOrEqual(ask + 1e-9);
      });
    }
    expect(total(all, ({ fit }) => fit.quoted - fit.met)).toBe(day === '2026-02-05' ? 2 : 0);
    expect(total(all, ({ fit }) => fit.conflicts.length)).toBeLessThanOrEqual(day === '2026-02-05' ? 4 : 0);
  });

  test('lets no butterfly or spread of listed strikes be bought for less than nothing', () => {
    for (const { quotes, fit, expiry } of all) {
      const strikes = [...new Set(quotes.strikes)].toSorted((left, right) => left - right).map((strike) => strike / quotes.forward);
      const prices = strikes.map((strike) => callPrice(fit.smile, strike));
      const slopes = strikes.slice(1).map((strike, i) => ((prices[i + 1] ?? NaN) - (prices[i] ?? NaN)) / (strike - (strikes[i] ?? NaN)));
      for (const [i, slope] of slopes.entries()) {
        expect(slope, `${expiry}: spread ${i}`).toBeGreaterThanOrEqual(-1 - 1e-9);
        expect(slope, `${expiry}: spread ${i}`).toBeLessThanOrEqual(1e-9);
        if (i > 0) expect(slope, `${expiry}: butterfly ${i}`).toBeGreaterThanOrEqual((slopes[i - 1] ?? NaN) - 1e-8);
      }
    }
  });

  test('lets no listed strike be cheaper than an earlier expiry at the same moneyness, but for those named', () => {
    for (const { quotes, fit, earlier } of all) {
      if (earlier === null) continue;
      const named = new Set(fit.conflicts.map(({ strike }) => Math.round(strike)));
      for (const strike of new Set(quotes.strikes)) {
        const at = Math.log(strike / quotes.forward);
        const isListedEarlier = at >= (earlier.logMoneyness[0] ?? NaN) && at <= (earlier.logMoneyness.at(-1) ?? NaN);
        if (!isListedEarlier || named.has(strike)) continue;
        expect(callPrice(fit.smile, Math.exp(at)), `${strike}`).toBeGreaterThanOrEqual(callPrice(earlier, Math.exp(at)) - 1e-9);
      }
    }
  });

  test('implies a negative probability between strikes in few intervals, each named', () => {
    const intervals = total(all, ({ fit }) => fit.smile.logMoneyness.length - 1);
    expect(total(all, ({ fit }) => fit.gaps.length) / intervals).toBeLessThan(
      { '2025-12-30': 1e-9, '2026-02-05': 0.05, '2026-08-20': 0.03 }[day],
    );
  });
});

/** Quotes around Black prices of one volatility, half a spread to each side. */
function quotesOf(strikes: readonly number[], halfSpread: number, more: Partial<ExpiryQuotes> = {}): ExpiryQuotes {
  const both = strikes.flatMap((strike) => [strike, strike]);
  const isCall = Uint8Array.from(both, (_, i) => i % 2);
  const price = (i: number): number => blackPrice(isCall[i] === 1, 1, (both[i] ?? NaN) / 100, 0.6 * Math.sqrt(0.25), 1);
  return {
    strikes: Float64Array.from(both),
    isCall,
    bid: Float64Array.from(both, (_, i) => price(i) - halfSpread),
    ask: Float64Array.from(both, (_, i) => price(i) + halfSpread),
    volatility: new Float64Array(both.length).fill(0.6),
    forward: 100,
    years: 0.25,
    ...more,
  };
}

describe('a smile fitted to quotes', () => {
  const strikes = [60, 70, 80, 90, 100, 110, 120, 140, 160];

  test('is the one volatility from which all quotes come', () => {
    const { smile, conflicts, gaps, quoted, met } = fitQuotedSmile(quotesOf(strikes, 0.002), null);
    for (const strike of strikes) expect(Math.sqrt(totalVarianceAt(smile, Math.log(strike / 100)) / 0.25)).toBeCloseTo(0.6, 6);
    expect({ conflicts, gaps, quoted, met }).toEqual({ conflicts: [], gaps: [], quoted: 18, met: 18 });
  });

  test('follows the quotes and not a mark that left them', () => {
    const stale = quotesOf(strikes, 0.0005, { volatility: new Float64Array(18).fill(0.9) });
    const { smile, met } = fitQuotedSmile(stale, null);
    expect(met).toBe(18);
    expect(Math.sqrt(totalVarianceAt(smile, 0) / 0.25)).toBeLessThan(0.61);
  });

  test('names a quote against itself, against its put, against its neighbours and against an earlier expiry', () => {
    const kinds = (quotes: ExpiryQuotes, earlier: Smile | null = null): string[] =>
      fitQuotedSmile(quotes, earlier).conflicts.map(({ strike, kind }) => `${kind} ${strike}`);
    const changed = (column: 'bid' | 'ask', change: (value: number, i: number) => number): ExpiryQuotes => {
      const quotes = quotesOf(strikes, 0.002);
      return { ...quotes, [column]: quotes[column].map(change) };
    };
    expect(kinds(changed('bid', (bid, i) => (i === 8 ? bid + 0.01 : bid)))).toEqual(['crossed 100']);
    const lifted = quotesOf(strikes, 0.002);
    for (const column of [lifted.bid, lifted.ask]) column[8] = (column[8] ?? NaN) + 0.02;
    expect(kinds(lifted)).toEqual(['parity 100']);
    const high = quotesOf(strikes, 0.0005);
    for (const column of [high.bid, high.ask]) for (const i of [8, 9]) column[i] = (column[i] ?? NaN) + 0.05;
    expect(kinds(high)).toEqual(['butterfly 100']);
    const dear = fitQuotedSmile({ ...quotesOf(strikes, 0.002), years: 0.2 }, null).smile;
    const above = { ...dear, totalVariance: dear.totalVariance.map((each) => 2 * each) };
    expect(kinds(quotesOf(strikes, 0.0005), above)).toEqual(strikes.map((strike) => `calendar ${strike}`));
  });

  test('is at least an earlier smile where the quotes leave room', () => {
    const wide = quotesOf(strikes, 0.02);
    const earlier = fitQuotedSmile({ ...quotesOf(strikes, 0.02), volatility: new Float64Array(18).fill(0.66) }, null).smile;
    const { smile, conflicts } = fitQuotedSmile(wide, earlier);
    expect(conflicts).toEqual([]);
    for (const strike of strikes) {
      const at = Math.log(strike / 100);
      expect(totalVarianceAt(smile, at)).toBeGreaterThanOrEqual(totalVarianceAt(earlier, at) * (1 - 1e-9));
    }
  });

  test('holds a strike without any quote at its mark, and leaves out one without a mark', () => {
    const none = new Float64Array(18).fill(NaN);
    const marks = Float64Array.from({ length: 18 }, (_, i) => (i < 2 ? NaN : 0.6 + 0.01 * Math.floor(i / 2)));
    const { smile, quoted } = fitQuotedSmile(quotesOf(strikes, 0, { bid: none, ask: none, volatility: marks }), null);
    expect(quoted).toBe(0);
    expect(smile.logMoneyness).toHaveLength(8);
    expect(Math.sqrt(totalVarianceAt(smile, Math.log(0.7)) / 0.25)).toBeCloseTo(0.61, 8);
  });

  test('without a usable strike has no points', () => {
    const empty = { ...quotesOf([], 0), strikes: new Float64Array(0) };
    expect(fitQuotedSmile(empty, null).smile.logMoneyness).toHaveLength(0);
  });
});
