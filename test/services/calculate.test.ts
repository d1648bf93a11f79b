import { describe, expect, test } from 'vitest';
import { calculateInput, calculateOutput, verifyInput, verifyOutput } from '../../main/contract/calculate.ts';
import type { Comparison, Verification } from '../../main/contract/calculate.ts';
import { createCalculateServices } from '../../main/services/calculate.ts';
import { decimalOf, scaled } from '../../main/services/calculate/case-values.ts';
import { compareCase, compareValues } from '../../main/services/calculate/verification/compare.ts';
import type { CompareRules } from '../../main/services/calculate/verification/compare.ts';

const services = createCalculateServices();
const context = { signal: new AbortController().signal, progress: () => undefined, runId: 'calculate-test' };

async function outOf(file: string, group: string, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const input = calculateInput.parse({ file, cases: [{ id: 'one', group, in: values }] });
  const found = await services['calculate.cases'](input, context);
  if (!found.ok) throw new Error(found.failure.message);
  expect(calculateOutput.parse(found.value)).toEqual(found.value);
  return found.value.cases[0]?.out ?? {};
}

describe('calculate', () => {
  test('answers a case in the shape of the outside numbers', async () => {
    expect(await outOf('options_inverse_payoff', 'payoff', { type: 'put', K: 30_000, settle: 1000 })).toEqual({
      payoff_coin: 29,
      payoff_usd: 29_000,
    });
  });

  test('names an unknown family, an unknown group and input that does not fit, case by case', async () => {
    expect((await outOf('no_such_family', 'x', {}))['error']).toContain('unknown family "no_such_family"; known: ');
    expect((await outOf('constructor', 'x', {}))['error']).toContain('unknown family');
    expect(await outOf('lending_maker', 'bite', {})).toEqual({ error: 'unknown group "bite"' });
    expect((await outOf('lending_aave_contract', 'percentMul', { value: 'much', bps: 1 }))['error']).toContain('input does not fit');
    expect((await outOf('lending_aave_contract', 'percentDiv', { value: '5', bps: 0 }))['error']).toContain('out of range');
  });

  test('answers the other cases although one is wrong, in their order', async () => {
    const cases = [
      { id: 'a', group: 'bite', in: {} },
      { id: 'b', group: 'lif', in: { lltv: '0.9' } },
    ];
    const found = await services['calculate.cases'](calculateInput.parse({ file: 'lending_morpho', cases }), context);
    expect(found).toMatchObject({
      ok: true,
      value: {
        cases: [
          { id: 'a', out: { error: 'unknown group "bite"' } },
          { id: 'b', out: { lif_wad: '1030927835051546391' } },
        ],
      },
    });
  });

  test('stops when it is cancelled, and reports its progress until then', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const progress = (_: string, done: number): void => {
      seen.push(done);
      if (done === 2) controller.abort();
    };
    const cases = Array.from({ length: 9 }, (_, id) => ({ id: String(id), group: 'lif', in: { lltv: '0.5' } }));
    const found = await services['calculate.cases'](calculateInput.parse({ file: 'lending_morpho', cases }), {
      ...context,
      signal: controller.signal,
      progress,
    });
    expect(found).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
    expect(seen).toEqual([1, 2]);
  });

  test('reads and writes decimal text without losing a digit', () => {
    expect([scaled('8.745', 3), scaled('-0.5', 1), scaled(1e-7, 8), scaled('1.23456789', 4), scaled(1e21, 0), scaled('2.5e3', 0)]).toEqual([
      8745n,
      -5n,
      10n,
      12_345n,
      10n ** 21n,
      2500n,
    ]);
    expect([decimalOf(13_052n, 3), decimalOf(-5n, 1), decimalOf(500n, 2), decimalOf(0n, 18), decimalOf(7n, 0)]).toEqual([
      '13.052',
      '-0.5',
      '5',
      '0',
      '7',
    ]);
  });
});

