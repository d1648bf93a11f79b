import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../main/domain/failure.ts';
import { changeMillions, fullUsd, millions, moneyShort, moneyWords, price, thousands } from '../../../renderer/format/money.ts';

const noPrice: Failure = { reason: 'missingPrice', message: 'ETH-26JUN26-2500-P has no mark at 2026-02-05T21:29:37Z' };

describe('money', () => {
  it('is in millions with two decimals in summaries and thousands with one in the grid', () => {
    expect(millions(89_520_000)).toBe('89.52');
    expect(thousands(18_420_000)).toBe('18,420.0');
    expect(fullUsd(18_420_000.5)).toBe('18,420,000.50 USD');
    expect(changeMillions(-11_370_000)).toBe('−11.37');
  });

  it('takes the scale of its size in sentences', () => {
    expect(moneyWords(41_800)).toBe('41.8\u2009k USD');
    expect(moneyWords(4_240_000)).toBe('4.24\u2009M USD');
    expect(moneyShort(412)).toBe('412');
    expect(moneyShort(0)).toBe('0');
    expect(moneyShort(0.5)).toBe('0.50');
  });

  it('shows a failure as its name and what does not apply as a dash, never as a number', () => {
    expect(millions(noPrice)).toBe('no price');
    expect(thousands(null)).toBe('–');
    expect(price(noPrice, 'BTC')).toBe('no price');
  });
});

describe('price', () => {
  it('has five decimals in coin', () => {
    expect(price(0.03718, 'BTC')).toBe('0.03718');
  });

  it('has two decimals in dollars from a hundred up and four below', () => {
    expect(price(63718.97, 'USD')).toBe('63,718.97');
    expect(price(0.9998, 'USD')).toBe('0.9998');
    expect(price(0, 'USD')).toBe('0.00');
  });
});
