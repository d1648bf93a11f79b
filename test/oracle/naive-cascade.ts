import type { CrowdAccount, DepthPool } from '../../main/domain/snapshot.ts';

/** One asset of a naive system; `backing` is empty for what has its own price. */
export type NaiveAsset = {
  readonly id: string;
  readonly isStable: boolean;
  readonly backing: readonly { readonly id: string; readonly quantity: number }[];
};

/** A system of borrowers written down plainly. `saleOrder` names assets so that each stands before what its sale becomes. */
export type NaiveSystem = {
  readonly assets: readonly NaiveAsset[];
  readonly saleOrder: readonly string[];
  readonly priceUsd: Readonly<Record<string, number>>;
  readonly pools: readonly DepthPool[];
  readonly borrowers: readonly CrowdAccount[];
  readonly closeFactor: number;
  readonly fullLine: number;
  readonly smallUsd: number;
  readonly moves: Readonly<Record<string, number>>;
  readonly thinning: number;
  readonly maxRounds: number;
};

export type NaiveOutcome = {
  readonly rounds: number;
  readonly reachedLimit: boolean;
  readonly priceUsd: Record<string, number>;
  readonly collateral: readonly (readonly number[])[];
  readonly debt: readonly (readonly number[])[];
  readonly firstRound: readonly number[];
};

/**
 * The slow, obvious cascade: objects and dictionaries, one borrower at a time, prices of claims found by walking their
 * backing each time. Written from the rules, not from the kernel.
 */
export function naiveCascade(system: NaiveSystem): NaiveOutcome {
  const base: Record<string, number> = {};
  for (const asset of system.assets)
    if (asset.backing.length === 0) base[asset.id] = (system.priceUsd[asset.id] ?? 0) * (1 + (system.moves[asset.id] ?? 0));
  const kept: Record<string, number> = {};
  const reserve: Record<string, number> = Object.fromEntries(
    system.pools.map((pool) => [pool.assetId, pool.reserveQuantity * (1 - system.thinning)]),
  );
  const priceOf = (id: string): number => {
    const asset = system.assets.find((each) => each.id === id);
    if (asset === undefined) return 0;
    if (asset.backing.length === 0) return base[id] ?? 0;
    return (kept[id] ?? 1) * asset.backing.reduce((sum, row) => sum + row.quantity * priceOf(row.id), 0);
  };
  const state = system.borrowers.map((borrower) => ({
    collateral: borrower.collateral.map((row) => row.quantity),
    debt: borrower.debt.map((row) => row.quantity),
    firstRound: 0,
  }));
  let rounds = 0;
  for (;;) {
    const prices = Object.fromEntries(system.assets.map((asset) => [asset.id, priceOf(asset.id)]));
    const fallen = system.borrowers.flatMap((borrower, i) => (isFallen(borrower, state[i], prices) ? [i] : []));
    if (fallen.length === 0 || rounds >= system.maxRounds) {
      return {
        rounds,
        reachedLimit: fallen.length > 0,
        priceUsd: prices,
        collateral: state.map((each) => each.collateral),
        debt: state.map((each) => each.debt),
        firstRound: state.map((each) => each.firstRound),
      };
    }
    rounds += 1;
    const sales = new Map<string, number>();
    for (const i of fallen) {
      const borrower = system.borrowers[i];
      const balances = state[i];
      if (borrower === undefined || balances === undefined) continue;
      if (balances.firstRound === 0) balances.firstRound = rounds;
      liquidate({ system, borrower, balances, prices, sales });
    }
    movePrices({ system, sales, prices, base, kept, reserve });
  }
}

export type Balances = { collateral: number[]; debt: number[]; firstRound: number };

export function sums(
  borrower: CrowdAccount,
  balances: Balances,
  prices: Record<string, number>,
): { collateral: number; weighted: number; debt: number } {
  let collateral = 0;
  let weighted = 0;
  borrower.collateral.forEach((row, k) => {
    const value = (balances.collateral[k] ?? 0) * (prices[row.assetId] ?? 0);
    collateral += value;
    weighted += value * row.liquidationThresholdFraction;
  });
  const debt = borrower.debt.reduce((sum, row, k) => sum + (balances.debt[k] ?? 0) * (prices[row.assetId] ?? 0), 0);
  return { collateral, weighted, debt };
}

export function isFallen(borrower: CrowdAccount, balances: Balances | undefined, prices: Record<string, number>): boolean {
  if (balances === undefined) return false;
  const { collateral, weighted, debt } = sums(borrower, balances, prices);
  return debt > 1e-9 && collateral > 1e-12 && weighted / debt < 1;
}

