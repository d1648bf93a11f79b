import { describe, expect, test } from 'vitest';
import {
  bothEndsResult as bothEndsContract,
  fanResult as fanContract,
  fanSpread,
  type FanResult,
} from '../../main/contract/cascade-fan.ts';
import type { CascadeAssumptions } from '../../main/domain/scenario.ts';
import { findBothEnds } from '../../main/engine/scenario/both-ends-job.ts';
import { runFanChunk } from '../../main/engine/scenario/fan-chunk.ts';
import { traceCascade } from '../../main/engine/scenario/trace-cascade.ts';
import { bothEndsResult } from '../../main/services/cascade-fan/both-ends-result.ts';
import { fanResult } from '../../main/services/cascade-fan/fan-result.ts';
import { packBook } from '../../main/services/pack.ts';
import { cascadeRules, packShocks } from '../../main/services/scenarios.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const packed = packBook(sampleContents(), sampleSnapshot(), scenarioSet);
if (!packed.ok) throw new Error(packed.failure.message);
const pack = packed.value;
const shared = new Map([[pack.packed.id, pack.packed]]);
const still = { seed: 7, depthSigma: 0, recoveryLow: 0, recoveryHigh: 0, latency: { distribution: 'fixed', rounds: 0 } } as const;
const wide = {
  ...fanSpread.parse({ depthSigma: 0.6, recoveryHigh: 0.3 }),
  latency: { distribution: 'geometric', meanRounds: 1, seed: 7 },
} as const;

function inputsOf(more: Partial<CascadeAssumptions> = {}) {
  const assumptions = { ...scenarioSet.cascade, ...more };
  return { contents: sampleContents(), snapshot: sampleSnapshot(), scenarioSet, shock: scenarioSet.reference, assumptions };
}

function question(more: Partial<CascadeAssumptions> = {}) {
  const { assumptions, shock } = inputsOf(more);
  const { moves } = packShocks([shock], pack.driverIds);
  return {
    packedId: pack.packed.id,
    quantities: null,
    moves,
    volatilityShift: shock.volatilityShift,
    rules: cascadeRules(assumptions, pack),
  };
}

function fan(spread: FanResult['spread'], parts: readonly number[], more: Partial<CascadeAssumptions> = {}): FanResult {
  let firstDraw = 0;
  const tables = parts.map((draws) => {
    const table = runFanChunk({ ...question(more), spread, firstDraw, draws }, shared);
    firstDraw += draws;
    return table;
  });
  return fanResult({ inputs: inputsOf(more), pack, spread, tables });
}

describe('a fan of cascades', () => {
  test('is what the contract says, and the same in whatever parts it is drawn', () => {
    const whole = fan(wide, [60]);
    expect(fanContract.safeParse(whole).error).toBeUndefined();
    expect(fan(wide, [25, 25, 10])).toEqual(whole);
    expect(fan({ ...wide, seed: 8 }, [60])).not.toEqual(whole);
  });

  test('without any spread every band is the one cascade', () => {
    const { result, rounds, shockedState } = traceCascade(question(), shared);
    const narrow = fan(still, [5]);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    const loss = sum(result.initialEquityUsd) - sum(result.equityUsd);
    for (const value of narrow.finalLossUsd) expect(value).toBeCloseTo(loss, 4);
    expect(new Set(narrow.rounds)).toEqual(new Set([result.rounds]));
    pack.driverIds.forEach((id, d) => {
      const asset = pack.packed.drivers[d] ?? 0;
      const path = [
        shockedState.priceUsd[asset],
        ...rounds.slice(1).map((round) => round.startPriceUsd[asset]),
        result.finalState.priceUsd[asset],
      ];
      expect(narrow.pricesUsd[id]?.map((band) => band[2])).toEqual(path);
    });
    narrow.accounts.forEach((row, a) => {
      expect(row.fallFraction).toBe((result.fallenRound[a] ?? 0) > 0 ? 1 : 0);
      expect(row.roundsToFall[0]).toBe((result.fallenRound[a] ?? 0) > 0 ? result.fallenRound[a] : Infinity);
    });
  });

  test('bands are in order, start at the shock, and a share and its error are those of the draws', () => {
    const { lossUsd, accounts, pricesUsd, draws } = fan(wide, [100]);
    for (const band of [...lossUsd, ...Object.values(pricesUsd).flat()]) expect(band).toEqual(band.toSorted((left, right) => left - right));
    for (const bands of [lossUsd, ...Object.values(pricesUsd)]) expect(new Set(bands[0]).size).toBe(1);
    for (const { fallFraction, standardError, roundsToFall } of accounts) {
      expect(fallFraction * draws).toBeCloseTo(Math.round(fallFraction * draws), 9);
      expect(standardError).toBeCloseTo(Math.sqrt((fallFraction * (1 - fallFraction)) / draws), 12);
      expect(roundsToFall.some((round) => round < Infinity)).toBe(fallFraction > 0.06 || roundsToFall[0] !== Infinity);
    }
  });

  test('the shallower the market the more often accounts fall', () => {
    const falls = (depthThinningFraction: number): number =>
      fan(wide, [60], { depthThinningFraction }).accounts.reduce((sum, row) => sum + row.fallFraction, 0);
    expect(falls(0.9)).toBeGreaterThanOrEqual(falls(0.1));
  });
});

test('both ends of the sample system are what the contract says and name who differs', () => {
  const found = bothEndsResult(inputsOf(), pack, findBothEnds(question(), shared));
  expect(bothEndsContract.safeParse(found).error).toBeUndefined();
  expect(found.sentence).toMatch(found.status === 'unique' ? /^One outcome/ : /outcome/);
  expect(found.severe.lossUsd).toBeGreaterThanOrEqual(found.mild.lossUsd - 1e-6);
});
