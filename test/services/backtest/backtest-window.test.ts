import { beforeAll, describe, expect, test } from 'vitest';
import {
  backtestResult,
  backtestWindow as windowSchema,
  type BacktestStrategy,
  type BacktestWindow,
} from '../../../main/contract/backtest.ts';
import { backtestWindow } from '../../../main/services/backtest/backtest-window.ts';
import { standing } from '../../../main/services/backtest/compare.ts';
import { keptExposure, realisedFigures, resample, shortfallOf, surerFraction } from '../../../main/services/backtest/figures.ts';
import { decisionBars, lossBars } from '../../../main/services/backtest/schedule.ts';
import { summaryOf } from '../../../main/services/backtest/summary.ts';
import { deskWork, etherWindow, history } from './desk-window.ts';

const CLOSE = [100, 97, 94, 90, 85, 83, 86, 79, 76, 78, 80, 84, 82];
const terms = { history, confidence: 0.9, everyHours: 4, seed: 7 };

async function told(seed = 7): Promise<BacktestWindow> {
  const found = await backtestWindow(deskWork(), etherWindow(CLOSE, 0.004), { ...terms, seed });
  if (!found.ok) throw new Error(found.failure.message);
  return { ...found.value, elapsedMs: 0 };
}

describe('a window backtested', () => {
  let whole: BacktestWindow;
  const named = (id: string): BacktestStrategy => {
    const found = whole.strategies.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  };

  beforeAll(async () => {
    whole = await told();
  }, 60_000);

  test('is what the contract says', () => {
    expect(windowSchema.safeParse(whole).error).toBeUndefined();
    const result = { runId: 'run-1', seed: 7, measure: 'm', windows: [whole], summary: summaryOf([whole]) };
    expect(backtestResult.shape.windows.safeParse(result.windows).error).toBeUndefined();
  });

  test('is the same for the same seed; another seed moves the intervals and no figure', async () => {
    expect(await told()).toEqual(whole);
    const other = await told(8);
    expect(other.strategies.map((each) => each.realisedShortfallUsd.value)).toEqual(
      whole.strategies.map((each) => each.realisedShortfallUsd.value),
    );
    expect(other.strategies.map((each) => each.realisedShortfallUsd.from)).not.toEqual(
      whole.strategies.map((each) => each.realisedShortfallUsd.from),
    );
  });

  test('realised figures are those of the equity path that is shown', () => {
    for (const { equityUsd, realisedShortfallUsd, gainUsd } of whole.strategies) {
      const changes = Float64Array.from(equityUsd.slice(1), (equity, i) => equity - (equityUsd[i] ?? NaN));
      expect(realisedShortfallUsd.value).toBeCloseTo(shortfallOf(changes, 0.9), 6);
      expect(gainUsd).toBeCloseTo((equityUsd.at(-1) ?? NaN) - (equityUsd[0] ?? NaN), 6);
    }
  });

  test('doing nothing reduces nothing, keeps all of its moves, costs nothing, and loses A', () => {
    const bare = named('nothing');
    expect([bare.varianceReduction.value, bare.shortfallReduction.value, bare.keptExposureFraction, bare.costUsd]).toEqual([0, 0, 1, 0]);
    expect(bare.liquidations.map((each) => each.accountId)).toEqual(['A']);
  });

  test('the small budget is kept over the whole window', () => {
    const first = named('program').decisions[0]?.costUsd ?? NaN;
    expect(named('programBudget').costUsd).toBeLessThanOrEqual(0.35 * first);
  });

  test('the program keeps A, and says so against the book left as it is', () => {
    expect(named('program').liquidations).toEqual([]);
    expect(whole.comparisons.find((each) => each.strategyId === 'nothing')).toMatchObject({ outcome: 'won', by: 'liquidations' });
    expect(whole.headline).toContain('no account liquidated against A');
  });

  test('a cancelled backtest says so and keeps nothing', async () => {
    const work = deskWork();
    const cancelled = { ...work, context: { ...work.context, signal: AbortSignal.abort() } };
    expect(await backtestWindow(cancelled, etherWindow(CLOSE), terms)).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  });

  test('a window without a driver of the book is refused by name', async () => {
    const window = { ...etherWindow(CLOSE), series: etherWindow(CLOSE).series.map((each) => ({ ...each, assetId: 'SOL' })) };
    expect(await backtestWindow(deskWork(), window, terms)).toMatchObject({ ok: false, failure: { reason: 'missingPrice' } });
  });

  test('every comparison that is not won is told among the honest lines', () => {
    for (const each of whole.comparisons.filter(({ outcome }) => outcome !== 'won')) expect(whole.honest).toContain(each.sentence);
  });

  test('the summary names the windows on which every baseline is beaten, and to what the others are lost', () => {
    const won = { ...whole, comparisons: whole.comparisons.map((each) => ({ ...each, outcome: 'won' as const })) };
    const [first] = won.comparisons;
    const lost = {
      ...whole,
      window: { ...whole.window, id: 'other' },
      comparisons: first === undefined ? [] : [{ ...first, outcome: 'lost' as const, by: 'drawdown' as const }],
    };
    expect(summaryOf([won, lost])).toMatchObject({ windows: 2, beatsAll: ['sample'] });
    expect(summaryOf([won, lost]).sentence).toContain('other: loses to “do nothing” on drawdown');
    expect(summaryOf([lost]).sentence).toContain('In none of 1');
  });
});

