import { beforeAll, describe, expect, test } from 'vitest';
import { triggerResult, type TriggerResult } from '../../main/contract/trigger.ts';
import type { Result } from '../../main/domain/failure.ts';
import type { RecordedWindow } from '../../main/domain/recorded-window.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { bookModel } from '../../main/services/forecast/path-model.ts';
import { orderGrid } from '../../main/services/trigger/order-grid.ts';
import { runTrigger, type BareTrigger, type TriggerWish } from '../../main/services/trigger/run-trigger.ts';
import { saleDepth } from '../../main/services/trigger/sale-depth.ts';
import { expectClose } from '../support/expect-close.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { packSample, sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const inputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};
const pack = packSample();
const context = { signal: new AbortController().signal, progress: () => undefined };
const terms: TriggerWish['terms'] = {
  from: 'collateral',
  cashUsd: 0,
  latencyMinutes: 30,
  missFraction: 0.2,
  keeperFeeFraction: 0.003,
  gasUsd: 20,
  slippageCapFraction: 0.02,
};

/** Four days of hours in which prices lose a quarter, evenly. */
const crash: RecordedWindow = {
  id: '2025-01',
  name: 'Four days',
  startsAt: '2025-01-01T00:00:00Z',
  intervalMinutes: 60,
  bars: 97,
  source: 'invented',
  facts: [],
  corrections: [],
  series: ['ETH', 'BTC'].map((assetId) => {
    const close = Array.from({ length: 97 }, (_, i) => 3000 * (1 - i / 384));
    return { assetId, symbol: `${assetId}USDT`, close, low: close, high: close };
  }),
};

async function optimise(change: Partial<TriggerWish> = {}): Promise<Result<BareTrigger>> {
  const book = bookModel(inputs, pack, { seed: 7, activity: { shares: new Float64Array(0), days: 0 } });
  if (!book.ok) return book;
  const wish = { accountId: 'VAULT-1', objective: 'target', alpha: 0.05, draws: 200, seed: 7, terms, ...change } as const;
  return runTrigger({ inputs, pack, book: book.value, windows: [crash], pool: createInlinePool(), context }, wish);
}

async function optimised(change: Partial<TriggerWish> = {}): Promise<TriggerResult> {
  const found = await optimise(change);
  if (!found.ok) throw new Error(found.failure.message);
  return { runId: 'test', inputsDigest: '', ...found.value, elapsedMs: 0 };
}

describe('the orders of a vault', () => {
  let result: TriggerResult;

  beforeAll(async () => {
    result = await optimised();
  }, 120_000);

  test('the answer is what the contract says, every target above its trigger', () => {
    expect(triggerResult.safeParse(result).error).toBeUndefined();
    for (const cell of result.cells) expect(cell.target).toBeGreaterThan(cell.trigger);
    expect(result.soldAssetId).toBe('WETH');
    expect(result.repaidAssetId).toBe('DAI');
  });

  test('costs are those of the orders and of the liquidations, and without an order only of the latter', () => {
    for (const cell of result.cells)
      expectClose({ actual: cell.orderCostUsd + cell.liquidationLossUsd, expected: cell.expectedCostUsd.value, rel: 1e-9, abs: 1e-6 });
    expectClose({ actual: result.none.liquidationLossUsd, expected: result.none.expectedCostUsd.value, rel: 1e-12 });
  });

  test('each best order is best by its objective', () => {
    const { best, cells, alpha } = result;
    for (const cell of cells) {
      expect(cell.expectedCostUsd.value).toBeGreaterThanOrEqual(best.cost.expectedCostUsd.value);
      expect(cell.liquidationProbability.value).toBeGreaterThanOrEqual(best.safety.liquidationProbability.value);
      if (cell.liquidationProbability.value <= alpha)
        expect(cell.expectedCostUsd.value).toBeGreaterThanOrEqual(best.target?.expectedCostUsd.value ?? NaN);
    }
  });

  test('along the frontier every order is dearer and safer than the one before', () => {
    for (const [i, cell] of result.frontier.entries()) {
      const before = result.frontier[i - 1];
      if (before === undefined) continue;
      expect(cell.expectedCostUsd.value).toBeGreaterThanOrEqual(before.expectedCostUsd.value);
      expect(cell.liquidationProbability.value).toBeLessThan(before.liquidationProbability.value);
    }
  });

  test('the best order is safer than none', () => {
    expect(result.best.safety.liquidationProbability.value).toBeLessThan(result.none.liquidationProbability.value);
  });

  test('along a recorded fall through its requirement the account falls without an order, and holds with it', () => {
    const [window] = result.windows;
    expect(window?.isLiquidatedWithout).toBe(true);
    expect(window?.isLiquidatedWith).toBe(false);
    expect(window?.executions).toBeGreaterThan(0);
    expect(window?.costWithUsd).toBeLessThan(window?.costWithoutUsd ?? NaN);
  });

  test('longer latency lowers no chance of liquidation', async () => {
    const late = await optimised({ terms: { ...terms, latencyMinutes: 720 } });
    expect(late.best.safety.liquidationProbability.value).toBeGreaterThanOrEqual(result.best.safety.liquidationProbability.value);
    const sum = ({ cells }: TriggerResult): number => cells.reduce((total, cell) => total + cell.liquidationProbability.value, 0);
    expect(sum(late)).toBeGreaterThan(sum(result));
  });
});

test('an account without debt, an unknown one and one that trades perpetuals are refused by name', async () => {
  for (const accountId of ['CUSTODY', 'PERP-1', 'NOBODY']) {
    const found = await optimise({ accountId });
    expect(found.ok ? '' : found.failure.message).toContain(accountId);
  }
});

test('without an account the borrower nearest to liquidation is taken', async () => {
  const found = await optimised({ accountId: undefined, draws: 100 });
  const healths = await Promise.all(
    ['POOL-1', 'POOL-LOOP', 'ISO-W', 'ISO-S', 'VAULT-1', 'BASE-1'].map(
      async (accountId) => (await optimised({ accountId, draws: 100 })).healthFactor,
    ),
  );
  expect(found.healthFactor).toBe(Math.min(...healths));
}, 60_000);

test('triggers end at today’s health, and a distant one is not tried', () => {
  expect(orderGrid(1.12).triggers.at(-1)).toBe(1.12);
  expect(orderGrid(5).triggers.at(-1)).toBe(1.6);
  expect(orderGrid(1.000001).orders).toHaveLength(0);
});

test('staked ether for dollars passes two markets, for ether one, and wrapped ether is ether', () => {
  const depth = (sold: string, repaid: string): ReturnType<typeof saleDepth> =>
    saleDepth(pack, pack.assetIndex.get(sold) ?? -1, { repaid: pack.assetIndex.get(repaid) ?? -1, thinningFraction: 0 });
  expect(depth('wstETH', 'USDC').markets).toEqual(['stETH/ETH', 'ETH/USD']);
  expect(depth('wstETH', 'WETH').markets).toEqual(['stETH/ETH']);
  expect(depth('WETH', 'USDC').markets).toEqual(['ETH/USD']);
  expect(depth('wstETH', 'USDC').reserveQuantity).toBeLessThan(depth('wstETH', 'WETH').reserveQuantity);
  expectClose({ actual: depth('WETH', 'DAI').reserveQuantity, expected: 60_000, rel: 1e-12 });
  expect(depth('WETH', 'WETH').reserveQuantity).toBe(Infinity);
});
