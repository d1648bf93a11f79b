import type { CascadeAxes } from '../../main/domain/cascade-axes.ts';
import type { DepthPool } from '../../main/domain/snapshot.ts';
import type { NaiveSystem } from './naive-cascade.ts';
import { coinOf, isFallen, liquidate, sums, type Balances } from './naive-cascade.ts';
import { naiveRecord, type NaiveLaw } from './naive-record.ts';

/** Rules of the twin: those of the contract, with the delay of each borrower given. */
export type NaiveAxes = Omit<CascadeAxes, 'latency'> & { readonly delays: readonly number[] };

export type NaiveAxesOutcome = {
  readonly rounds: number;
  readonly priceUsd: Record<string, number>;
  readonly firstRound: readonly number[];
  readonly collateral: readonly (readonly number[])[];
  readonly skipped: number;
};

export type Market = {
  factor: Record<string, number>;
  sold: Record<string, number>;
  /** Sum of squared log moves by sales, and what is left of the depth. */
  squares?: Record<string, number>;
  left?: Record<string, number>;
};

/** The cascade with feeds, delays, recovery, keepers and impact laws, judging everybody in every round. Written from the rules, not from the kernel. */
export function naiveAxesCascade(system: NaiveSystem, axes: NaiveAxes): NaiveAxesOutcome {
  const market: Market = { factor: {}, sold: {} };
  for (const asset of system.assets) market.factor[asset.id] = asset.backing.length === 0 ? 1 + (system.moves[asset.id] ?? 0) : 1;
  const oracle = axes.oracle ?? { heartbeatRounds: 1, deviationFraction: 0, lagRounds: 0 };
  const before = pricesOf(system, { factor: {}, sold: {} });
  const posted = { ...before };
  const posts = Object.fromEntries(system.assets.map(({ id }) => [id, 0]));
  const seen: Record<string, number>[] = [];
  const state = system.borrowers.map((borrower) => ({
    collateral: borrower.collateral.map((row) => row.quantity),
    debt: borrower.debt.map((row) => row.quantity),
    firstRound: 0,
  }));
  const fellAt = new Map<number, number>();
  let [rounds, sales, quiet] = [0, 0, 0];
  let skipped: number;
  let last = pricesOf(system, market);
  for (let round = 1; ; round += 1) {
    const prices = pricesOf(system, market);
    seen.push(prices);
    const observed = seen[round - 1 - oracle.lagRounds] ?? before;
    for (const { id } of system.assets) {
      const isOff = Math.abs((observed[id] ?? 0) - (posted[id] ?? 0)) >= oracle.deviationFraction * (posted[id] ?? 0);
      if (!isOff && round - (posts[id] ?? 0) < oracle.heartbeatRounds) continue;
      posted[id] = observed[id] ?? 0;
      posts[id] = round;
    }
    const below = system.borrowers.flatMap((borrower, i) => (isFallen(borrower, state[i], posted) ? [i] : []));
    for (const i of [...fellAt.keys()]) if (!below.includes(i)) fellAt.delete(i);
    for (const i of below) if (!fellAt.has(i)) fellAt.set(i, round);
    const isDue = (i: number): boolean => (fellAt.get(i) ?? round) + (axes.delays[i] ?? 0) <= round;
    const due = below.filter(isDue);
    const pays = (i: number): boolean => profit({ system, i, balances: state[i], posted, prices, market, axes }) >= 0;
    const now = axes.keeperGasUsd === undefined ? due : due.filter(pays);
    skipped = due.length - now.length;
    const isQuiet = now.length === 0 && due.length === below.length;
    if (isQuiet && quiet >= oracle.heartbeatRounds + oracle.lagRounds - 1) break;
    if (now.length > 0 && sales >= system.maxRounds) break;
    quiet = isQuiet ? quiet + 1 : 0;
    const flows = new Map<string, number>();
    for (const i of now) {
      const [borrower, balances] = [system.borrowers[i], state[i]];
      if (borrower === undefined || balances === undefined) continue;
      if (balances.firstRound === 0) balances.firstRound = round;
      liquidate({ system, borrower, balances, prices: posted, sales: flows });
      fellAt.delete(i);
    }
    sell(system, axes, market, flows, prices);
    if (now.length === 0) continue;
    [rounds, sales] = [round, sales + 1];
    last = pricesOf(system, market);
  }
  return {
    rounds,
    skipped,
    priceUsd: last,
    firstRound: state.map((each) => each.firstRound),
    collateral: state.map((each) => each.collateral),
  };
}

