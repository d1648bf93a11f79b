import { expect, test } from 'vitest';
import { fieldsOf, isUnlimited, limitsOf, limitsTitle, wrongSums } from '../../../../renderer/features/hedge/request/limit-fields.ts';

const limits = {
  onlyReducing: true,
  deltaBandUsd: 250_000,
  turnoverUsd: 2_000_000,
  excludeInstrumentIds: ['BTC-PERP', 'ETH-PERP'],
  keepAccountIds: ['DRB-ETH', 'MKR-A'],
};

test('limits are the same after a visit to the sheet', () => {
  expect(limitsOf(fieldsOf(limits), {})).toEqual(limits);
  expect(limitsOf(fieldsOf({}), {})).toEqual({});
});

test('a limit that is emptied is none any more, and what the sheet does not show stays', () => {
  const other = { ...limits, venueTurnoverUsd: 5 };
  expect(limitsOf({ ...fieldsOf(other), turnover: ' ', exclude: '', keep: new Set() }, other)).toEqual({
    onlyReducing: true,
    deltaBandUsd: 250_000,
    venueTurnoverUsd: 5,
  });
});

test('sums are read with k and M, and one that is no sum is named', () => {
  const fields = { ...fieldsOf({}), deltaBand: '250 k', turnover: '2M', venueTurnover: 'much' };
  expect(limitsOf(fields, {})).toEqual({ deltaBandUsd: 250_000, turnoverUsd: 2_000_000 });
  expect(wrongSums(fields)).toEqual(['venueTurnover']);
});

test('the button says how many limits there are', () => {
  expect([limitsTitle({}), limitsTitle({ turnoverUsd: 1 }), limitsTitle(limits)]).toEqual(['Limits …', '1 limit …', '5 limits …']);
  expect([isUnlimited({}), isUnlimited(limits)]).toEqual([true, false]);
});
