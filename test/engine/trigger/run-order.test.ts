import { describe, expect, test } from 'vitest';
import { liquidationCostUsd, makeAccountPath, type AccountPath, type TriggerAccount } from '../../../main/engine/trigger/account-path.ts';
import { ORDER_STAT, ORDER_STATS, runOrder, type OrderTerms } from '../../../main/engine/trigger/run-order.ts';
import { sizeCollateralAction } from '../../../main/engine/hedge/collateral-action.ts';
import { expectClose } from '../../support/expect-close.ts';

const account: TriggerAccount = {
  collateralQuantity: 1000,
  collateralThreshold: 0.8,
  debtQuantity: 1_000_000,
  bonusFraction: 0.05,
  closeFactorFraction: 0.5,
  fullLiquidationHealthFactor: 0.95,
  smallPositionUsd: 0,
  closesWhole: false,
};

const terms: OrderTerms = {
  fromCollateral: true,
  cashUsd: 0,
  latencyLooks: 1,
  missFraction: 0,
  keeperFeeFraction: 0.003,
  gasUsd: 25,
  slippageCapFraction: 0.02,
  reserveQuantity: Infinity,
  poolFeeFraction: 0,
};

/** A path of collateral prices; a million dollars owed, so that the health is price × 0.8 / 1000. */
function pathOf(...prices: readonly number[]): AccountPath {
  const path = makeAccountPath(prices.length);
  path.collateralPriceUsd.set(prices);
  path.debtPriceUsd.fill(1);
  return path;
}

const priceAt = (health: number): number => health * 1250;

function run(
  path: AccountPath,
  change: Partial<OrderTerms> = {},
  order = { trigger: 1.1, target: 1.25 },
): Record<keyof typeof ORDER_STAT, number> {
  const stats = new Float64Array(ORDER_STATS);
  runOrder(path, account, { ...terms, ...change }, { ...order, seed: 7, draw: 3 }, stats, 0);
  return Object.fromEntries(Object.entries(ORDER_STAT).map(([name, at]) => [name, stats[at]])) as Record<keyof typeof ORDER_STAT, number>;
}

