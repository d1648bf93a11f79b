import { beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { BookContents } from '../../../main/domain/book.ts';
import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import { withQuantities, type MarketState, type PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { scenarioMatrices, type ScenarioMatrix } from '../../../main/engine/packed/scenario-matrix.ts';
import { unitRequirement } from '../../../main/engine/packed/unit-requirement.ts';
import { UNIT_VALUES, valueUnit } from '../../../main/engine/packed/position-value.ts';
import { traceCascade } from '../../../main/engine/scenario/trace-cascade.ts';
import { readDemo } from '../../../main/market/demo.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { analyseBook } from '../../../main/services/analysis/analyse-book.ts';
import { packBook, type PackResult } from '../../../main/services/pack.ts';
import { expectClose } from '../../support/expect-close.ts';
import { optionVenueContents, shippedVenue } from '../../support/option-venue-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

function pack(contents: BookContents = optionVenueContents()): PackResult {
  const packed = packBook(contents, sampleSnapshot(0), sampleScenarioSet());
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value;
}

function measure(packed: PackedBook, state: MarketState = packed.initial): AccountMeasures {
  const out = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, state, out);
  return out;
}

const result = pack();
const { packed } = result;
const at = (id: string): number => result.accountIndex.get(id) ?? -1;

function requirementOf(matrix: ScenarioMatrix, quantity: Float64Array): number {
  const { positions, lossRows, addOnPerUnit, offsetUsd, deltaShockUsd, scenarios } = matrix;
  const columns = positions.length;
  let worst = -Infinity;
  for (let s = 0; s < scenarios; s += 1) {
    let loss = -(offsetUsd[s] ?? 0);
    positions.forEach((p, j) => {
      loss += (lossRows[s * columns + j] ?? 0) * (quantity[p] ?? 0);
    });
    worst = Math.max(worst, loss);
  }
  let addOn = deltaShockUsd;
  positions.forEach((p, j) => {
    addOn += (addOnPerUnit[j] ?? 0) * Math.abs(quantity[p] ?? 0);
  });
  return worst + addOn;
}

describe('an account judged by scenarios', () => {
  test.each(['PM-COIN', 'PM-USD'])('%s: its loss rows give back its requirement, maintenance and initial', (id) => {
    const measures = measure(packed);
    const a = at(id);
    const [matrix] = scenarioMatrices(packed, a, packed.initial);
    if (matrix === undefined) expect.fail('no matrix');
    expectClose({ actual: requirementOf(matrix, packed.positions.quantity), expected: measures.requirementUsd[a] ?? NaN, rel: 1e-12 });
    expect(matrix.requirementUsd).toBe(measures.requirementUsd[a]);
    const [initial] = scenarioMatrices(packed, a, packed.initial, true);
    if (initial === undefined) expect.fail('no initial matrix');
    expectClose({ actual: requirementOf(initial, packed.positions.quantity), expected: initial.requirementUsd, rel: 1e-12 });
    expect(measures.requirementUsd[a]).toBeGreaterThan(0);
    expect(measures.initialRequirementUsd[a]).toBeGreaterThan(measures.requirementUsd[a] ?? NaN);
  });

  test('the loss rows are the slope of the requirement where one scenario binds', () => {
    const a = at('PM-COIN');
    const [matrix] = scenarioMatrices(packed, a, packed.initial);
    if (matrix === undefined) expect.fail('no matrix');
    matrix.positions.forEach((p, j) => {
      const held = packed.positions.quantity[p] ?? 0;
      const step = Math.abs(held) * 1e-5;
      const moved = Float64Array.from(packed.positions.quantity);
      moved[p] = held + step;
      const up = measure(withQuantities(packed, moved)).requirementUsd[a] ?? NaN;
      moved[p] = held - step;
      const down = measure(withQuantities(packed, moved)).requirementUsd[a] ?? NaN;
      const slope =
        (matrix.lossRows[matrix.binding * matrix.positions.length + j] ?? NaN) + (matrix.addOnPerUnit[j] ?? NaN) * Math.sign(held);
      expectClose({ actual: (up - down) / (2 * step), expected: slope, rel: 1e-6, inputs: { j } });
    });
  });

  test('requires twice as much for twice as much while no dampener or delta threshold is in play', () => {
    const doubled = Float64Array.from(packed.positions.quantity, (quantity) => 2 * quantity);
    const once = measure(packed);
    const twice = measure(withQuantities(packed, doubled));
    const a = at('PM-USD');
    expectClose({ actual: twice.requirementUsd[a] ?? NaN, expected: 2 * (once.requirementUsd[a] ?? NaN), rel: 1e-12 });
  });

  test('the order of positions does not matter', () => {
    const contents = optionVenueContents();
    const turned = pack({ ...contents, positions: contents.positions.toReversed() });
    const before = measure(packed);
    const after = measure(turned.packed);
    for (const id of ['PM-COIN', 'PM-USD', 'SM-USD']) {
      const a = at(id);
      expectClose({ actual: after.requirementUsd[a] ?? NaN, expected: before.requirementUsd[a] ?? NaN, rel: 1e-12, inputs: { id } });
      expectClose({ actual: after.initialRequirementUsd[a] ?? NaN, expected: before.initialRequirementUsd[a] ?? NaN, rel: 1e-12 });
    }
  });

  test('adding a position never takes more than it would require alone', () => {
    const unit = new Float64Array(UNIT_VALUES);
    const alone = new Float64Array(2);
    for (const id of ['PM-COIN', 'PM-USD', 'SM-USD']) {
      const a = at(id);
      const before = measure(packed).requirementUsd[a] ?? NaN;
      for (let p = packed.accounts.positionStart[a] ?? 0; p < (packed.accounts.positionStart[a + 1] ?? 0); p += 1) {
        for (const added of [25, -25]) {
          valueUnit(packed, p, packed.initial, unit);
          unitRequirement(packed, p, added, packed.initial, unit, alone);
          if ((packed.positions.kind[p] ?? 0) < 2) continue;
          const moved = Float64Array.from(packed.positions.quantity);
          moved[p] = (moved[p] ?? 0) + added;
          const after = measure(withQuantities(packed, moved)).requirementUsd[a] ?? NaN;
          expect(after - before, `${id} ${result.positionIds[p] ?? ''} ${added}`).toBeLessThanOrEqual((alone[0] ?? NaN) + 1e-6);
        }
      }
    }
  });

  test('offsetting coin lowers the requirement of a short call and counts less its haircut', () => {
    const contents = optionVenueContents();
    const bare = pack({ ...contents, positions: contents.positions.filter((each) => each.id !== 'o5') });
    const covered = pack({
      ...contents,
      positions: contents.positions.map((each) => (each.id === 'o8' ? { ...each, quantity: '-2000' } : each)),
    });
    const more = pack({
      ...contents,
      positions: contents.positions.map((each) =>
        each.id === 'o8' ? { ...each, quantity: '-2000' } : each.id === 'o5' ? { ...each, quantity: '250' } : each,
      ),
    });
    const a = at('PM-USD');
    const resourcesOf = (each: PackResult): number => measure(each.packed).resourcesUsd[a] ?? NaN;
    expectClose({ actual: resourcesOf(result) - resourcesOf(bare), expected: 50 * 2000 * 0.85, rel: 1e-9 });
    expect(measure(more.packed).requirementUsd[a]).toBeLessThan(measure(covered.packed).requirementUsd[a] ?? NaN);
  });

  test('opening counts coin at less than keeping does', () => {
    const a = at('PM-USD');
    const [initial] = scenarioMatrices(packed, a, packed.initial, true);
    const gap = (measure(packed).initialRequirementUsd[a] ?? NaN) - (initial?.requirementUsd ?? NaN);
    expectClose({ actual: gap, expected: 50 * 2000 * (0.2 - 0.15), rel: 1e-9 });
  });

  test('a dampener is deducted before the extended table counts', () => {
    const a = at('PM-COIN');
    const [matrix] = scenarioMatrices(packed, a, packed.initial);
    const model = packed.optionMargin.scenarioModels[matrix?.market ?? -1];
    if (matrix === undefined || model === undefined) expect.fail('no model');
    expect(model.grid.deductibleUsd[27]).toBe(200_000);
    expect(matrix.offsetUsd[27]).toBeCloseTo(0.8 * 200_000, 6);
    expect(Math.min(...matrix.lossUsd.subarray(27, 35))).toBeGreaterThanOrEqual(0);
  });

  test('what a venue has no market for requires its whole notional', () => {
    const contents = optionVenueContents();
    const venues = contents.venues.map((venue) =>
      venue.parameters.family === 'scenarioMargin'
        ? { ...venue, parameters: { ...venue.parameters, markets: venue.parameters.markets.filter((each) => each.underlyingId === 'BTC') } }
        : venue,
    );
    const unknown = pack({ ...contents, venues });
    expectClose({
      actual: measure(unknown.packed).requirementUsd[at('PM-USD')] ?? NaN,
      expected: (600 + 600 + 200 + 60) * 2000,
      rel: 1e-12,
    });
  });
});

describe('an account under the standard manager', () => {
  test('has its short spread bounded, its long option count for nothing else, and its coin at a share', () => {
    const measures = measure(packed);
    const a = at('SM-USD');
    const years = (Date.parse('2026-02-27T08:00:00Z') - Date.parse('2026-01-05T12:00:00Z')) / (365 * 86_400_000);
    expect(years).toBeGreaterThan(0);
    const unit = new Float64Array(UNIT_VALUES);
    const markOf = (id: string): number => {
      valueUnit(packed, result.positionIndex.get(id) ?? -1, packed.initial, unit);
      return unit[0] ?? NaN;
    };
    const isolated = 600 * (markOf('o12') + 150) + 200 * (markOf('o14') + 150);
    // Worst payoff: 200 a coin on 600 spreads at or below 1600; the calls are short without end.
    const maxLoss = 600 * 200 + 200 * 1.1 * 2010;
    const perpetual = 0.05 * 60 * 2000;
    expectClose({ actual: measures.requirementUsd[a] ?? NaN, expected: Math.min(isolated, maxLoss) + perpetual, rel: 1e-9 });
    expectClose({ actual: measures.resourcesUsd[a] ?? NaN, expected: 240_000 + 50 * 2000 * 0.8, rel: 1e-9 });
  });

  test('loses its initial room while the settlement dollar is off its peg, not its maintenance', () => {
    const off = copyState(packed.initial);
    off.priceUsd[result.assetIndex.get('USDC') ?? -1] = 0.95;
    const a = at('SM-USD');
    expect(measure(packed, off).requirementUsd[a]).toBe(measure(packed).requirementUsd[a]);
    const grown = (measure(packed, off).initialRequirementUsd[a] ?? NaN) - (measure(packed).initialRequirementUsd[a] ?? NaN);
    expectClose({ actual: grown, expected: (0.98 - 0.95) * 1.2 * 2000 * (600 + 200 + 60), rel: 1e-9 });
  });
});

test('in every state the requirement is the same whichever account was judged before', () => {
  const state = copyState(packed.initial);
  const small = pack({
    ...optionVenueContents(),
    accounts: optionVenueContents().accounts.filter((each) => each.id !== 'PM-COIN'),
    positions: optionVenueContents().positions.filter((each) => each.accountId !== 'PM-COIN'),
  });
  for (const move of [-0.3, -0.1, 0, 0.1, 0.3]) {
    const moves = Float64Array.from(result.driverIds, (id) => (id === 'ETH' ? move : 0));
    applyShock(packed, moves, 0.1, state);
    const other = copyState(small.packed.initial);
    applyShock(small.packed, moves, 0.1, other);
    for (const id of ['PM-USD', 'SM-USD']) {
      const alone = measure(small.packed, other).requirementUsd[small.accountIndex.get(id) ?? -1] ?? NaN;
      expect(measure(packed, state).requirementUsd[at(id)]).toBe(alone);
    }
  }
});

test('accounts that fall are closed whole in the cascade and keep the rest', () => {
  const moves = Float64Array.from(result.driverIds, (id) => (id === 'ETH' ? -0.45 : -0.3));
  const shared = new Map<string, unknown>([[packed.id, packed]]);
  const rules = { depthThinningFraction: 0, maxRounds: 60, includeCrowd: false };
  const trace = traceCascade({ packedId: packed.id, quantities: null, moves, volatilityShift: 0.3, rules }, shared);
  for (const id of ['PM-COIN', 'PM-USD', 'SM-USD']) {
    expect(trace.result.fallenRound[at(id)], id).toBe(1);
    expect(trace.result.soldUsd[at(id)], id).toBeGreaterThan(0);
    expect(Number.isFinite(trace.result.equityUsd[at(id)]), id).toBe(true);
  }
});

describe('the analysis', () => {
  let analysis: AnalysisResult;
  beforeAll(async () => {
    const scenarioSet = sampleScenarioSet();
    const inputs = {
      contents: optionVenueContents(),
      snapshot: sampleSnapshot(0),
      scenarioSet,
      shock: scenarioSet.reference,
      assumptions: scenarioSet.cascade,
    };
    const engine = { pool: createInlinePool(), signal: new AbortController().signal, progress: (): void => undefined };
    const done = await analyseBook(inputs, { runId: 'run-1', engineVersion: 'test', seed: 7, inputsDigest: 'digest' }, engine);
    if (!done.ok) throw new Error(done.failure.message);
    analysis = done.value;
  });

  test('names the scenario or the expiry that binds', () => {
    const bindingOf = (id: string): string => analysis.accounts.find((each) => each.accountId === id)?.binding ?? '';
    expect(bindingOf('PM-COIN')).toMatch(
      /^scenario \d+ of 36: ETH [−+]\d+(\.\d)?\u2009%, vol up(, .* of the loss)?; then ETH .* of its loss$/,
    );
    expect(bindingOf('PM-USD')).toMatch(/^scenario \d+ of 32: ETH .*; then ETH .* of its loss$/);
    expect(bindingOf('SM-USD')).toMatch(
      /^ETH 2026-02-27: (each short option by itself|worst payoff at .*), \d+(\.\d)?\u2009% of the requirement$/,
    );
  });

  test('gives no position of such an account a requirement of its own, and says what the venue leaves open', () => {
    for (const position of analysis.positions.filter((each) => each.accountId.startsWith('PM-') || each.accountId === 'SM-USD'))
      expect(position.requirementUsd).toBeNull();
    expect(analysis.assumptions.some((each) => each.id === 'deribit-portfolio-4' && each.value.includes('assumed'))).toBe(true);
  });
});

test('the demo accounts can be judged under the portfolio margin file by nothing but another venue', () => {
  const demo = readDemo(fileURLToPath(new URL('../../../resources', import.meta.url)));
  if (!demo.ok) throw new Error(demo.failure.message);
  const { contents, snapshot, scenarioSets } = demo.value;
  const [set] = scenarioSets;
  if (set === undefined) throw new Error('no set');
  const swapped = {
    ...contents,
    venues: [...contents.venues, shippedVenue('deribit-portfolio')],
    accounts: contents.accounts.map((each) => (each.venueId === 'deribit' ? { ...each, venueId: 'deribit-portfolio' } : each)),
  };
  const standard = packBook(contents, snapshot, set);
  const portfolio = packBook(swapped, snapshot, set);
  if (!standard.ok || !portfolio.ok) throw new Error('not packed');
  const before = measure(standard.value.packed);
  const after = measure(portfolio.value.packed);
  for (const each of contents.accounts) {
    const a = standard.value.accountIndex.get(each.id) ?? -1;
    expect(after.equityUsd[a]).toBe(before.equityUsd[a]);
    if (each.venueId !== 'deribit') expect(after.requirementUsd[a]).toBe(before.requirementUsd[a]);
    else {
      expect(after.requirementUsd[a]).toBeGreaterThan(0);
      expect(after.requirementUsd[a]).not.toBe(before.requirementUsd[a]);
    }
  }
});
