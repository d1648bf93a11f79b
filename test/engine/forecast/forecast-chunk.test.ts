import { describe, expect, test } from 'vitest';
import { agedBook } from '../../../main/engine/forecast/aged-book.ts';
import { runForecastChunk, type ForecastChunk, type ForecastTable } from '../../../main/engine/forecast/forecast-chunk.ts';
import { ascending, countBelow, quantileOf } from '../../../main/engine/forecast/order-statistics.ts';
import { drawPath, looksOf, makePathWork, type PathModel, type PathSpan } from '../../../main/engine/forecast/price-path.ts';
import { foldPartOfDay, volatilityModel } from '../../../main/engine/forecast/volatility-model.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import type { PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { historyMoves } from '../../../main/engine/scenario/history-moves.ts';
import { columnOf } from '../../../main/services/forecast/account-forecast.ts';
import { bookModel, type BookModel } from '../../../main/services/forecast/path-model.ts';
import { SPANS } from '../../../main/services/forecast/run-paths.ts';
import { packBook, type PackResult } from '../../../main/services/pack.ts';
import { expectClose } from '../../support/expect-close.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { packSample, sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const inputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};
const pack = packSample();
const book = modelOf(pack);

function modelOf(packed: PackResult, contents = inputs.contents): BookModel {
  const found = bookModel({ ...inputs, contents }, packed, { seed: 7, activity: { shares: new Float64Array(0), days: 0 } });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

function run(change: Partial<ForecastChunk> = {}, packed: PackedBook = pack.packed): ForecastTable {
  const accounts = Int32Array.from({ length: packed.accounts.count }, (_, a) => a);
  const input = { packedId: packed.id, quantities: null, later: null, firstDraw: 0, draws: 60, accounts, span: SPANS[1] as PathSpan };
  return runForecastChunk({ ...input, model: book.model, market: book.market, ...change }, new Map([[packed.id, packed]]));
}

function still(): PathModel {
  return { ...book.model, dailyVolatility: new Float64Array(2), basisDailyVolatility: new Float64Array(book.market.basisAssets.length) };
}

describe('paths', () => {
  test('a path ends where its drawn days lead, however often it is looked at', () => {
    const ends = [1, 3, 12].map((looksPerStep) => {
      const span = { days: 7, steps: 7, looksPerStep };
      const width = 2 + book.model.basisDailyVolatility.length;
      const out = new Float64Array(looksOf(span) * width);
      drawPath(makePathWork(book.model), span, 5, out);
      return out.slice(-width).subarray(0, 2);
    });
    for (const end of ends)
      for (let d = 0; d < 2; d += 1) expectClose({ actual: end[d] ?? NaN, expected: ends[0]?.[d] ?? NaN, abs: 1e-12 });
  });

  test('a longer time widens the moves by about the root of it, and an hour is half as loud again', () => {
    const spread = (span: PathSpan): number => {
      const { endMoves } = run({ span: { ...span, looksPerStep: 1 }, draws: 800, accounts: new Int32Array(0) });
      const sorted = ascending(columnOf(endMoves, 0, 2));
      return quantileOf(sorted, 0.75).value - quantileOf(sorted, 0.25).value;
    };
    const [hour, day, week] = SPANS.map(spread) as [number, number, number];
    expectClose({ actual: day / hour, expected: Math.sqrt(24) / 1.5, rel: 0.02 });
    expect(week / day).toBeGreaterThan(2);
    expect(week / day).toBeLessThan(3.5);
  });

  test('volatility takes in each day that is drawn, by hand for two days', () => {
    const model: PathModel = {
      seed: 7,
      residuals: Float64Array.of(-2),
      dailyVolatility: Float64Array.of(0.05),
      correlationRoot: Float64Array.of(1),
      basisDailyVolatility: new Float64Array(0),
      activity: new Float64Array(0),
    };
    const out = new Float64Array(2);
    drawPath(makePathWork(model), { days: 2, steps: 2, looksPerStep: 1 }, 0, out);
    const second = Math.sqrt(0.94 * 0.05 ** 2 + 0.06 * 0.1 ** 2);
    expectClose({ actual: out[0] ?? NaN, expected: Math.log(1 - 0.1), rel: 1e-12 });
    expectClose({ actual: (out[1] ?? NaN) - (out[0] ?? NaN), expected: Math.log(1 - 2 * second), rel: 1e-12 });
  });

  test('on the way a path spreads like a walk: a half of the time has a half of the variance', () => {
    const span = { days: 1, steps: 1, looksPerStep: 12 };
    const width = 2 + book.model.basisDailyVolatility.length;
    const out = new Float64Array(12 * width);
    const work = makePathWork(book.model);
    let middle = 0;
    let end = 0;
    const draws = 4000;
    for (let draw = 0; draw < draws; draw += 1) {
      drawPath(work, span, draw, out);
      middle += (out[5 * width] ?? NaN) ** 2 / draws;
      end += (out[11 * width] ?? NaN) ** 2 / draws;
    }
    expectClose({ actual: middle / end, expected: 0.5, abs: 0.05 });
  });

  test('the volatility model takes the loudness out of the past and puts today’s back', () => {
    const closes: number[] = [100];
    for (let i = 1; i <= 400; i += 1) closes.push((closes[i - 1] ?? 0) * (1 + (randomUniform(3, i) - 0.5) * (i < 200 ? 0.02 : 0.2)));
    const { residuals, dailyVolatility } = volatilityModel(historyMoves(Float64Array.from(closes), 1, true, 350), null);
    const spread = (from: number, to: number): number =>
      Math.sqrt(residuals.slice(from, to).reduce((sum, each) => sum + each * each, 0) / (to - from));
    expectClose({ actual: spread(0, 140), expected: spread(160, 350), rel: 0.15 });
    expectClose({ actual: residuals.reduce((sum, each) => sum + each, 0), expected: 0, abs: 1e-9 });
    expect(dailyVolatility[0]).toBeGreaterThan(0.04);
  });

  test('a whole day under way is the ordinary step of the running variance, a calm one in proportion leaves it alone', () => {
    const whole = Float64Array.of(0.04);
    foldPartOfDay(whole, { dayFraction: 1, moves: Float64Array.of(0.3) });
    expectClose({ actual: whole[0] ?? NaN, expected: 0.94 * 0.04 + 0.06 * 0.09, rel: 1e-12 });
    const half = Float64Array.of(0.04);
    foldPartOfDay(half, { dayFraction: 0.5, moves: Float64Array.of(Math.sqrt(0.02)) });
    expectClose({ actual: half[0] ?? NaN, expected: 0.04, rel: 1e-12 });
  });
});

describe('accounts along paths', () => {
  test('without volatility every draw is the book as time alone leaves it', () => {
    for (const span of SPANS) {
      const measures = makeAccountMeasures(pack.packed.accounts.count);
      const aged = agedBook(pack.packed, span.days, book.market.debtRatePerYear);
      evaluateAccounts(aged, pack.packed.initial, measures);
      const { endExcessUsd, endRequirementUsd } = run({ model: still(), span, draws: 3 });
      for (let draw = 0; draw < 3; draw += 1) {
        measures.excessUsd.forEach((expected, a) => {
          const at = draw * pack.packed.accounts.count + a;
          expectClose({ actual: endExcessUsd[at] ?? NaN, expected, rel: 1e-9, abs: 1e-3, inputs: { account: pack.accountIds[a] } });
          expectClose({ actual: endRequirementUsd[at] ?? NaN, expected: measures.requirementUsd[a] ?? NaN, rel: 1e-9, abs: 1e-3 });
        });
      }
    }
  });

  test('no time and no volatility give today’s value', () => {
    expect(agedBook(pack.packed, 0, book.market.debtRatePerYear)).toBe(pack.packed);
  });

  test('cash put into an account lowers the number of draws below zero, and as much as the headroom leaves just the share taken', () => {
    const at = pack.accountIndex.get('PERP-1') ?? -1;
    const model = { ...book.model, basisDailyVolatility: new Float64Array(book.market.basisAssets.length) };
    const least = (cash: number): Float64Array => {
      const contents = sampleContents();
      const more = { id: 'more', accountId: 'PERP-1', instrumentId: 'spot:USDC', quantity: String(cash), entryPrice: null, openedAt: null };
      const changed = { ...contents, positions: [...contents.positions, more] };
      const packed = packBook(changed, inputs.snapshot, scenarioSet);
      if (!packed.ok) throw new Error(packed.failure.message);
      const { market } = modelOf(packed.value, changed);
      const table = run({ model, market, draws: 400, span: SPANS[2] as PathSpan }, packed.value.packed);
      return ascending(columnOf(table.endExcessUsd, at, packed.value.packed.accounts.count));
    };
    const now = least(0);
    const missing = -quantileOf(now, 0.05).value;
    expect(missing).toBeGreaterThan(0);
    const counts = [0, 0.5, 1, 2].map((factor) => countBelow(least(missing * factor + 0.001), 0));
    for (let i = 1; i < counts.length; i += 1) expect(counts[i]).toBeLessThanOrEqual(counts[i - 1] ?? NaN);
    expect(counts[2]).toBe(20);
  });

  test('the order of the accounts changes nothing for any of them', () => {
    const contents = sampleContents();
    const reversed = { ...contents, accounts: contents.accounts.toReversed() };
    const turned = packBook(reversed, inputs.snapshot, scenarioSet);
    if (!turned.ok) throw new Error(turned.failure.message);
    const [here, there] = [run(), run({ market: modelOf(turned.value, reversed).market }, turned.value.packed)];
    const count = pack.accountIds.length;
    pack.accountIds.forEach((id, a) => {
      const b = turned.value.accountIndex.get(id) ?? -1;
      expect(Array.from(columnOf(there.endExcessUsd, b, count))).toEqual(Array.from(columnOf(here.endExcessUsd, a, count)));
      expect(Array.from(columnOf(there.leastExcessUsd, b, count))).toEqual(Array.from(columnOf(here.leastExcessUsd, a, count)));
    });
  });

  test('a draw is the same in whatever chunk it is made', () => {
    const whole = run({ draws: 20 });
    const part = run({ firstDraw: 12, draws: 8 });
    const from = 12 * pack.accountIds.length;
    expect(Array.from(part.endExcessUsd)).toEqual(Array.from(whole.endExcessUsd.subarray(from)));
    expect(Array.from(part.leastExcessUsd)).toEqual(Array.from(whole.leastExcessUsd.subarray(from)));
  });

  test('on the way an account is never better off than its worst look, and the end is one of them', () => {
    const { endExcessUsd, leastExcessUsd } = run({ span: SPANS[2] as PathSpan });
    leastExcessUsd.forEach((least, i) => expect(least).toBeLessThanOrEqual(endExcessUsd[i] ?? NaN));
  });

  test('rules that change on the way hold from their day on and not before', () => {
    const { positions } = pack.packed;
    const harder: PackedBook = {
      ...pack.packed,
      id: 'harder',
      positions: { ...positions, collateralFraction: positions.collateralFraction.map((each) => 0.9 * each) },
    };
    const shared = new Map([
      [pack.packed.id, pack.packed],
      ['harder', harder],
    ]);
    const accounts = Int32Array.from(pack.accountIds.keys());
    const input = { packedId: pack.packed.id, quantities: null, firstDraw: 0, draws: 5, accounts, span: SPANS[1] as PathSpan };
    const at = (fromDays: number): ForecastTable =>
      runForecastChunk({ ...input, model: book.model, market: book.market, later: { packedId: 'harder', fromDays } }, shared);
    expect(Array.from(at(2).endExcessUsd)).toEqual(Array.from(run({ draws: 5 }).endExcessUsd));
    expect(Array.from(at(0).endExcessUsd)).toEqual(Array.from(run({ draws: 5 }, harder).endExcessUsd));
    expect(Array.from(at(0.9).endExcessUsd)).toEqual(Array.from(at(0).endExcessUsd));
    expect(at(0.9).leastExcessUsd.some((least, i) => least > (at(0).leastExcessUsd[i] ?? NaN))).toBe(true);
  });
});
