import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseLevel, findFalls, findWarnings, judgeWarnings } from '../../../main/engine/risk/early-warning.ts';

const rules = { quiet: 2, horizon: 4 };
const signals = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((values) => Float64Array.from(values));

describe('warnings and falls', () => {
  test('by hand: a fall of a fifth within three steps is found once, and again only after a quiet time', () => {
    const price = Float64Array.of(100, 98, 79, 78, 80, 81, 82, 83, 84, 85, 66, 65);
    expect(findFalls(price, 0.2, 3)).toEqual([2, 10]);
  });

  test('by hand: one fall announced two steps ahead, one warning false, one fall missed', () => {
    const signal = Float64Array.of(0, 9, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0);
    const record = judgeWarnings(signal, 5, [3, 13], rules);
    expect(record.warnings).toEqual([1, 7]);
    expect([...record.leads]).toEqual([2, NaN]);
    expect(record.falseWarnings).toEqual([7]);
  });

  test('a missing signal neither warns nor ends a warning', () => {
    expect(findWarnings(Float64Array.of(NaN, 9, NaN, 9, 9), 5, 3)).toEqual([1]);
  });

  test('what comes after a step changes no warning at or before it', () => {
    fc.assert(
      fc.property(signals, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(59), (signal, level, cut) => {
        const before = findWarnings(signal.slice(0, cut + 1), level, rules.quiet);
        expect(findWarnings(signal, level, rules.quiet).filter((at) => at <= cut)).toEqual(before);
      }),
    );
  });

  test('every warning is right or false, and every lead lies within the horizon', () => {
    fc.assert(
      fc.property(signals, fc.array(fc.nat(59), { maxLength: 5 }), (signal, falls) => {
        const record = judgeWarnings(signal, 0.5, falls, rules);
        for (const at of record.falseWarnings) expect(record.warnings).toContain(at);
        for (const lead of record.leads) if (!Number.isNaN(lead)) expect(lead >= 0 && lead <= rules.horizon).toBe(true);
      }),
    );
  });

  test('no other level would have been worth more on the same steps', () => {
    fc.assert(
      fc.property(
        signals,
        fc.array(fc.nat(59), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (signal, falls, other) => {
          const worth = (level: number): number => {
            const { leads, warnings, falseWarnings } = judgeWarnings(signal, level, falls, rules);
            return leads.filter((lead) => !Number.isNaN(lead)).length / leads.length - falseWarnings.length / Math.max(1, warnings.length);
          };
          // Between two values of the signal the warnings are those of the upper one; above all of them there are none.
          const reached = other <= Math.max(...signal);
          if (reached) expect(worth(chooseLevel(signal, falls, rules))).toBeGreaterThanOrEqual(worth(other) - 1e-12);
        },
      ),
    );
  });

  test('without a fall no level can be chosen', () => {
    expect(chooseLevel(Float64Array.of(1, 2), [], rules)).toBeNaN();
  });
});
