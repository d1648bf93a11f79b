import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replayIndex } from '../../../main/engine/replay/replay-index.ts';
import { replayValues } from '../../../main/engine/replay/replay-values.ts';
import { revalueChunk } from '../../../main/engine/scenario/revalue-chunk.ts';
import { analyseBook } from '../../../main/services/analysis/analyse-book.ts';
import { indexAt } from '../../../main/services/replay/index-steps.ts';
import { cascadeRules, packShocks } from '../../../main/services/scenarios.ts';
import { sampleWork } from '../../support/sample-replay.ts';

const work = sampleWork();
const { packed, driverIds, venueIds } = work.pack;
const shared = new Map([[packed.id, packed]]);
const book = { packedId: packed.id, quantities: null };
const { inputs } = work;
const question = {
  reference: { moves: packShocks([inputs.shock], driverIds).moves, volatilityShift: inputs.shock.volatilityShift },
  rules: cascadeRules(inputs.assumptions, work.pack),
  venues: venueIds.length,
};
const now = (): Float64Array => Float64Array.from(packed.drivers, (asset) => packed.initial.priceUsd[asset] ?? NaN);

describe('a book led through prices', () => {
  test('is worth what the same moves as a shock make it worth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.6, max: 0.8, noNaN: true }), { minLength: packed.drivers.length, maxLength: packed.drivers.length }),
        (moves) => {
          const shock = { moves: Float64Array.from(moves), volatilityShifts: Float64Array.of(0.1) };
          const priceUsd = now().map((price, d) => price * (1 + (moves[d] ?? 0)));
          const along = replayValues({ ...book, assets: packed.drivers, priceUsd, volatilityShift: shock.volatilityShifts }, shared);
          const shocked = revalueChunk({ ...book, ...shock }, shared);
          expect([along.equityUsd, along.excessUsd]).toEqual([shocked.equityUsd, shocked.excessUsd]);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a missing price leaves the market as it is', () => {
    const path = { assets: packed.drivers, volatilityShift: Float64Array.of(0) };
    const missing = replayValues({ ...book, ...path, priceUsd: now().fill(NaN) }, shared);
    expect(missing).toEqual(replayValues({ ...book, ...path, priceUsd: now() }, shared));
  });

  test('a step’s figures do not depend on the steps beside it', () => {
    const fallen = now().map((price) => price * 0.8);
    const both = { assets: packed.drivers, priceUsd: Float64Array.from([...now(), ...fallen]), volatilityShift: Float64Array.of(0, 0.2) };
    const one = { assets: packed.drivers, priceUsd: fallen, volatilityShift: Float64Array.of(0.2) };
    const pair = replayIndex({ ...book, ...both, ...question }, shared);
    const single = replayIndex({ ...book, ...one, ...question }, shared);
    expect(pair.totalLossUsd[1]).toBe(single.totalLossUsd[0]);
    expect(pair.sumOfBlocksUsd[1]).toBe(single.sumOfBlocksUsd[0]);
    expect(pair.throughUsd[1]).toBe(single.throughUsd[0]);
  });

  test('at the book’s own prices the parts of the index are those of its analysis', async () => {
    const table = replayIndex(
      { ...book, assets: packed.drivers, priceUsd: now(), volatilityShift: Float64Array.of(0), ...question },
      shared,
    );
    const identity = { runId: 'run-1', engineVersion: 'test', seed: 7, inputsDigest: 'digest' };
    const analysis = await analyseBook(inputs, identity, { ...work.context, pool: work.pool });
    if (!analysis.ok) throw new Error(analysis.failure.message);
    const { parts } = indexAt(table, 0, { moves: null, coverageFraction: 1, drivers: driverIds.length });
    for (const { id, value } of analysis.value.leverageIndex.parts) {
      if (id === 'K') continue;
      expect(parts[id], id).toBeCloseTo(typeof value === 'number' ? value : NaN, 9);
    }
  });
});