type Liquidation = {
  system: NaiveSystem;
  borrower: CrowdAccount;
  balances: Balances;
  prices: Record<string, number>;
  sales: Map<string, number>;
};

/** Sales are kept by asset and the coin the debt is owed in: 'stETH for ETH', 'stETH for USD'. */
export function liquidate({ system, borrower, balances, prices, sales }: Liquidation): void {
  const { collateral, weighted, debt } = sums(borrower, balances, prices);
  const bonus = borrower.liquidationBonusFraction;
  const isWhole = weighted / debt < system.fullLine || collateral < system.smallUsd || debt < system.smallUsd;
  const share = isWhole ? 1 : system.closeFactor;
  const takesAll = share * debt >= collateral / (1 + bonus);
  const repaid = takesAll ? collateral / (1 + bonus) : share * debt;
  const seizedShare = takesAll ? 1 : (repaid * (1 + bonus)) / collateral;
  borrower.collateral.forEach((row, k) => {
    const seized = (balances.collateral[k] ?? 0) * seizedShare;
    borrower.debt.forEach((owed, j) => {
      const part = ((balances.debt[j] ?? 0) * (prices[owed.assetId] ?? 0)) / debt;
      const target = coinOf(system, owed.assetId);
      const key = `${row.assetId} for ${target}`;
      sales.set(key, (sales.get(key) ?? 0) + seized * part);
    });
    balances.collateral[k] = takesAll ? 0 : (balances.collateral[k] ?? 0) - seized;
  });
  borrower.debt.forEach((_, j) => {
    balances.debt[j] = repaid >= debt ? 0 : (balances.debt[j] ?? 0) * (1 - repaid / debt);
  });
}

export function coinOf(system: NaiveSystem, id: string): string {
  const asset = system.assets.find((each) => each.id === id);
  if (asset === undefined || asset.isStable) return 'USD';
  const first = asset.backing[0];
  return first === undefined ? id : coinOf(system, first.id);
}

type Market = {
  system: NaiveSystem;
  sales: Map<string, number>;
  prices: Record<string, number>;
  base: Record<string, number>;
  kept: Record<string, number>;
  reserve: Record<string, number>;
};

function movePrices({ system, sales, prices, base, kept, reserve }: Market): void {
  const sold = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, quantity: number): void => {
    map.set(key, (map.get(key) ?? 0) + quantity);
  };
  for (const id of system.saleOrder) {
    const targets = ['USD', ...system.assets.map((asset) => asset.id)].filter(
      (target) => target !== id && (sales.get(`${id} for ${target}`) ?? 0) !== 0,
    );
    const total = targets.reduce((sum, target) => sum + (sales.get(`${id} for ${target}`) ?? 0), 0);
    const pool = system.pools.find((each) => each.assetId === id);
    const asset = system.assets.find((each) => each.id === id);
    if (pool !== undefined) add(sold, id, total);
    for (const target of targets) {
      const quantity = sales.get(`${id} for ${target}`) ?? 0;
      if (pool === undefined) {
        for (const row of asset?.backing ?? []) add(sales, `${row.id} for ${target}`, quantity * row.quantity);
        if (asset?.isStable === true && target !== 'USD') add(sold, target, (-quantity * (prices[id] ?? 0)) / (prices[target] ?? 1));
        continue;
      }
      const average = ((reserve[id] ?? 0) / ((reserve[id] ?? 0) + total)) * (1 - pool.feeFraction);
      const proceedsUsd = quantity * (prices[id] ?? 0) * average;
      if (pool.quoteAssetId !== 'USD') add(sales, `${pool.quoteAssetId} for ${target}`, proceedsUsd / (prices[pool.quoteAssetId] ?? 1));
      else if (target !== 'USD') add(sold, target, -proceedsUsd / (prices[target] ?? 1));
    }
  }
  for (const pool of system.pools) {
    const quantity = sold.get(pool.assetId) ?? 0;
    if (quantity === 0) continue;
    const before = reserve[pool.assetId] ?? 0;
    const net = Math.max(quantity, -0.9 * before);
    const factor = (before / (before + net)) ** 2;
    if (pool.assetId in base) base[pool.assetId] = (base[pool.assetId] ?? 0) * factor;
    else kept[pool.assetId] = (kept[pool.assetId] ?? 1) * factor;
    reserve[pool.assetId] = before + net;
  }
}
