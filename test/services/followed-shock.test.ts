import { expect, test } from 'vitest';
import { followedShock } from '../../main/services/analysis/followed-shock.ts';

const betas = { ETH: 1, BTC: 0.8, SOL: 1.5 };
const shock = { moves: { ETH: -0.2 }, volatilityShift: 0.1 };

test('without correlation a shock stays what it is', () => {
  expect(followedShock(shock, betas, 0)).toBe(shock);
});

test('with all of it the drivers left still fall along the common axis, and those moved keep their moves', () => {
  const followed = followedShock(shock, betas, 1);
  expect(followed.volatilityShift).toBe(0.1);
  expect(followed.moves['ETH']).toBe(-0.2);
  expect(followed.moves['BTC']).toBeCloseTo(-0.16, 12);
  expect(followed.moves['SOL']).toBeCloseTo(-0.3, 12);
});

test('half of it moves them half as far, after the mean of those that moved', () => {
  const followed = followedShock({ moves: { ETH: -0.2, BTC: -0.08 }, volatilityShift: 0 }, betas, 0.5);
  expect(followed.moves['SOL']).toBeCloseTo(0.5 * 1.5 * -0.15, 12);
});

test('a driver never falls to nothing, and a shock of none is none', () => {
  expect(followedShock({ moves: { ETH: -0.9 }, volatilityShift: 0 }, betas, 1).moves['SOL']).toBe(-0.99);
  const none = { moves: {}, volatilityShift: 0 };
  expect(followedShock(none, betas, 1)).toBe(none);
});