describe('comparison with outside numbers', () => {
  const rules: CompareRules = { g: { value: { rel: 0, abs: 0 }, near: { rel: 0.1, abs: 0 }, own: 'case', error: 'any', there: 'any' } };
  const count = (found: readonly Comparison[]): number => found.filter(({ agrees }) => !agrees).length;
  const wrong = (out: Record<string, unknown>, actual: Record<string, unknown>): number =>
    count(compareCase(rules, { group: 'g', out, tol: { rel: 0, abs: 0.5 } }, actual));

  test('is exact for decimal text, null, booleans and words, and lenient only as stated', () => {
    expect([
      wrong({ value: '123456789012345678901' }, { value: '123456789012345678902' }),
      wrong({ value: '5.0' }, { value: '5' }),
    ]).toEqual([1, 0]);
    expect([
      wrong({ value: null }, { value: 0 }),
      wrong({ value: null }, {}),
      wrong({ value: true }, { value: 1 }),
      wrong({ value: 'a' }, { value: 'b' }),
    ]).toEqual([1, 1, 1, 1]);
    expect([
      wrong({ near: 10 }, { near: 10.9 }),
      wrong({ near: 10 }, { near: 11.1 }),
      wrong({ own: 1 }, { own: 1.4 }),
      wrong({ own: 1 }, { own: 1.6 }),
    ]).toEqual([0, 1, 0, 1]);
    expect([wrong({ near: 10 }, { near: NaN }), wrong({ near: 10 }, {}), wrong({ near: 'Infinity' }, { near: Infinity })]).toEqual([
      1, 1, 0,
    ]);
    expect([wrong({ near: 'Infinity' }, { near: 5 }), wrong({ near: 5 }, { near: Infinity }), wrong({ own: -1 }, { own: -1.5 })]).toEqual([
      1, 1, 0,
    ]);
  });

  test('asks for a named error where one is expected, and reports one that is not', () => {
    expect([
      wrong({ error: 'x' }, { error: 'other words' }),
      wrong({ error: 'x' }, { value: 1 }),
      wrong({ value: 1 }, { value: 1, error: 'x' }),
    ]).toEqual([0, 1, 1]);
    expect([wrong({ there: 1 }, { there: false }), wrong({ there: 1 }, {}), wrong({ error: 'x' }, { error: '' })]).toEqual([0, 1, 1]);
  });

  test('a group or a case that nothing compares gives no comparison', () => {
    expect(compareCase(rules, { group: 'unknown', out: { value: 1 } }, { value: 2 })).toEqual([]);
    expect(compareCase(rules, { group: 'constructor', out: { value: 1 } }, { value: 2 })).toEqual([]);
    expect(compareCase(rules, { group: 'g', out: { free: 1 } }, { error: 'unused' })).toEqual([]);
  });

  test('goes into lists and objects, and a missing element is a disagreement', () => {
    const compared = (expected: unknown, actual: unknown): number =>
      count(compareValues({ path: 'p', expected, actual }, { rel: 0, abs: 0 }));
    expect([
      compared([1, 2], [1, 3]),
      compared([1, 2], [1]),
      compared({ a: 1, b: [2] }, { a: 1, b: [2], c: 3 }),
      compared({ a: 1 }, {}),
      compared({ a: 1 }, null),
      compared([], [1]),
      compared([null], [0]),
    ]).toEqual([1, 1, 0, 1, 1, 1, 1]);
  });
});

describe('verify', () => {
  const payoff = { id: 'one', group: 'payoff', in: { type: 'put', K: 30_000, settle: 1000 } };
  const compare = { payoff: { payoff_coin: { rel: 0, abs: 0.5 }, payoff_usd: { rel: 0, abs: 0 } } };
  const verify = async (content: Record<string, unknown>): Promise<Verification | string> => {
    const found = await services['calculate.verify'](verifyInput.parse({ file: 'options_inverse_payoff', compare, ...content }), context);
    if (found.ok) expect(verifyOutput.parse(found.value)).toEqual(found.value);
    return found.ok ? found.value : found.failure.message;
  };

  test('counts what passed, and names the figure that is nearest to its tolerance', async () => {
    expect(await verify({ cases: [{ ...payoff, out: { payoff_coin: 29.25, payoff_usd: 29_000 } }] })).toMatchObject({
      cases: 1,
      passed: 1,
      failed: [],
      skipped: [],
      worst: { id: 'one', path: 'payoff_coin', error: 0.25, bound: 0.5, share: 0.5 },
    });
  });

  test('a wrong figure fails its case, and a correction of the figure mends it', async () => {
    const cases = [{ ...payoff, out: { payoff_coin: 29, payoff_usd: 28_000 } }];
    expect(await verify({ cases })).toMatchObject({ passed: 0, failed: [{ id: 'one', disagreements: [{ path: 'payoff_usd' }] }] });
    const corrections = [{ id: 'one', key: 'payoff_usd', value: 29_000, reason: 'a misprint', source: 'the original' }];
    expect(await verify({ cases, corrections })).toMatchObject({ passed: 1, corrected: 1, failed: [] });
  });

  test('a case that nothing compares is skipped, never passed', async () => {
    const cases = [
      { ...payoff, out: { payoff_coin: 29 } },
      { ...payoff, id: 'two', out: { other: 1 } },
      { ...payoff, id: 'three' },
    ];
    expect(await verify({ cases })).toMatchObject({ passed: 1, failed: [], skipped: ['two', 'three'], answers: [] });
  });

  test('a file without expected figures is only answered', async () => {
    expect(await verify({ cases: [payoff], compare: undefined })).toMatchObject({
      passed: 0,
      skipped: [],
      worst: null,
      answers: [{ id: 'one', out: { payoff_coin: 29, payoff_usd: 29_000 } }],
    });
  });

  test('an unknown family and figures without a rule of comparison are named', async () => {
    expect(await verify({ file: 'no_such_family', cases: [payoff] })).toContain('unknown family "no_such_family"');
    expect(await verify({ cases: [{ ...payoff, out: {} }], compare: undefined })).toContain('has no "compare"');
  });
});
