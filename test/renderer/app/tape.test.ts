import { describe, expect, it } from 'vitest';
import { freshness } from '../../../renderer/app/shell/freshness.ts';
import { tapeChange, tapeValue } from '../../../renderer/app/shell/tape.tsx';

describe('the tape', () => {
  it('shows a value in the unit it carries', () => {
    expect(tapeValue({ value: 63718.97, unit: 'usd' })).toBe('63,718.97');
    expect(tapeValue({ value: 0.9998, unit: 'usd' })).toBe('0.9998');
    expect(tapeValue({ value: 1.2238, unit: 'ratio' })).toBe('1.2238');
    expect(tapeValue({ value: 0.42, unit: 'percent' })).toBe('0.42\u2009%');
    expect(tapeValue({ value: 103.7, unit: 'points' })).toBe('103.7');
  });

  it('signs a change', () => {
    expect(tapeChange(-12.8, 'percent')).toBe('−12.8\u2009%');
    expect(tapeChange(35.9, 'points')).toBe('+35.9\u2009pt');
    expect(tapeChange(-0.3, 'basisPoints')).toBe('−0.3\u2009bp');
  });
});

describe('freshness', () => {
  it('is told by the interval of the source', () => {
    expect(freshness(59_000, 60_000).word).toBe('fresh');
    expect(freshness(61_000, 60_000).word).toBe('late');
    expect(freshness(121_000, 60_000).word).toBe('stale');
    expect(freshness(121_000, null).word).toBe('no stated interval');
  });
});