describe('figures', () => {
  const asIs = Float64Array.of(-4, 2, -6, 8, -2, 1);
  const draws = resample(6, 1, 3);

  test('half of the moves is three quarters of the variance off and half of the shortfall, whatever the draw', () => {
    const own = asIs.map((change) => change / 2);
    const { varianceReduction, shortfallReduction } = realisedFigures({ own, asIs }, draws, 0.5);
    for (const figure of [varianceReduction.value, varianceReduction.from, varianceReduction.to]) expect(figure).toBeCloseTo(0.75, 12);
    for (const figure of [shortfallReduction.value, shortfallReduction.to]) expect(figure).toBeCloseTo(0.5, 12);
    expect(keptExposure({ own, asIs })).toBeCloseTo(0.5, 12);
  });

  test('the realised shortfall by hand: the worst half of six hours loses 6, 4 and 2', () => {
    expect(shortfallOf(asIs, 0.5)).toBeCloseTo(4, 12);
  });

  test('a book that does not move has no reduction, by name', () => {
    const still = new Float64Array(6);
    expect(realisedFigures({ own: asIs, asIs: still }, draws, 0.5).varianceReduction.value).toMatchObject({ reason: 'unsupported' });
  });

  test('the same losses are no surer than each other, half of them surer in every draw', () => {
    expect(surerFraction(asIs, asIs, { draws, confidence: 0.5 })).toBe(0.5);
    const worse = asIs.map((change) => change - 1);
    expect(surerFraction(asIs, worse, { draws, confidence: 0.5 })).toBe(1);
  });

  test('liquidations come before shortfall, shortfall before drawdown, and differences below a hundredth are none', () => {
    const of = (count: number, shortfall: number, drawdown: number): BacktestStrategy => {
      const estimate = (value: number) => ({ value, from: value, to: value });
      return {
        liquidations: Array.from({ length: count }, () => ({})),
        realisedShortfallUsd: estimate(shortfall),
        worstDrawdownUsd: estimate(drawdown),
      } as unknown as BacktestStrategy;
    };
    expect(standing(of(0, 9, 9), of(1, 1, 1))).toEqual({ outcome: 'won', by: 'liquidations' });
    expect(standing(of(1, 9, 1), of(1, 8, 9))).toEqual({ outcome: 'lost', by: 'shortfall' });
    expect(standing(of(0, 100, 8), of(0, 100.5, 9))).toEqual({ outcome: 'won', by: 'drawdown' });
    expect(standing(of(0, 100, 9), of(0, 100.5, 9))).toEqual({ outcome: 'tied', by: 'nothing' });
  });
});

describe('the schedule', () => {
  test('decides at the first close and every n hours after it, never at the last bar', () => {
    const window = etherWindow(CLOSE);
    expect(decisionBars(window, 4)).toEqual([0, 4, 8]);
    expect(decisionBars({ ...window, intervalMinutes: 5, bars: 1440 }, 24)).toEqual([0, 288, 576, 864, 1152]);
  });

  test('takes losses an hour apart, the last bar included', () => {
    const window = { ...etherWindow(CLOSE), intervalMinutes: 20, bars: 9 };
    expect(lossBars(window)).toEqual({ bars: [0, 3, 6, 8], hours: 1 });
  });
});
