import { decodeErrorResult, parseAbi, toFunctionSelector } from 'viem';
import { WAD } from '../../main/engine/math/fixed-point.ts';
import { accountState, type PoolLine } from '../../main/engine/requirement/lending/lending-exact/pool-account.ts';
import {
  scaledBorrowed,
  scaledRepaid,
  scaledSupplied,
  scaledWithdrawn,
} from '../../main/engine/requirement/lending/lending-exact/pool-balance.ts';
import { liquidateAccount } from '../../main/engine/requirement/lending/lending-exact/pool-liquidation.ts';
import { HIGHEST_PRICE_BASE, priceLimits } from '../../main/engine/requirement/lending/lending-exact/pool-price-limits.ts';
import { assetNumber, poolAsset, POOL_ASSETS } from '../support/chain/aave/pool-assets.ts';
import { ask, engineLines, inPoolWords, reported } from '../support/chain/aave/pool-answers.ts';
import type { ChainOrder, ChainOutcome, ChainState, StoredReserve } from '../support/chain/aave/pool-answers.ts';
import { call, openMarket, type PoolMarket, type PoolRelease } from '../support/chain/aave/pool-market.ts';
import { BOOK_ACCOUNTS, drawFrom, randomBook, RICH_ACTOR, unitsWorth } from '../support/chain/aave/random-book.ts';
import { GENESIS_SECONDS, type ChainNode } from '../support/chain/node.ts';
import { canonical, Judgement } from './judgement.ts';

const DAY = 86_400n;
const ROUNDS = 10;
const UNLIMITED = 2n ** 256n - 1n;

/** A pool with a random book in it, thirty days old. */
export type BookedPool = { readonly market: PoolMarket; readonly release: PoolRelease; readonly bornAt: bigint };

/** Deploys a pool and lets the book act in it over thirty days. */
export async function bookPool(node: ChainNode, release: PoolRelease): Promise<BookedPool> {
  const market = await openMarket(node, release);
  await call(node, market.desk, 'open', [BigInt(BOOK_ACCOUNTS)]);
  for (const [round, steps] of randomBook(11, ROUNDS).entries()) {
    await node.client.setNextBlockTimestamp({ timestamp: GENESIS_SECONDS + DAY * BigInt(3 * round + 1) + BigInt(round * round * 7) });
    await call(node, market.desk, 'act', [steps]);
  }
  const retired = assetNumber('retired');
  const { thresholdBps, bonusBps } = poolAsset(retired);
  await call(node, market.configurator, 'configureReserveAsCollateral', [market.assets[retired], 0n, thresholdBps, bonusBps]);
  return { market, release, bornAt: GENESIS_SECONDS + 31n * DAY };
}

type Visit = {
  readonly pool: BookedPool;
  readonly actor: number;
  readonly time: bigint;
  readonly draw: () => number;
  readonly lines: (prices: readonly bigint[]) => PoolLine[];
};

async function visit(pool: BookedPool, actor: number, seed: number): Promise<Visit> {
  const draw = drawFrom(seed + actor);
  const time = pool.bornAt + BigInt(Math.floor(draw() ** 2 * 30 * 86_400));
  const [reserves] = await ask<[readonly StoredReserve[], bigint]>(pool.market, { name: 'reserves' }, time);
  const [stored] = await askStates(pool, actor, [startPrices()], time);
  const { revision } = pool.release;
  const isInMode = actor % 8 === 3;
  return {
    pool,
    actor,
    time,
    draw,
    lines: (prices) => engineLines(stored?.lines ?? [], reserves, { time, prices, isInMode, revision }),
  };
}

function startPrices(): bigint[] {
  return POOL_ASSETS.map((asset) => asset.priceBase);
}

async function askStates(
  pool: BookedPool,
  actor: number,
  rows: readonly (readonly bigint[])[],
  time: bigint,
): Promise<readonly ChainState[]> {
  return ask<readonly ChainState[]>(pool.market, { name: 'states', args: [BigInt(actor), rows] }, time);
}

/** Rows of prices: usual moves, crashes, one asset alone, prices of a few units where every cut matters. */
function randomPrices(draw: () => number, count: number): bigint[][] {
  return Array.from({ length: count }, (_, row) =>
    startPrices().map((price) => {
      if (row === 0) return price;
      if (row % 9 === 8) return BigInt(1 + Math.floor(draw() * 40));
      const spread = row % 3 === 0 ? 0.05 : row % 3 === 1 ? 0.4 : 1.5;
      const moved = Number(price) * Math.exp(spread * (draw() + draw() - 1));
      return BigInt(Math.max(1, Math.round(moved)));
    }),
  );
}