describe('one path of an order', () => {
  test('a price that stays above the trigger costs nothing', () => {
    expect(Object.values(run(pathOf(priceAt(1.3), priceAt(1.1), priceAt(1.2)))).every((value) => value === 0)).toBe(true);
  });

  test('it executes one look after the one that sets it off, with the size of the closed form', () => {
    const price = priceAt(1.05);
    const stats = run(pathOf(priceAt(1.08), price));
    const state = { collateral: [{ token: 'c', valueUsd: 1000 * price, thresholdFraction: 0.8 }], debtUsd: 1e6 };
    const closed = sizeCollateralAction(state, { type: 'deleverage', token: 'c', slipFraction: 0.003 }, 1.25);
    if (closed.status !== 'sized') throw new Error(closed.status);
    expect(stats.executions).toBe(1);
    expectClose({ actual: stats.orderCostUsd, expected: 0.003 * closed.amountUsd + 25, rel: 1e-9 });
    // Back at that price health stands at the target: a trigger just below it stays quiet, one just above fires again.
    expect(run(pathOf(priceAt(1.08), price, price), {}, { trigger: 1.2499, target: 1.25 }).executions).toBe(1);
  });

  test('nobody acts before the latency is over', () => {
    const path = pathOf(priceAt(1.08), priceAt(1.05), priceAt(1.05), priceAt(0.99));
    expect(run(path, { latencyLooks: 2 }).executions).toBe(1);
    expect(run(path, { latencyLooks: 3 }).executions).toBe(0);
    expect(run(path, { latencyLooks: 3 }).overtaken).toBe(1);
  });

  test('from cash it repays the closed form and pays the fee on it', () => {
    const price = priceAt(1.05);
    const repaid = 1e6 - (800 * price) / 1.25;
    const stats = run(pathOf(priceAt(1.08), price), { fromCollateral: false, cashUsd: 1e6 });
    expectClose({ actual: stats.orderCostUsd, expected: 0.003 * repaid + 25, rel: 1e-12 });
    expect(run(pathOf(priceAt(1.08), price), { fromCollateral: false, cashUsd: repaid }).tooSmall).toBe(1);
  });

  test('a fall through the whole distance before it executes is a liquidation, and ends the path', () => {
    const stats = run(pathOf(priceAt(1.08), priceAt(0.97), priceAt(1.3)));
    expect(stats.overtaken).toBe(1);
    expect(stats.liquidated).toBe(1);
    expect(stats.executions).toBe(0);
    expectClose({ actual: stats.costUsd, expected: 0.05 * 0.5 * 1e6, rel: 1e-12 });
    expect(stats.squaredCost).toBe(stats.costUsd ** 2);
  });

  test('health exactly 1 holds', () => {
    expect(run(pathOf(1250, 1250), {}, { trigger: 0, target: 0 }).liquidated).toBe(0);
  });

  test('back above the trigger in time nothing is done', () => {
    const stats = run(pathOf(priceAt(1.08), priceAt(1.12), priceAt(1.3)));
    expect(stats.recovered).toBe(1);
    expect(stats.executions).toBe(0);
  });

  test('an attempt with more slippage than the cap reverts and is tried again', () => {
    const thin = { reserveQuantity: 10_000 };
    expect(run(pathOf(priceAt(1.08), priceAt(1.05), priceAt(1.05)), thin).slipped).toBe(2);
    expect(run(pathOf(priceAt(1.08), priceAt(1.05)), { ...thin, slippageCapFraction: 0.5 }).executions).toBe(1);
    expect(run(pathOf(priceAt(1.08), priceAt(1.05)), { reserveQuantity: 0, slippageCapFraction: 0.5 }).slipped).toBe(1);
  });

  test('with slippage the order still ends at its target', () => {
    const price = priceAt(1.05);
    const loose = { reserveQuantity: 5000, slippageCapFraction: 0.5, poolFeeFraction: 0.001 };
    const again = (trigger: number): number => run(pathOf(priceAt(1.08), price, price, price), loose, { trigger, target: 1.25 }).executions;
    expect(again(1.2499)).toBe(1);
    const deep = run(pathOf(priceAt(1.08), price), { ...loose, reserveQuantity: 1e9 }).orderCostUsd;
    expect(run(pathOf(priceAt(1.08), price), loose).orderCostUsd).toBeGreaterThan(deep);
  });

  test('a keeper that never comes through leaves the account to the market', () => {
    const stats = run(pathOf(...Array.from({ length: 200 }, () => priceAt(1.05))), { missFraction: 0.95 });
    expect(stats.missed).toBeGreaterThan(10);
  });

  test('it may execute more than once', () => {
    const fall = Array.from({ length: 60 }, (_, i) => priceAt(1.2 * 0.99 ** i));
    const stats = run(pathOf(...fall));
    expect(stats.executions).toBeGreaterThan(1);
    expect(stats.liquidated).toBe(0);
    expect(run(pathOf(...fall), {}, { trigger: 0, target: 0 }).liquidated).toBe(1);
  });
});

test('what a liquidation costs follows the venue: close factor, whole below the full line, never more than there is', () => {
  expect(liquidationCostUsd(account, 1_200_000, 1_000_000, 0.96)).toBe(25_000);
  expect(liquidationCostUsd(account, 1_200_000, 1_000_000, 0.9)).toBe(50_000);
  expectClose({ actual: liquidationCostUsd(account, 525_000, 1_000_000, 0.5), expected: 25_000, rel: 1e-12 });
  expect(liquidationCostUsd({ ...account, closesWhole: true }, 1_200_000, 1_000_000, 0.99)).toBe(60_000);
  expect(liquidationCostUsd({ ...account, smallPositionUsd: 2_000_000 }, 1_200_000, 1_000_000, 0.99)).toBe(50_000);
});