export function pricesOf(system: NaiveSystem, market: Market): Record<string, number> {
  const priceOf = (id: string): number => {
    const asset = system.assets.find((each) => each.id === id);
    if (asset === undefined) return 0;
    const factor = market.factor[id] ?? 1;
    if (asset.backing.length === 0) return (system.priceUsd[id] ?? 0) * factor;
    return factor * asset.backing.reduce((sum, row) => sum + row.quantity * priceOf(row.id), 0);
  };
  return Object.fromEntries(system.assets.map(({ id }) => [id, priceOf(id)]));
}

/** Price over the price at the shock when Q has been sold, and its integral. R = depth after thinning. */
function lawOf(axes: NaiveAxes, depth: number, pool: DepthPool | undefined): NaiveLaw {
  const law = axes.impact ?? { law: 'constantProduct' as const };
  if (law.law === 'recorded' && pool?.record !== undefined) return naiveRecord(pool.record, depth / pool.reserveQuantity);
  if (law.law === 'exponential') {
    const scale = law.depthShare * depth;
    return { price: (q) => Math.exp(-q / scale), area: (q) => -scale * Math.expm1(-q / scale) };
  }
  if (law.law === 'squareRoot') {
    const steep = (law.coefficient * law.dailyVolatility) / Math.sqrt(law.dailyVolumePerReserve * depth);
    return { price: (q) => 1 - steep * Math.sign(q) * Math.sqrt(Math.abs(q)), area: (q) => q - (steep * Math.abs(q) ** 1.5) / 1.5 };
  }
  return { price: (q) => (depth / (depth + q)) ** 2, area: (q) => (depth * q) / (depth + q) };
}

function poolOf(system: NaiveSystem, id: string): DepthPool | undefined {
  return system.pools.find((pool) => pool.assetId === id);
}

function depthOf(system: NaiveSystem, market: Market, id: string): number {
  const left = market.left?.[id] ?? 1;
  return (poolOf(system, id)?.reserveQuantity ?? 0) * (1 - system.thinning) * left;
}

function averageOf(system: NaiveSystem, axes: NaiveAxes, market: Market, id: string, quantity: number): number {
  if (quantity === 0) return 1;
  const { price, area } = lawOf(axes, depthOf(system, market, id), poolOf(system, id));
  const from = market.sold[id] ?? 0;
  const amount = Math.max(quantity, -0.9 * (depthOf(system, market, id) + from));
  return (area(from + amount) - area(from)) / (amount * price(from));
}

export function sell(
  system: NaiveSystem,
  axes: NaiveAxes,
  market: Market,
  flows: Map<string, number>,
  prices: Record<string, number>,
): void {
  const net = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, quantity: number): void => void map.set(key, (map.get(key) ?? 0) + quantity);
  for (const id of system.saleOrder) {
    const targets = ['USD', ...system.assets.map((asset) => asset.id)].filter(
      (target) => target !== id && (flows.get(`${id} for ${target}`) ?? 0) !== 0,
    );
    const total = targets.reduce((sum, target) => sum + (flows.get(`${id} for ${target}`) ?? 0), 0);
    const pool = system.pools.find((each) => each.assetId === id);
    const asset = system.assets.find((each) => each.id === id);
    if (pool !== undefined) add(net, id, total);
    for (const target of targets) {
      const quantity = flows.get(`${id} for ${target}`) ?? 0;
      if (pool === undefined) {
        for (const row of asset?.backing ?? []) add(flows, `${row.id} for ${target}`, quantity * row.quantity);
        if (asset?.isStable === true && target !== 'USD') add(net, target, (-quantity * (prices[id] ?? 0)) / (prices[target] ?? 1));
        continue;
      }
      const usd = quantity * (prices[id] ?? 0) * averageOf(system, axes, market, id, total) * (1 - pool.feeFraction);
      if (pool.quoteAssetId !== 'USD') add(flows, `${pool.quoteAssetId} for ${target}`, usd / (prices[pool.quoteAssetId] ?? 1));
      else if (target !== 'USD') add(net, target, -usd / (prices[target] ?? 1));
    }
  }
  const before = { ...market.factor };
  const own = (id: string): number => movedBy(axes, before, market, id);
  for (const pool of system.pools) {
    const id = pool.assetId;
    const held = depthOf(system, market, id) + (market.sold[id] ?? 0);
    move(system, axes, market, id, Math.max(net.get(id) ?? 0, -0.9 * held));
  }
  for (const pool of system.pools)
    move(system, axes, market, pool.assetId, -(axes.recoveryPerRound ?? 0) * (market.sold[pool.assetId] ?? 0));
  for (const pool of system.pools) thin(axes, market, pool.assetId, Math.log(own(pool.assetId)));
}

