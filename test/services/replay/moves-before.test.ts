import { expect, test } from 'vitest';
import { movesBefore } from '../../../main/services/replay/index-steps.ts';
import { sampleWork } from '../../support/sample-replay.ts';

const { inputs, pack } = sampleWork();
const history = Array.from({ length: 40 }, (_, i) => ({
  day: new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10),
  closeUsd: { BTC: 50_000 + 700 * Math.sin(i), ETH: 2000 + 60 * Math.cos(3 * i) },
}));
const DAY = '2025-02-01';

test('closes of a day and of later ones change nothing of what is known on its morning', () => {
  const known = movesBefore(inputs, history, pack.driverIds)(DAY);
  const later = history.map((row) => (row.day < DAY ? row : { ...row, closeUsd: { BTC: 1, ETH: 9 } }));
  expect(known?.length).toBe(30 * pack.driverIds.length);
  expect(movesBefore(inputs, later, pack.driverIds)(DAY)).toEqual(known);
});

test('with fewer than 21 days before it there is nothing to correlate, and it says so by null', () => {
  expect(movesBefore(inputs, history, pack.driverIds)('2025-01-15')).toBeNull();
});
