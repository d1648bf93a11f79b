import { describe, expect, it } from 'vitest';
import {
  beforeAfter,
  distance,
  distanceWords,
  healthFactor,
  percent,
  percentFigure,
  ratio,
  sigmaDays,
  signedPercent,
} from '../../../renderer/format/share.ts';

describe('distance', () => {
  it('is signed with one decimal', () => {
    expect(distance(-0.1394)).toBe('−13.9');
    expect(distanceWords(-0.304)).toBe('−30.4\u2009%');
  });

  it('says never where an account cannot be liquidated, and a dash where it has no requirement', () => {
    expect(distance(null)).toBe('never');
    expect(distanceWords(null)).toBe('never');
    expect(distance(null, false)).toBe('–');
    expect(distance(-0.2, false)).toBe('–');
  });
});

describe('shares and ratios', () => {
  it('carry one decimal, or their own form', () => {
    expect(percent(0.717)).toBe('71.7\u2009%');
    expect(percentFigure(1.042)).toBe('104.2');
    expect(signedPercent(0.129)).toBe('+12.9\u2009%');
    expect(ratio(2.3149)).toBe('2.31\u2009×');
  });

  it('tell a health factor without debt in words', () => {
    expect(healthFactor(1.0344)).toBe('1.034');
    expect(healthFactor(Infinity)).toBe('no debt');
  });

  it('tell σ-days with one decimal, and never where nothing moves the excess', () => {
    expect(sigmaDays(2.44)).toBe('2.4');
    expect(sigmaDays(Infinity)).toBe('never');
    expect(sigmaDays(null)).toBe('–');
  });
});

describe('beforeAfter', () => {
  it('shows an arrow only where something changed', () => {
    expect(beforeAfter('27.40', '17.90')).toBe('27.40 → 17.90');
    expect(beforeAfter('1.56', '1.56')).toBe('1.56');
  });
});
