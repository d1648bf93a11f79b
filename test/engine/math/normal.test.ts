import { describe, expect, test } from 'vitest';
import { complementaryErrorFunction, scaledComplementaryErrorFunction } from '../../../main/engine/math/error-function.ts';
import { millsRatio, normalCdf, normalPdf, normalQuantile } from '../../../main/engine/math/normal.ts';
import { normalCdfBySeries } from '../../oracle/normal-series.ts';
import { expectClose } from '../../support/expect-close.ts';

describe('normal distribution', () => {
  test('agrees with series and continued fraction from −37 to 8, in the relative sense below', () => {
    for (let x = -37; x <= 8; x += 0.0973) expectClose({ actual: normalCdf(x), expected: normalCdfBySeries(x), rel: 3e-13, inputs: x });
    for (let x = -5; x <= 8; x += 0.0311) expectClose({ actual: normalCdf(x), expected: normalCdfBySeries(x), abs: 4e-16, inputs: x });
  });

  test('has the tabulated values of NIST and Abramowitz-Stegun table 26.1', () => {
    expectClose({ actual: normalCdf(1), expected: 0.8413447460685429, rel: 2e-16 });
    expectClose({ actual: normalCdf(1.96), expected: 0.9750021048517795, rel: 2e-16 });
    expectClose({ actual: normalPdf(1), expected: 0.24197072451914337, rel: 2e-16 });
    expectClose({ actual: complementaryErrorFunction(2), expected: 0.004677734981047266, rel: 4e-16 });
    expectClose({ actual: scaledComplementaryErrorFunction(10), expected: 0.05614099274382259, rel: 4e-16 });
  });

  test('has the ends 0 and 1, one half in the middle, and passes NaN on', () => {
    expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 0.5, 1, NaN]);
    expect([normalPdf(-Infinity), normalPdf(Infinity), normalPdf(NaN)]).toEqual([0, 0, NaN]);
    expect([scaledComplementaryErrorFunction(-Infinity), scaledComplementaryErrorFunction(Infinity)]).toEqual([Infinity, 0]);
  });

  test('Mills ratio times density is the tail', () => {
    for (let x = -6; x < 30; x += 0.37)
      expectClose({ actual: millsRatio(x) * normalPdf(x), expected: normalCdf(-x), rel: 1e-13, inputs: x });
  });

  test('quantile inverts the distribution function in both halves and deep in the tail', () => {
    for (let x = -36; x < 5; x += 0.173)
      expectClose({ actual: normalQuantile(normalCdf(x)), expected: x, rel: 1e-12, abs: 1e-12, inputs: x });
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([NaN, NaN, NaN]);
  });
});
