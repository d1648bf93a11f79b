import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shock } from '../../../main/domain/scenario.ts';
import { largerMoves, movesAsOne } from '../../../main/services/reporting/moved-shocks.ts';

const set = { betas: { ETH: 1, BTC: 0.8 }, volatilityPerMove: -1.2 };
const move = fc.double({ min: -0.6, max: 0.6, noNaN: true });
const days = fc
  .array(fc.tuple(move, move), { minLength: 1, maxLength: 60 })
  .map((rows): Shock[] => rows.map(([eth, btc]) => ({ moves: { ETH: eth, BTC: btc }, volatilityShift: 0.1 })));
const sorted = (shocks: readonly Shock[], driver: string): number[] =>
  shocks.map(({ moves }) => moves[driver] ?? NaN).toSorted((a, b) => a - b);

describe('days on which all drivers move as one', () => {
  it('keep exactly the moves of each driver', () => {
    fc.assert(
      fc.property(days, (given) => {
        const moved = movesAsOne(given, set);
        for (const driver of ['ETH', 'BTC']) expect(sorted(moved, driver)).toEqual(sorted(given, driver));
      }),
    );
  });

  it('never rank two drivers in opposite order', () => {
    fc.assert(
      fc.property(days, (given) => {
        const moved = movesAsOne(given, set).toSorted(
          (a, b) => (a.moves['ETH'] ?? 0) - (b.moves['ETH'] ?? 0) || (a.moves['BTC'] ?? 0) - (b.moves['BTC'] ?? 0),
        );
        for (let day = 1; day < moved.length; day += 1)
          expect(moved[day]?.moves['BTC'] ?? NaN).toBeGreaterThanOrEqual(moved[day - 1]?.moves['BTC'] ?? NaN);
      }),
    );
  });

  it('add volatility where the common move falls and take none off where it rises', () => {
    fc.assert(fc.property(days, (given) => movesAsOne(given, set).every(({ volatilityShift }) => volatilityShift >= 0)));
    const [fall, rise] = movesAsOne(
      [
        { moves: { ETH: -0.1, BTC: 0.1 }, volatilityShift: 0 },
        { moves: { ETH: 0.1, BTC: -0.1 }, volatilityShift: 0 },
      ],
      set,
    ).toSorted((a, b) => (a.moves['ETH'] ?? 0) - (b.moves['ETH'] ?? 0));
    expect(fall?.moves).toEqual({ ETH: -0.1, BTC: -0.1 });
    expect(fall?.volatilityShift).toBeGreaterThan(0);
    expect(rise?.volatilityShift).toBe(0);
  });

  it('of one driver stay as they are', () => {
    const given: Shock[] = [-0.2, 0.1, -0.05].map((eth) => ({ moves: { ETH: eth }, volatilityShift: 0 }));
    expect(movesAsOne(given, { betas: { ETH: 1 }, volatilityPerMove: 0 })).toEqual(given);
    expect(movesAsOne([], set)).toEqual([]);
  });
});

describe('larger moves', () => {
  it('are the factor times as large, and leave a price above nothing', () => {
    fc.assert(
      fc.property(move, fc.double({ min: 1, max: 3, noNaN: true }), (eth, factor) => {
        const moved = largerMoves({ moves: { ETH: eth }, volatilityShift: 0.2 }, factor);
        expect(moved.moves['ETH']).toBe(Math.max(-0.999, eth * factor));
        expect(moved.volatilityShift).toBe(0.2 * factor);
      }),
    );
  });
});