/** Worth, health, available borrow and accrued balances of every account at many prices. */
export async function judgeStates(pool: BookedPool, rowsEach: number): Promise<Judgement> {
  const judgement = new Judgement();
  for (let actor = 0; actor < BOOK_ACCOUNTS; actor += 1) {
    const { time, lines, draw } = await visit(pool, actor, 1_000);
    const rows = [...randomPrices(draw, rowsEach), ...(actor % 8 === 5 ? exactRows() : [])];
    const answers = await askStates(pool, actor, rows, time);
    for (const [row, answer] of answers.entries()) {
      const own = lines(rows[row] ?? []);
      const { revision } = pool.release;
      judgement.compare(`account ${actor}, row ${row}`, answer, {
        account: inPoolWords(accountState(own, revision)),
        lines: reported(own, revision),
      });
      for (const [kind, isSo] of Object.entries(kindsOf(own, actor % 8 === 3))) if (isSo) judgement.count(kind);
      if (answer.account.healthFactor === UNLIMITED) judgement.count('withoutDebt');
      else
        judgement.count(
          answer.account.healthFactor < WAD ? 'liquidatable' : answer.account.healthFactor === WAD ? 'exactlyOne' : 'healthy',
        );
    }
  }
  return judgement;
}

/** What makes a state worth having. */
function kindsOf(lines: readonly PoolLine[], isInMode: boolean): Readonly<Record<string, boolean>> {
  const collateral = lines.filter((line) => line.isCollateral);
  const owed = lines.filter((line) => line.scaledDebt > 0n);
  return {
    inMode: isInMode && owed.length > 0,
    inIsolation: collateral.some((line) => line === lines[assetNumber('isolated')]) && owed.length > 0,
    severalDebts: collateral.length > 1 && owed.length > 1,
    sameAssetOnBothSides: owed.some((line) => line.isCollateral),
  };
}

/** Prices at which the accounts without interest have a health factor of exactly one, and one unit beside. */
function exactRows(): bigint[][] {
  const exact = startPrices().map((price, k) =>
    k === assetNumber('staked') ? 10_000_000_000n : k === assetNumber('flat') ? 100_000_000n : price,
  );
  return [-1n, 0n, 1n].map((step) => exact.map((price, k) => (k === assetNumber('staked') ? price + step : price)));
}

/** Scaled balances of deposits, withdrawals, loans and repayments of odd amounts at odd indices. */
export async function judgeShares(pool: BookedPool, count: number): Promise<Judgement> {
  const judgement = new Judgement();
  const draw = drawFrom(5);
  const { revision } = pool.release;
  for (let k = 0; k < count; k += 1) {
    const asset = [assetNumber('dollar'), assetNumber('ether'), assetNumber('bitcoin'), assetNumber('flat')][k % 4] as number;
    const amount = unitsWorth(asset, 10 ** (draw() * 5)) + 2n;
    const { lines, time } = await visit(pool, RICH_ACTOR, 50_000 + k);
    const own = lines(startPrices())[asset];
    if (own === undefined) throw new Error('the pool has no such asset');
    const left = await ask<readonly bigint[]>(pool.market, { name: 'shareSteps', args: [BigInt(RICH_ACTOR), BigInt(asset), amount] }, time);
    const supplied = own.scaledSupply + scaledSupplied(2n * amount, own.supplyIndexRay, revision);
    const borrowed = scaledBorrowed(amount, own.debtIndexRay, revision);
    judgement.compare(`${amount} of ${poolAsset(asset).name}`, left, [
      supplied,
      supplied - scaledWithdrawn(amount, own.supplyIndexRay, revision),
      borrowed,
      borrowed - scaledRepaid(amount / 2n, own.debtIndexRay, revision),
    ]);
  }
  return judgement;
}

/** The prices that liquidate, one by one: below at the limit, not below one unit before it, never where there is no limit. */
export async function judgeLimits(pool: BookedPool): Promise<Judgement> {
  const judgement = new Judgement();
  const { revision } = pool.release;
  for (let actor = 1; actor < RICH_ACTOR; actor += 1) {
    const { time, lines } = await visit(pool, actor, 2_000);
    const today = lines(startPrices());
    const rows: bigint[][] = [];
    const claims: { what: string; isBelow: boolean }[] = [];
    for (const [asset, line] of today.entries()) {
      if (!line.isCollateral && line.scaledDebt === 0n) continue;
      for (const targetWad of [WAD, (WAD * 95n) / 100n + 1n]) {
        const limits = priceLimits(today, asset, { revision, targetWad });
        if (limits.isBreached || !limits.isComplete) {
          judgement.count(limits.isBreached ? 'breached' : 'incomplete');
          continue;
        }
        const claim = (price: bigint, isBelow: boolean): void => {
          rows.push(startPrices().map((start, k) => (k === asset ? price : start)));
          claims.push({ what: `account ${actor}, ${poolAsset(asset).name} at ${price}, target ${targetWad}`, isBelow });
        };
        const sides = [
          { limit: limits.falling, end: 1n, back: 1n },
          { limit: limits.rising, end: HIGHEST_PRICE_BASE, back: -1n },
        ];
        for (const { limit, end, back } of sides) {
          judgement.count(limit === null ? 'cannot' : 'limit');
          if (limit === null) claim(end, false);
          else {
            claim(limit, true);
            claim(limit + back, false);
          }
        }
      }
    }
    const answers = await askStates(pool, actor, rows, time);
    for (const [k, answer] of answers.entries()) {
      const claim = claims[k] as (typeof claims)[number];
      const target = BigInt(claim.what.split('target ')[1] ?? 0);
      judgement.compare(claim.what, answer.account.healthFactor < target, claim.isBelow);
    }
  }
  return judgement;
}

