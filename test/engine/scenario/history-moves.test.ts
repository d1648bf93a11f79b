import { expect, test } from 'vitest';
import { commonMove, historyMoves, sigmaDays } from '../../../main/engine/scenario/history-moves.ts';

test('moves are relative changes of closes, oldest first, the last days kept', () => {
  const closes = Float64Array.of(100, 10, 110, 9, 99, 9.9);
  const { days, moves } = historyMoves(closes, 2, false, 1);
  expect(days).toBe(1);
  expect(moves[0]).toBeCloseTo(-0.1, 12);
  expect(moves[1]).toBeCloseTo(0.1, 12);
});

test('with constant volatility scaling changes little; after a loud spell quiet days are raised', () => {
  const closes: number[] = [100];
  for (let i = 1; i <= 200; i += 1) closes.push((closes[i - 1] ?? 0) * (1 + (i % 2 === 0 ? 1 : -1) * (i > 180 ? 0.05 : 0.01)));
  const raw = historyMoves(Float64Array.from(closes), 1, false, 150);
  const scaled = historyMoves(Float64Array.from(closes), 1, true, 150);
  expect(Math.abs(scaled.moves[0] ?? 0)).toBeGreaterThan(3 * Math.abs(raw.moves[0] ?? 0));
  expect(scaled.dailyVolatility[0]).toBeGreaterThan(0.03);
});

test('a scaled move never takes more than 95 %', () => {
  const closes = [100, ...Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 100.001 : 100)), 40];
  const { moves } = historyMoves(Float64Array.from(closes), 1, true, 60);
  for (const move of moves) expect(move).toBeGreaterThanOrEqual(-0.95);
});

test('the common move of drivers that move by their betas is that move', () => {
  expect(commonMove(Float64Array.of(1, 0.8), Float64Array.of(-0.2, -0.16))).toBeCloseTo(-0.2, 12);
  expect(commonMove(new Float64Array(2), Float64Array.of(-0.2, 0))).toBe(0);
});

test('the distance in days is the excess over its daily standard deviation, and endless where nothing moves it', () => {
  expect(sigmaDays(100, Float64Array.of(1000), Float64Array.of(0.0025))).toBeCloseTo(2, 12);
  expect(sigmaDays(100, new Float64Array(2), Float64Array.of(1, 0, 0, 1))).toBe(Infinity);
});
