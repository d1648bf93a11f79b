import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hedgeLegKind, hedgeLimits } from '../../../../main/contract/hedge-limits.ts';
import { hedgeSurvivalWish } from '../../../../main/contract/hedge-survival.ts';
import {
  assumedOf,
  fieldsOf,
  isUnderstood,
  limitFields,
  survivalFields,
  troubleOf,
  usualFields,
} from '../../../../renderer/features/hedge/request/limit-fields.ts';
import { fittingWords, kindWords, limitsTitle, unusualWords } from '../../../../renderer/features/hedge/request/limit-words.ts';

const limits = {
  deltaBandUsd: 250_000,
  turnoverUsd: 2_000_000,
  onlyReducing: true,
  excludeInstrumentIds: ['BTC-PERP', 'ETH-PERP'],
  keepAccountIds: ['DRB-ETH', 'MKR-A'],
};

test('limits and assumptions are the same after a visit to the sheet', () => {
  const usd = fc.integer({ min: 0, max: 1e9 });
  const percent = (most: number) => fc.integer({ min: 0, max: 100 * most }).map((basis) => basis / 10_000);
  const some = <T>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) => fc.record(shape, { requiredKeys: [] });
  const anyLimits = some({
    deltaBandUsd: usd,
    gammaBandUsd: usd,
    vegaBandUsd: usd,
    venueShareFraction: percent(100),
    turnoverUsd: usd,
    venueTurnoverUsd: usd,
    leastTradeUsd: usd,
    onlyReducing: fc.constant(true),
    excludeInstrumentIds: fc.constant(['deribit:ETH-PERPETUAL', 'binance:BTCUSDT']),
    keepAccountIds: fc.constant(['A', 'B']),
    excludeKinds: fc.subarray([...hedgeLegKind.options], { minLength: 1 }),
  });
  const anySurvival = fc.oneof(
    fc.constant({ isOff: true }),
    some({ frozenFraction: percent(20), deleveragedFraction: percent(20), depeggedFraction: percent(20), depegFraction: percent(100) }),
  );
  fc.assert(
    fc.property(anyLimits, anySurvival, (anyOf, survival) => {
      const given = hedgeLimits.parse(anyOf);
      const fields = fieldsOf({ limits: given, survival });
      expect(isUnderstood(fields)).toBe(true);
      expect(assumedOf(fields)).toEqual({ limits: given, survival });
    }),
  );
});

test('the sheet asks for every number that limits and lost hedges have, so that none can be set only by hand', () => {
  const asked: readonly string[] = [...limitFields, ...survivalFields].map(({ key }) => key);
  const numbers = [...Object.keys(hedgeLimits.shape), ...Object.keys(hedgeSurvivalWish.shape)].filter((key) =>
    /(Usd|Fraction|Minutes)$/.test(key),
  );
  expect(asked.toSorted()).toEqual(numbers.toSorted());
  expect(Object.keys(kindWords).toSorted()).toEqual(hedgeLegKind.options.toSorted());
});

test('an empty field is what is usual, and a reset empties every one', () => {
  expect(assumedOf(usualFields)).toEqual({ limits: {}, survival: {} });
  expect(assumedOf({ ...fieldsOf({ limits, survival: {} }), exclude: '', keep: new Set(), texts: usualFields.texts })).toEqual({
    limits: { onlyReducing: true },
    survival: {},
  });
});

test('sums are read with k and M, shares in percent, and what is not understood is named at its field', () => {
  const texts = { ...usualFields.texts, deltaBandUsd: '250 k', turnoverUsd: '2M', venueTurnoverUsd: 'much', venueShareFraction: '40 %' };
  const fields = { ...usualFields, texts: { ...texts, frozenFraction: '21' } };
  expect(assumedOf(fields).limits).toEqual({ deltaBandUsd: 250_000, turnoverUsd: 2_000_000, venueShareFraction: 0.4 });
  const troubles = [...limitFields, ...survivalFields].flatMap((field) => troubleOf(field, fields) ?? []);
  expect(troubles).toEqual(['A sum such as 100,000 or 50 k, or empty', 'From 0 to 20 %, or empty']);
  expect(isUnderstood(fields)).toBe(false);
  // Assumptions that are switched off are not looked at.
  expect(troubleOf(survivalFields[0], { ...fields, isOff: true })).toBe(null);
  expect(assumedOf({ ...fields, isOff: true }).survival).toEqual({ isOff: true });
});

test('what is not as usual is said in a few words each, and counted on the button', () => {
  const usual = { limits: {}, survival: {} };
  expect([unusualWords(usual), limitsTitle(usual)]).toEqual([[], 'Limits …']);
  const set = { limits: { ...limits, venueShareFraction: 0.4, excludeKinds: ['migrate' as const] }, survival: { frozenFraction: 0.125 } };
  expect(unusualWords(set).map((words) => words.replaceAll(/\s/g, ' '))).toEqual([
    'delta ± 250.0 k',
    'a venue ≤ 40 %',
    'trades ≤ 2.00 M',
    'nothing new',
    'not: move loans elsewhere',
    'DRB-ETH, MKR-A left alone',
    '2 instruments left alone',
    'halts 12.5 %',
  ]);
  expect(limitsTitle(set)).toBe('8 limits …');
  expect(fittingWords(['nothing new', 'halts 4 %', 'vega ± 50.0 k'], 29)).toEqual(['nothing new', 'halts 4 %', '+1 more']);
  expect(fittingWords(['nothing new'], 15)).toEqual(['nothing new']);
  expect(unusualWords({ limits: {}, survival: { isOff: true } })).toEqual(['no hedge is ever lost']);
});