/** Factor by which a market's own sales moved it, without what others' moves added by their betas. */
function movedBy(axes: NaiveAxes, before: Record<string, number>, market: Market, id: string): number {
  const total = (of: string): number => (market.factor[of] ?? 1) / (before[of] ?? 1);
  const toMe = (axes.crossImpact ?? []).find((beta) => beta.to === id);
  if (toMe === undefined) return total(id);
  const back = (axes.crossImpact ?? []).find((beta) => beta.to === toMe.from)?.beta ?? 0;
  // total_me = own_me × own_other^beta, total_other = own_other × own_me^back.
  return Math.exp((Math.log(total(id)) - toMe.beta * Math.log(total(toMe.from))) / (1 - toMe.beta * back));
}

function thin({ depthResponse }: NaiveAxes, market: Market, id: string, logMove: number): void {
  if (depthResponse === undefined) return;
  market.squares = { ...market.squares, [id]: (market.squares?.[id] ?? 0) + logMove ** 2 };
  const now = Math.max(depthResponse.leastShare, Math.exp(-depthResponse.sensitivity * Math.sqrt(market.squares[id] ?? 0)));
  market.sold[id] = ((market.sold[id] ?? 0) * now) / (market.left?.[id] ?? 1);
  market.left = { ...market.left, [id]: now };
}

function move(system: NaiveSystem, axes: NaiveAxes, market: Market, id: string, quantity: number): void {
  if (quantity === 0) return;
  const { price } = lawOf(axes, depthOf(system, market, id), poolOf(system, id));
  const from = market.sold[id] ?? 0;
  const share = price(from + quantity) / price(from);
  market.factor[id] = (market.factor[id] ?? 1) * share;
  market.sold[id] = from + quantity;
  for (const beta of axes.crossImpact ?? [])
    if (beta.from === id) market.factor[beta.to] = (market.factor[beta.to] ?? 1) * share ** beta.beta;
}

type Keeper = {
  system: NaiveSystem;
  i: number;
  balances: Balances | undefined;
  posted: Record<string, number>;
  prices: Record<string, number>;
  market: Market;
  axes: NaiveAxes;
};

/** What the keeper of one borrower would earn: it plays the liquidation on a copy and sells each lot alone. */
function profit({ system, i, balances, posted, prices, market, axes }: Keeper): number {
  const borrower = system.borrowers[i];
  if (borrower === undefined || balances === undefined) return 0;
  const copy = { collateral: [...balances.collateral], debt: [...balances.debt], firstRound: 0 };
  const { debt } = sums(borrower, balances, posted);
  liquidate({ system, borrower, balances: copy, prices: posted, sales: new Map() });
  const proceeds = (id: string, quantity: number, target: string): number => {
    if (id === target) return quantity * (prices[id] ?? 0);
    const pool = system.pools.find((each) => each.assetId === id);
    const asset = system.assets.find((each) => each.id === id);
    if (pool === undefined && asset !== undefined && asset.backing.length > 0) {
      return asset.backing.reduce((sum, row) => sum + proceeds(row.id, quantity * row.quantity, target), 0);
    }
    const kept = pool === undefined ? 1 : averageOf(system, axes, market, id, quantity) * (1 - pool.feeFraction);
    const usd = quantity * (prices[id] ?? 0) * kept;
    if (pool !== undefined && pool.quoteAssetId !== 'USD')
      return proceeds(pool.quoteAssetId, usd / (prices[pool.quoteAssetId] ?? 1), target);
    return target === 'USD' ? usd : usd / averageOf(system, axes, market, target, -usd / (prices[target] ?? 1));
  };
  let earned = -(axes.keeperGasUsd ?? 0);
  borrower.debt.forEach((owed, j) => {
    const part = ((balances.debt[j] ?? 0) * (posted[owed.assetId] ?? 0)) / debt;
    earned -= ((balances.debt[j] ?? 0) - (copy.debt[j] ?? 0)) * (prices[owed.assetId] ?? 0);
    borrower.collateral.forEach((row, k) => {
      const lot = ((balances.collateral[k] ?? 0) - (copy.collateral[k] ?? 0)) * part;
      earned += proceeds(row.assetId, lot, coinOf(system, owed.assetId));
    });
  });
  return earned;
}
