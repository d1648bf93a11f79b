import { beforeAll, describe, expect, test } from 'vitest';
import { feedbackResult as feedbackSchema, type FeedbackResult } from '../../main/contract/feedback.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import type { AnalysisInputs } from '../../main/services/analysis/engine-run.ts';
import { feedbackResult } from '../../main/services/surplus/feedback-result.ts';
import { runFeedback } from '../../main/services/surplus/run-feedback.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const inputs: AnalysisInputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};

async function measure(change: Partial<AnalysisInputs> = {}): Promise<FeedbackResult> {
  const context = { signal: new AbortController().signal, progress: (): void => undefined };
  const run = await runFeedback({ ...inputs, ...change }, createInlinePool(), context);
  if (!run.ok) throw new Error(run.failure.message);
  return feedbackResult(run.value, { runId: 'test', inputsDigest: '' });
}

describe('the feedback of the sample system', () => {
  let result: FeedbackResult;
  beforeAll(async () => {
    result = await measure();
  }, 60_000);

  test('answers in the shape of the contract', () => {
    expect(feedbackSchema.safeParse(result).error).toBeUndefined();
  });

  test('some bit of the fall forces sales, κ goes with them, and the reference shock has its place on the curve', () => {
    expect(result.points.some((point) => point.kappa > 0)).toBe(true);
    for (const point of result.points) {
      if (point.forcedUsd === 0) expect(point.kappa).toBe(0);
      expect(point.stressed === null).toBe(point.reproduction >= 1);
    }
    expect(result.points[result.referencePoint]?.move).toBeCloseTo(-0.2, 9);
  });

  test('selling raises no volatility below its calm level where nobody buys back', () => {
    for (const { matrix, stressed } of result.points) {
      if (stressed === null || matrix.flat().some((each) => each < 0)) continue;
      for (const ratio of stressed.volatilityRatio) expect(ratio).toBeGreaterThanOrEqual(1 - 1e-9);
    }
  });

  test('without a recorded volume the cost of selling everything is a named failure', () => {
    expect(result.exit.book.exitCostUsd).toMatchObject({ reason: 'missingPrice', message: 'no recorded daily volume of ETH' });
    expect(result.exit.togetherOverAlone).toMatchObject({ reason: 'missingPrice' });
  });
});

test('half the depth doubles the feedback, and endless depth leaves none', async () => {
  const full = await measure({ assumptions: { ...inputs.assumptions, depthThinningFraction: 0 } });
  const half = await measure({ assumptions: { ...inputs.assumptions, depthThinningFraction: 0.5 } });
  full.points.forEach((point, i) => expect(half.points[i]?.kappa).toBeCloseTo(2 * point.kappa, 9));
  const depth = inputs.snapshot.depth.map((market) => ({ ...market, reserveQuantity: 1e30 }));
  const endless = await measure({ snapshot: { ...inputs.snapshot, depth } });
  for (const point of endless.points) {
    expect(point.kappa).toBeLessThan(1e-15);
    expect(point.reproduction).toBeLessThan(1e-15);
  }
  expect(endless.kappaPassesOneAt).toMatchObject({ reason: 'unsupported' });
});

test('with volumes the whole book pays more to leave than its accounts one by one', async () => {
  const dailyVolume = { coins: 1e6, source: 'invented', asOf: '2026-01-05T12:00:00Z' };
  const quotes = inputs.snapshot.quotes.map((quote) => ({ ...quote, dailyVolume }));
  const { exit } = await measure({ snapshot: { ...inputs.snapshot, quotes } });
  expect(exit.togetherOverAlone).toBeGreaterThan(1);
  expect(exit.accounts.map((row) => row.accountId)).not.toContain(null);
  for (const row of [...exit.accounts, exit.book]) {
    if (typeof row.leverage !== 'number' || typeof row.criticalLeverage !== 'number') continue;
    expect(row.isExitPossible).toBe(row.leverage < row.criticalLeverage);
  }
});