/** Health factors at which liquidations are tried: healthy, either side of the full-liquidation line, and deep below. */
const TARGETS = [1.0000001, 0.99999, 0.97, 0.951, 0.9500001, 0.95, 0.9499999, 0.94, 0.9, 0.75, 0.4, 0.05];

/** Liquidations of every account that owes: repaid, seized, fee, balances afterwards, what is written off, or why it is refused. */
export async function judgeLiquidations(pool: BookedPool, ordersEach: number): Promise<Judgement> {
  const judgement = new Judgement();
  for (let actor = 1; actor < RICH_ACTOR; actor += 1) {
    const seen = await visit(pool, actor, 3_000);
    const today = seen.lines(startPrices());
    if (today.every((line) => line.scaledDebt === 0n)) continue;
    const orders = Array.from({ length: ordersEach }, (_, k) => randomOrder(seen, today, k));
    const outcomes = await ask<readonly ChainOutcome[]>(pool.market, { name: 'liquidations', args: [orders] }, seen.time);
    for (const [k, outcome] of outcomes.entries()) judgeOutcome(judgement, seen, { order: orders[k] as ChainOrder, outcome });
  }
  return judgement;
}

/** Prices of the collateral that is not owed too are moved so far that the health factor is about the target. */
function randomOrder({ draw, actor, pool }: Visit, today: readonly PoolLine[], k: number): ChainOrder {
  const indices = [...today.keys()];
  const pickFrom = (wanted: (line: PoolLine) => boolean): number => {
    const fitting = indices.filter((each) => wanted(today[each] as PoolLine));
    return fitting[Math.floor(draw() * fitting.length)] ?? 0;
  };
  const health = Number(accountState(today, pool.release.revision).healthFactorWad ?? WAD) / 1e18;
  const factor = (TARGETS[k % TARGETS.length] as number) / health;
  const spread = k % 4 === 0 ? 0 : 0.02;
  const prices = today.map((line) => {
    const own = line.isCollateral && line.scaledDebt === 0n ? factor : 1;
    return BigInt(Math.max(1, Math.round(Number(line.priceBase) * own * Math.exp(spread * (draw() - 0.5)))));
  });
  const collateral = draw() < 0.03 ? pickFrom(() => true) : pickFrom((line) => line.isCollateral);
  const debt = draw() < 0.03 ? pickFrom(() => true) : pickFrom((line) => line.scaledDebt > 0n);
  const owed = reported(today, pool.release.revision)[debt]?.debt ?? 0n;
  const part = draw() < 0.5 ? 1 : draw();
  const cover = part === 1 ? UNLIMITED : (owed * BigInt(Math.floor(part * 1e9))) / 1_000_000_000n + 1n;
  return { actor: BigInt(actor), prices, collateral: BigInt(collateral), debt: BigInt(debt), cover };
}

function judgeOutcome(
  judgement: Judgement,
  { pool, lines }: Visit,
  { order, outcome }: { order: ChainOrder; outcome: ChainOutcome },
): void {
  const { revision, refusals } = pool.release;
  const [collateral, debt] = [Number(order.collateral), Number(order.debt)];
  const own = liquidateAccount(
    lines(order.prices),
    { collateral, debt, debtToCover: order.cover === UNLIMITED ? null : order.cover },
    revision,
  );
  const what = canonical(order);
  if (own.status !== 'done' || outcome.refusal !== '0x') {
    judgement.count(own.status);
    judgement.compare(what, refusalText(outcome.refusal, Object.values(refusals)), own.status === 'done' ? 'done' : refusals[own.status]);
    return;
  }
  const gained = order.prices.map((_, k) => (k === collateral ? own.collateralToLiquidator : 0n) - (k === debt ? own.debtRepaid : 0n));
  const { badDebt } = own;
  judgement.count(badDebt.some((each) => each > 0n) ? 'badDebt' : 'done');
  judgement.compare(what, outcome, {
    refusal: '0x',
    gained,
    treasuryShares: own.protocolFeeScaled,
    deficits: revision.writesOffBadDebt ? badDebt : badDebt.map(() => 0n),
    state: { account: inPoolWords(accountState(own.lines, revision)), lines: reported(own.lines, revision) },
  });
}

function refusalText(refusal: `0x${string}`, known: readonly string[]): string {
  if (refusal === '0x') return 'done';
  const named = known.find((name) => /^[A-Z]/.test(name) && refusal.startsWith(toFunctionSelector(`${name}()`)));
  if (named !== undefined) return named;
  if (!refusal.startsWith('0x08c379a0')) return refusal;
  return decodeErrorResult({ abi: parseAbi(['error Error(string)']), data: refusal }).args[0];
}
