import { expect, test } from 'vitest';
import { POSITION_KIND } from '../../../main/engine/packed/packed-book.ts';
import { ORDER_STAT, ORDER_STATS } from '../../../main/engine/trigger/run-order.ts';
import { runTriggerChunk, type TriggerChunk } from '../../../main/engine/trigger/trigger-chunk.ts';
import { triggerSetting } from '../../../main/services/trigger/trigger-setting.ts';
import { packSample, sampleScenarioSet } from '../../support/sample-system.ts';

const pack = packSample();
const { packed } = pack;

/** One draw of a week without volatility, in which debts cost so much a year. */
function run(accountId: string, ratePerYear: number, change: Partial<TriggerChunk> = {}): Float64Array {
  const found = triggerSetting(pack, accountId);
  if (!found.ok) throw new Error(found.failure.message);
  const { account, soldAsset, repaidAsset, rules } = found.value;
  const set = sampleScenarioSet();
  const input: TriggerChunk = {
    packedId: packed.id,
    quantities: null,
    model: {
      seed: 7,
      residuals: Float64Array.of(1, -1),
      dailyVolatility: new Float64Array(2),
      correlationRoot: new Float64Array(4),
      basisDailyVolatility: new Float64Array(0),
      activity: new Float64Array(0),
    },
    market: {
      basisAssets: new Int32Array(0),
      betas: Float64Array.from(pack.driverIds, (id) => set.betas[id] ?? 0),
      volatilityPerMove: 0,
      debtRatePerYear: packed.positions.quantity.map((_, p) => (packed.positions.kind[p] === POSITION_KIND.debt ? ratePerYear : 0)),
    },
    span: { days: 7, steps: 7, looksPerStep: 4 },
    firstDraw: 0,
    draws: 1,
    account,
    soldAsset,
    repaidAsset,
    rules,
    terms: {
      fromCollateral: true,
      cashUsd: 0,
      latencyLooks: 1,
      missFraction: 0,
      keeperFeeFraction: 0,
      gasUsd: 0,
      slippageCapFraction: 0.5,
      reserveQuantity: Infinity,
      poolFeeFraction: 0,
    },
    triggers: Float64Array.of(0, 1.06),
    targets: Float64Array.of(0, 1.15),
    ...change,
  };
  return runTriggerChunk(input, new Map([[packed.id, packed]]));
}

test('interest alone liquidates without an order, and an order in time prevents it', () => {
  for (const accountId of ['POOL-1', 'ISO-W', 'VAULT-1', 'BASE-1']) {
    expect(run(accountId, 0)[ORDER_STAT.liquidated]).toBe(0);
    // A rate at which the debt doubles within the week.
    const stats = run(accountId, 52);
    expect(stats[ORDER_STAT.liquidated]).toBe(1);
    expect(run(accountId, 26)[ORDER_STATS + ORDER_STAT.executions]).toBeGreaterThan(0);
    expect(run(accountId, 26)[ORDER_STATS + ORDER_STAT.liquidated]).toBe(0);
  }
});

test('chunks add up to the whole', () => {
  const whole = run('POOL-1', 8, { draws: 6 });
  const parts = [0, 2, 4].map((firstDraw) => run('POOL-1', 8, { firstDraw, draws: 2 }));
  whole.forEach((sum, i) => expect(parts.reduce((total, part) => total + (part[i] ?? NaN), 0)).toBeCloseTo(sum, 6));
});
