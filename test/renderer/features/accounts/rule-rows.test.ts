import { expect, test } from 'vitest';
import { ruleColumns, statusText } from '../../../../renderer/features/accounts/rule-columns.ts';
import { typedRule, withEdit, withoutRows } from '../../../../renderer/features/accounts/rule-edits.ts';
import { sampleRuleSet } from '../../../support/sample-rule-set.ts';

test('a typed value is read in percent or dollars without the dust of binary fractions, and anything else is refused', () => {
  expect([typedRule('79', 'fraction'), typedRule(' 79.5 % ', 'fraction'), typedRule('145', 'ratio'), typedRule('5000', 'usd')]).toEqual([
    0.79, 0.795, 1.45, 5000,
  ]);
  expect([typedRule('', 'fraction'), typedRule('79,5', 'fraction'), typedRule('1e3', 'usd'), typedRule('much', 'usd')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('the same value of the same rule is kept once, and a row takes its edit with it', () => {
  const one = { key: 'lltv', value: 0.9 };
  const other = { key: 'lltv', value: 0.8 };
  expect(withEdit([one], one)).toEqual([one]);
  expect(withEdit([one], other)).toEqual([one, other]);
  expect(withoutRows([one, other], ['edited:lltv:0.9'])).toEqual([other]);
});

test('rules that do not fit show dashes and the reason; a distance that does not exist is never', () => {
  const columns = ruleColumns(true, ['ETH']);
  const shownIn = (rowId: string): (string | undefined)[] => {
    const row = sampleRuleSet.rows.find((each) => each.id === rowId);
    return row === undefined ? [] : columns.filter((column) => column.kind === 'number').map((column) => column.text?.(row));
  };
  expect(new Set(shownIn('mode:emode:1'))).toEqual(new Set(['–']));
  expect(shownIn('edited:threshold:wstETH:0.9')).toEqual([
    '55.49',
    '36.54',
    '18.96',
    '1.519',
    '11.87',
    'never',
    'never',
    '−24.0',
    'no price',
  ]);
  expect(sampleRuleSet.rows.map(statusText)).toEqual(['in force', 'hypothetical', 'USDC not borrowable in this eMode']);
});

test('a margin account has no health factor, nothing to borrow and no interest', () => {
  const ids = ruleColumns(false, []).map((column) => column.id);
  expect(ids).toEqual(['title', 'resourcesUsd', 'requirementUsd', 'excessUsd', 'aloneMove', 'jointMove', 'status']);
});
