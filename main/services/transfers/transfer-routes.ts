import type { TransferTerms, VenueTransfers } from '../../domain/system.ts';
import type { TransferProblem, TransferRoute } from '../../engine/contagion/transfers/transfer-program.ts';
import type { AccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { ASSET_KIND, FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';

/** What a route moves, by packed position. */
export type NamedRoute = {
  readonly sourcePosition: number;
  readonly targetPosition: number;
  readonly minutes: number;
  readonly feeUsd: number;
};

/** A transfer problem with the way back to names. */
export type TransferSetting = {
  readonly problem: TransferProblem;
  readonly named: readonly NamedRoute[];
  readonly lateRoutes: number;
};

/** Where the book stands at the shock. */
export type ShockStand = {
  readonly now: AccountMeasures;
  /** At the prices after the joint cascade, positions intact, by account. */
  readonly excessUsd: Float64Array;
  /** By asset, after the joint cascade. */
  readonly priceUsd: Float64Array;
};

/** What is planned for. */
export type TransferWish = { readonly horizonHours: number; readonly bufferFraction: number };

const HOURS_PER_DAY = 24;
/** One basis point: idle collateral goes first, since taking it brings no account nearer to its liquidation. */
const RELUCTANCE = 1e-4;

/** Every way of a holding to an account that lacks something at the shock and that holds, or owes, a form of the same thing. */
// A book, where it stands, what moving takes, and what is wished.
// eslint-disable-next-line @typescript-eslint/max-params -- see above
export function transferRoutes(
  { inputs, pack }: { readonly inputs: AnalysisInputs; readonly pack: PackResult },
  stand: ShockStand,
  terms: TransferTerms,
  wish: TransferWish,
): TransferSetting {
  const { positions, accounts, initial } = pack.packed;
  const bufferUsd = stand.now.requirementUsd.map((required) => wish.bufferFraction * required);
  const isShort = stand.excessUsd.map((excess, a) => (isJudged(pack, a) && excess < (bufferUsd[a] ?? 0) ? 1 : 0));
  const sources = rowsWhere(positions.count, (p) => isMovable(pack, p));
  const targets = rowsWhere(positions.count, (p) => isShort[positions.account[p] ?? 0] === 1 && takesCollateral(pack, p));
  const debts = targets.filter((p) => positions.kind[p] === POSITION_KIND.debt);
  const priceOf = (p: number): number => initial.priceUsd[positions.asset[p] ?? 0] ?? 0;
  const growth = (p: number): number => (stand.priceUsd[positions.asset[p] ?? 0] ?? 0) / priceOf(p);
  const termsOf = (p: number): VenueTransfers => venueTerms(terms, pack.venueIds[accounts.venue[positions.account[p] ?? 0] ?? 0]);
  const routes: TransferRoute[] = [];
  const named: NamedRoute[] = [];
  let lateRoutes = 0;
  sources.forEach((source, s) => {
    for (const target of targets) {
      const [from, to] = [positions.account[source] ?? 0, positions.account[target] ?? 0];
      const isSame = positions.asset[source] === positions.asset[target];
      if (from === to || thingOf(pack, source) !== thingOf(pack, target)) continue;
      const minutes = routeMinutes(terms, { from: termsOf(source), to: termsOf(target), isSame });
      if (minutes > wish.horizonHours * 60) {
        lateRoutes += 1;
        continue;
      }
      const arrivesFraction = isSame ? 1 : 1 - terms.swap.costFraction;
      const isDebt = positions.kind[target] === POSITION_KIND.debt;
      const isFree = accounts.family[from] === FAMILY.custody;
      routes.push({
        source: s,
        from,
        limit: accounts.venue[from] ?? -1,
        to,
        sink: isDebt ? debts.indexOf(target) : -1,
        takesAtShock: isFree ? 0 : growth(source) * (positions.collateralFraction[source] ?? 1),
        takesNow: isFree ? 0 : openingFraction(pack, source),
        bringsAtShock: arrivesFraction * growth(target) * (isDebt ? 1 : (positions.collateralFraction[target] ?? 0)),
        arrivesFraction,
        reluctanceFraction: isFree ? 0 : RELUCTANCE,
      });
      const gasUsd = inputs.scenarioSet.gasUsd * (isSame ? 1 : 2);
      named.push({ sourcePosition: source, targetPosition: target, minutes, feeUsd: termsOf(source).withdrawFeeUsd + gasUsd });
    }
  });
  const days = wish.horizonHours / HOURS_PER_DAY;
  return {
    problem: {
      routes,
      availableUsd: Float64Array.from(sources, (p) => (positions.quantity[p] ?? 0) * priceOf(p)),
      limitUsd: Float64Array.from(pack.venueIds, (id) => venueTerms(terms, id).dailyLimitUsd.low * days),
      sinkUsd: Float64Array.from(debts, (p) => -(positions.quantity[p] ?? 0) * priceOf(p)),
      excessUsd: stand.excessUsd.map((excess, a) => (isJudged(pack, a) ? excess : Infinity)),
      bufferUsd: bufferUsd.map((buffer, a) => (isJudged(pack, a) ? buffer : 0)),
      openingExcessUsd: Float64Array.from(accounts.family, (_, a) => openingExcess(pack, stand.now, a)),
    },
    named,
    lateRoutes,
  };
}

/** The terms of a venue, or those of one without an entry. */
export function venueTerms(terms: TransferTerms, venueId: string | undefined): VenueTransfers {
  return terms.venues.find((each) => each.venueId === venueId) ?? terms.unknown;
}

/** Time from one venue into another, in another form where it is to become one; the slow end of each step. Minutes. */
export function routeMinutes(
  { swap }: TransferTerms,
  { from, to, isSame }: { readonly from: VenueTransfers; readonly to: VenueTransfers; readonly isSame: boolean },
): number {
  return from.withdrawMinutes.high + to.depositMinutes.high + (isSame ? 0 : swap.minutes.high);
}

/** Whether an account can be liquidated at all. */
export function isJudged({ packed }: PackResult, account: number): boolean {
  return packed.accounts.family[account] !== FAMILY.custody;
}

/** Whether the venue's rules could net the account with others: margin accounts by contract; a loan stands against its own collateral. */
export function canNet({ packed }: PackResult, account: number): boolean {
  return (packed.accounts.family[account] ?? 0) >= FAMILY.tieredPerpetual;
}

function rowsWhere(count: number, holds: (position: number) => boolean): number[] {
  return Array.from({ length: count }, (_, p) => p).filter(holds);
}

/** A priced holding that can be sent away; shares of vaults and claims on lenders cannot be had back in time. */
function isMovable({ packed }: PackResult, p: number): boolean {
  const { positions, assets } = packed;
  const kind = assets.kind[positions.asset[p] ?? 0] ?? 0;
  return (
    positions.kind[p] === POSITION_KIND.holding &&
    (positions.quantity[p] ?? 0) > 0 &&
    positions.isUnpriced[p] === 0 &&
    kind <= ASSET_KIND.wrapper
  );
}

/** A debt to be repaid, or a holding that already counts as collateral. */
function takesCollateral(pack: PackResult, p: number): boolean {
  const { positions } = pack.packed;
  if (positions.isUnpriced[p] === 1) return false;
  if (positions.kind[p] === POSITION_KIND.debt) return (positions.quantity[p] ?? 0) < 0;
  return positions.kind[p] === POSITION_KIND.holding && (positions.collateralFraction[p] ?? 0) > 0 && isMovable(pack, p);
}

/** The base asset that most of a position's asset looks through to; −1 for dollars. */
function thingOf({ packed }: PackResult, p: number): number {
  const { assets, positions, initial } = packed;
  const asset = positions.asset[p] ?? 0;
  let best = -1;
  let most = 0;
  for (let base = 0; base < assets.count; base += 1) {
    const value = (assets.lookThroughUnits[asset * assets.count + base] ?? 0) * (initial.priceUsd[base] ?? 0);
    if (assets.kind[base] === ASSET_KIND.base && value > most) {
      most = value;
      best = base;
    }
  }
  return best;
}

function isLending(family: number): boolean {
  return family >= FAMILY.lendingPool && family <= FAMILY.baseMarket;
}

/** How much of the opening excess a dollar of a holding makes up: loan-to-value in lending. */
export function openingFraction({ packed }: PackResult, p: number): number {
  const { positions, accounts } = packed;
  const family = accounts.family[positions.account[p] ?? 0] ?? 0;
  return (isLending(family) ? positions.initialFraction[p] : positions.collateralFraction[p]) ?? 1;
}

/** What an account has above its opening requirement, on the scale of {@link openingFraction}. */
export function openingExcess({ packed }: PackResult, now: AccountMeasures, account: number): number {
  const { accounts, positions, initial } = packed;
  const family = accounts.family[account] ?? 0;
  if (family === FAMILY.custody) return Infinity;
  if (!isLending(family)) return (now.resourcesUsd[account] ?? 0) - (now.initialRequirementUsd[account] ?? 0);
  let excess = -(now.requirementUsd[account] ?? 0);
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    if (positions.kind[p] !== POSITION_KIND.holding) continue;
    excess += (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0) * (positions.initialFraction[p] ?? 0);
  }
  return excess;
}
