import { expect, test } from 'vitest';
import { findCrossings, isAmplified, isOnlyJoint, type Phase } from '../../main/services/cascade/phase-crossings.ts';
import { succeed } from '../../main/domain/failure.ts';

/** A cascade that brings down others from one size on, and doubles the loss from another on. */
function phaseAt(scale: number, jointFrom: number, amplifiedFrom: number): Phase {
  return {
    rounds: 1,
    hasConverged: true,
    accountsFallen: scale >= jointFrom ? 1 : 0,
    fallenOnlyJointly: scale >= jointFrom ? 1 : 0,
    badDebtUsd: 0,
    lossUsd: 1,
    priceAmplification: 1,
    lossAmplification: scale >= amplifiedFrom ? 2 : 1,
  };
}

test('a crossing is found to a 64th of a column, from above, and is null where the row has none', async () => {
  const truths = [
    { joint: 0.537, amplified: 0.911 },
    { joint: 0.04, amplified: Infinity },
    { joint: Infinity, amplified: 0.7 },
  ];
  const scales = [0.25, 0.5, 0.75, 1];
  const at = (y: number, scale: number): Phase => phaseAt(scale, truths[y]?.joint ?? NaN, truths[y]?.amplified ?? NaN);
  let cascades = 0;
  const found = await findCrossings(
    { scales, rows: truths.map((_, y) => scales.map((scale) => at(y, scale))), level: 1.5 },
    async (asked) => {
      cascades += asked.flat().length;
      return succeed(asked.map((row, y) => row.map((scale) => at(y, scale))));
    },
  );
  if (!found.ok) throw new Error(found.failure.message);
  expect(found.value.width).toBe(0.25 / 64);
  expect(cascades).toBe(6 * 4);
  found.value.rows.forEach((row, y) => {
    const truth = truths[y] ?? { joint: NaN, amplified: NaN };
    for (const [value, expected] of [
      [row.firstOnlyJointScale, truth.joint],
      [row.amplifiedScale, truth.amplified],
    ] as const) {
      if (expected === Infinity) expect(value).toBeNull();
      else {
        expect(value).toBeGreaterThanOrEqual(expected);
        expect((value ?? NaN) - expected).toBeLessThanOrEqual(0.25 / 64);
      }
    }
  });
});

test('an amplification without a value passes no level', () => {
  const phase = { ...phaseAt(1, 0, 0), lossAmplification: { reason: 'unsupported', message: 'loses nothing' } as const };
  expect(isAmplified(phase, 0)).toBe(false);
  expect(isOnlyJoint(phase)).toBe(true);
});
