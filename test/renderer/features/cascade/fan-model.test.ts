import { describe, expect, it } from 'vitest';
import {
  bandOf,
  fallRows,
  holders,
  lossBands,
  priceBands,
  shownRounds,
  unseenFraction,
} from '../../../../renderer/features/cascade/fan/fan-model.ts';
import { expectClose } from '../../../support/expect-close.ts';
import { sampleFan } from '../../../support/sample-fan.ts';

describe('what a fan shows', () => {
  it('ends with the last round in which anything changes, and shows at least one beyond the shock', () => {
    expect(shownRounds(sampleFan)).toEqual([0, 1, 2]);
    const [shock = []] = sampleFan.lossUsd;
    const still = { ...sampleFan, lossUsd: [shock, shock, shock], pricesUsd: {} };
    expect(shownRounds(still)).toEqual([0, 1]);
    expect(shownRounds({ ...still, lossUsd: [shock] })).toEqual([0]);
  });

  it('goes on while a price still moves, though the loss does not', () => {
    const [first = [], second = []] = sampleFan.lossUsd;
    const rows = (usd: number): number[][] => [1600, 1500, usd].map((price) => [price, price, price, price, price]);
    const losing = { ...sampleFan, lossUsd: [first, second, second] };
    expect(shownRounds({ ...losing, pricesUsd: { ETH: rows(1400) } })).toEqual([0, 1, 2]);
    expect(shownRounds({ ...losing, pricesUsd: { ETH: rows(1500) } })).toEqual([0, 1]);
  });

  it('is a move from now for prices, and dollars for losses, in the same rounds', () => {
    const prices = priceBands(sampleFan, 'ETH', 2000);
    expect(prices).toHaveLength(lossBands(sampleFan).length);
    prices[1]?.forEach((move, i) => expectClose({ actual: move, expected: [-0.25, -0.23, -0.22, -0.21, -0.2][i] ?? NaN, rel: 1e-12 }));
    expect(lossBands(sampleFan)[2]).toEqual([5e6, 5.5e6, 6e6, 7e6, 9e6]);
  });

  it('takes its five quantiles by their probability, wherever they stand, and says nothing of one that is missing', () => {
    const fan = { ...sampleFan, probabilities: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95] };
    expect(bandOf(fan, [0, 1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5]);
    expect(bandOf({ ...sampleFan, probabilities: [0.5] }, [7])).toEqual([NaN, NaN, 7, NaN, NaN]);
    expect(priceBands(sampleFan, 'XRP', 1)[0]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });
});

describe('who falls in a fan', () => {
  it('lists the most frequent fall first, equals by name, and names apart those who always hold', () => {
    expect(fallRows(sampleFan).map((row) => row.accountId)).toEqual(['MKR-A', 'DRB-ETH']);
    expect(holders(sampleFan)).toEqual(['BIN-USDM']);
    const equal = {
      ...sampleFan,
      accounts: ['B', 'A'].map((accountId) => ({ accountId, fallFraction: 0.2, standardError: 0, roundsToFall: [] })),
    };
    expect(fallRows(equal).map((row) => row.accountId)).toEqual(['A', 'B']);
  });

  it('a fall not seen in n draws is rarer than one in which n draws would miss it five times in a hundred: about 3 / n', () => {
    for (const draws of [100, 200, 1000]) {
      expectClose({ actual: (1 - unseenFraction(draws)) ** draws, expected: 0.05, rel: 1e-9 });
      expectClose({ actual: unseenFraction(draws), expected: 3 / draws, rel: 0.02 });
    }
  });
});
