import { describe, expect, test } from 'vitest';
import { calculateInput, calculateOutput } from '../../main/contract/calculate.ts';
import { createCalculateServices } from '../../main/services/calculate.ts';
import { decimalOf, scaled } from '../../main/services/calculate/case-values.ts';
import { compareValues, disagreements } from '../support/compare.ts';
import type { GoldenFile } from '../support/compare.ts';

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
  const file: GoldenFile = {
    file: 'x',
    source: 'made up',
    compare: { g: { value: { rel: 0, abs: 0 }, near: { rel: 0.1, abs: 0 }, own: 'case', error: 'any' } },
    cases: [],
  };
  const golden = (out: Record<string, unknown>): Parameters<typeof disagreements>[1] => ({
    id: 'c',
    group: 'g',
    in: {},
    out,
    tol: { rel: 0, abs: 0.5 },
  });
  const wrong = (out: Record<string, unknown>, actual: Record<string, unknown>): number => disagreements(file, golden(out), actual).length;

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
  });

  test('asks for a named error where one is expected, and reports one that is not', () => {
    expect([
      wrong({ error: 'x' }, { error: 'other words' }),
      wrong({ error: 'x' }, { value: 1 }),
      wrong({ value: 1 }, { value: 1, error: 'x' }),
    ]).toEqual([0, 1, 1]);
    expect(disagreements(file, { ...golden({}), group: 'unknown' }, {})).toHaveLength(1);
  });

  test('goes into lists and objects, and a missing element is a disagreement', () => {
    const compared = (expected: unknown, actual: unknown): number =>
      compareValues({ path: 'p', expected, actual }, { rel: 0, abs: 0 }).length;
    expect([
      compared([1, 2], [1, 3]),
      compared([1, 2], [1]),
      compared({ a: 1, b: [2] }, { a: 1, b: [2], c: 3 }),
      compared({ a: 1 }, {}),
      compared({ a: 1 }, null),
    ]).toEqual([1, 1, 0, 1, 1]);
  });
});
