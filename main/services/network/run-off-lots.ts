import type { TransferTerms } from '../../domain/system.ts';
import type { RunOffLots } from '../../engine/collateral/run-off.ts';
import { ASSET_KIND, FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { openingExcess, openingFraction, venueTerms } from '../transfers/transfer-routes.ts';

/** Pledged and posted collateral by position, with the limits of the venues, and the share of it whose way out is known. */
export type CollateralLots = RunOffLots & { readonly ratePerHourUsd: Float64Array; readonly coverageFraction: number };

/** The part of an engine run that says what stands where. */
type Standing = Pick<EngineRun, 'inputs' | 'pack'> & { readonly values: Pick<EngineRun['values'], 'accounts'> };

const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;

/**
 * Everything that is pledged to a lender or posted as margin. What its account's debts and positions need at the opening requirement stays,
 * the same share of each of its holdings; the slow end of times and the low end of limits count; what is not known stays.
 */
export function collateralLots(run: Standing, terms: TransferTerms): CollateralLots {
  const { pack } = run;
  const { positions, accounts, initial } = pack.packed;
  const exits = assetExits(run, terms);
  const free = Float64Array.from(accounts.family, (_, account) => freeOf(run, account));
  const rows = Array.from(positions.kind.keys()).filter((p) => isPosted(run, p));
  const valueOf = (p: number): number => (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0);
  let totalUsd = 0;
  let knownUsd = 0;
  const lots = rows.map((p) => {
    const account = positions.account[p] ?? 0;
    const venue = accounts.venue[account] ?? 0;
    const venueId = pack.venueIds[venue];
    const { withdrawMinutes } = venueTerms(terms, venueId);
    const exit = exits(positions.asset[p] ?? 0);
    const pool = accounts.family[account] === FAMILY.lendingPool ? poolIdle(run, venueId, positions.asset[p] ?? 0) : 1;
    const valueUsd = valueOf(p);
    totalUsd += valueUsd;
    if (pool !== null && exit.isKnown && terms.venues.some((each) => each.venueId === venueId)) knownUsd += valueUsd;
    return {
      valueUsd,
      free: free[account] ?? 0,
      idle: (pool ?? 0) * exit.idleFraction,
      delayHours: withdrawMinutes.high / MINUTES_PER_HOUR + exit.hours,
      gate: venue,
    };
  });
  return {
    valueUsd: Float64Array.from(lots, (lot) => lot.valueUsd),
    freeFraction: Float64Array.from(lots, (lot) => lot.free),
    idleFraction: Float64Array.from(lots, (lot) => lot.idle),
    delayHours: Float64Array.from(lots, (lot) => lot.delayHours),
    gate: Int32Array.from(lots, (lot) => lot.gate),
    ratePerHourUsd: Float64Array.from(pack.venueIds, (id) => venueTerms(terms, id).dailyLimitUsd.low / HOURS_PER_DAY),
    coverageFraction: totalUsd > 0 ? Math.min(1, knownUsd / totalUsd) : 1,
  };
}

function isPosted({ pack }: Standing, p: number): boolean {
  const { positions, accounts, initial } = pack.packed;
  return (
    positions.kind[p] === POSITION_KIND.holding &&
    accounts.family[positions.account[p] ?? 0] !== FAMILY.custody &&
    (positions.collateralFraction[p] ?? 0) > 0 &&
    (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0) > 0
  );
}

/** Share of an account's collateral that it can do without, by its excess over the opening requirement. */
function freeOf(run: Standing, account: number): number {
  const { positions, accounts, initial } = run.pack.packed;
  let countedUsd = 0;
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1)
    if (isPosted(run, p))
      countedUsd += (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0) * openingFraction(run.pack, p);
  const excessUsd = openingExcess(run.pack, run.values.accounts, account);
  return excessUsd > 0 && countedUsd > 0 ? Math.min(1, excessUsd / countedUsd) : 0;
}

/** Share of a pool's supply of an asset that nobody has borrowed; null where its use is not known. */
function poolIdle({ inputs, pack }: Standing, venueId: string | undefined, asset: number): number | null {
  const reserve = inputs.snapshot.reserves.find((each) => each.venueId === venueId && each.assetId === pack.assetIds[asset]);
  return reserve === undefined ? null : 1 - reserve.utilisationFraction;
}

/** How a token becomes a coin or a dollar: hours in queues, the share that is there to be had, and whether all of it is known. */
type Exit = { readonly hours: number; readonly idleFraction: number; readonly isKnown: boolean };

const AT_ONCE: Exit = { hours: 0, idleFraction: 1, isKnown: true };

/** The way out of every asset through all its layers; each layer waits for those below it. An asset is followed once. */
function assetExits(run: Standing, terms: TransferTerms): (asset: number) => Exit {
  const known = new Map<number, Exit>();
  const exitOf = (asset: number): Exit => {
    const found = known.get(asset);
    if (found !== undefined) return found;
    // Claims that back each other have no way out: met again, an asset is a dead end.
    known.set(asset, { hours: Infinity, idleFraction: 0, isKnown: false });
    const exit = exitThrough(run, { asset, terms, exitOf });
    known.set(asset, exit);
    return exit;
  };
  return exitOf;
}

type Following = { readonly asset: number; readonly terms: TransferTerms; readonly exitOf: (asset: number) => Exit };

function exitThrough({ inputs, pack }: Standing, { asset, terms, exitOf }: Following): Exit {
  const row = inputs.contents.assets[asset];
  const { assets, initial } = pack.packed;
  if (row === undefined || (assets.kind[asset] ?? 0) < ASSET_KIND.wrapper) return AT_ONCE;
  if (row.kind === 'debtClaim') {
    const reserve = inputs.snapshot.reserves.find((each) => `${each.venueId}/${each.marketId}` === row.marketId);
    return { hours: 0, idleFraction: reserve === undefined ? 0 : 1 - reserve.utilisationFraction, isKnown: reserve !== undefined };
  }
  const from = assets.backing.start[asset] ?? 0;
  const end = assets.backing.start[asset + 1] ?? 0;
  // Two layers of one issuer, as a wrapped form of its token, are one queue.
  const isWrapped = Array.from(assets.backing.target.subarray(from, end)).some((to) => inputs.contents.assets[to]?.issuer === row.issuer);
  const queue = row.issuer === null || isWrapped ? 0 : terms.issuers.find((each) => each.issuer === row.issuer)?.redeemHours.high;
  let below = AT_ONCE;
  let totalUsd = 0;
  let idleUsd = 0;
  for (let e = from; e < end; e += 1) {
    const target = assets.backing.target[e] ?? 0;
    const exit = exitOf(target);
    const usd = (assets.backing.weight[e] ?? 0) * (initial.priceUsd[target] ?? 0);
    totalUsd += usd;
    idleUsd += usd * exit.idleFraction;
    below = { ...below, hours: Math.max(below.hours, exit.hours), isKnown: below.isKnown && exit.isKnown };
  }
  return {
    hours: below.hours + (queue ?? Infinity),
    idleFraction: totalUsd > 0 ? idleUsd / totalUsd : 0,
    isKnown: below.isKnown && queue !== undefined && totalUsd > 0,
  };
}
