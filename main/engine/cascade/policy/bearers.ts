import { FAMILY } from '../../packed/packed-book.ts';
import type { PackedBook } from '../../packed/packed-book.ts';
import type { CascadeRules, RoundTrace } from '../cascade-types.ts';
import { borrowerCollateralUsd, borrowerDebtUsd } from '../liquidate-borrower.ts';
import { takesPart } from '../participants.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import { lossWaterfall } from './loss-waterfall.ts';

/** Who ends up with a cascade's bad debt, USD; fund + counterparties + users = the bad debt. */
export type Bearers = {
  readonly badDebtUsd: number;
  readonly fundUsd: number;
  /** Profitable positions closed against bankrupt ones. */
  readonly counterpartiesUsd: number;
  /** Lenders and other users of the venue, who share what is left. */
  readonly usersUsd: number;
};

/**
 * Bad debt of every venue at the final prices, through its own waterfall: fund, then counterparties where it deleverages (margin venues
 * only), then users. To be called right after `runCascade`.
 */
export function whoBears(work: CascadeWorkspace, rules: CascadeRules): Bearers {
  const { accounts } = work.packed;
  const badDebt = venueBadDebt(work, rules);
  const isMargin = new Uint8Array(badDebt.length);
  for (let a = 0; a < accounts.count; a += 1) if (accounts.family[a]! >= FAMILY.tieredPerpetual) isMargin[accounts.venue[a]!] = 1;
  let [total, fund, counterparties] = [0, 0, 0];
  for (let venue = 0; venue < badDebt.length; venue += 1) {
    const deleverages = isMargin[venue] === 1 && (rules.policy?.deleveraging ?? 0) > 0;
    const fall = lossWaterfall(badDebt[venue]!, {
      insuranceFundUsd: rules.policy?.fundUsd[venue] ?? 0,
      deleveragingCapacityUsd: deleverages ? Infinity : 0,
      participantEquityUsd: new Float64Array(0),
    });
    total += badDebt[venue]!;
    fund += fall.insuranceUsedUsd;
    counterparties += fall.deleveragedUsd;
  }
  return { badDebtUsd: total, fundUsd: fund, counterpartiesUsd: counterparties, usersUsd: total - fund - counterparties };
}

/** Bad debt by venue after a cascade, USD: borrowers' debt beyond their collateral and negative equity of closed margin accounts. */
export function venueBadDebt(work: CascadeWorkspace, rules: CascadeRules): Float64Array {
  const { lending, accounts } = work.packed;
  const venues = 1 + Math.max(-1, maximum(lending.venue), maximum(accounts.venue));
  const badDebt = new Float64Array(venues);
  const borrowers = rules.includeCrowd ? lending.count : lending.ownCount;
  for (let borrower = 0; borrower < borrowers; borrower += 1) {
    if (!takesPart(rules.participants ?? null, lending, borrower)) continue;
    badDebt[lending.venue[borrower]!]! += Math.max(0, borrowerDebtUsd(work, borrower) - borrowerCollateralUsd(work, borrower));
  }
  for (let account = 0; account < accounts.count; account += 1) {
    if (work.isClosed[account] === 1) badDebt[accounts.venue[account]!]! += Math.max(0, -work.result.equityUsd[account]!);
  }
  return badDebt;
}

function maximum(values: Int32Array): number {
  let most = -1;
  for (let i = 0; i < values.length; i += 1) if (values[i]! > most) most = values[i]!;
  return most;
}

/**
 * What liquidators of loans earned, USD, signed: what the seized collateral brought on its way to dollars, at the average prices of each
 * round, less the debt repaid. Below zero their bonus did not cover the slip. Sales into a debt's own coin count as sales into dollars.
 *
 * @param rounds the cascade's trace; final prices are read from the workspace
 */
export function liquidatorsUsd(work: CascadeWorkspace, rounds: readonly RoundTrace[]): number {
  const { packed } = work;
  const kept = new Float64Array(packed.assets.count);
  let earned = 0;
  for (let r = 0; r < rounds.length; r += 1) {
    const round = rounds[r]!;
    const next = rounds[r + 1];
    fillKept(packed, kept, {
      fromPrice: round.startPriceUsd,
      toPrice: next?.startPriceUsd ?? work.state.priceUsd,
      fromDiscount: round.startDiscountFraction,
      toDiscount: next?.startDiscountFraction ?? work.state.discountFraction,
    });
    earned -= round.repaidUsd;
    for (let asset = 0; asset < packed.assets.count; asset += 1) {
      let seized = round.crowdSoldUsd[asset]!;
      for (let a = 0; a < packed.accounts.count; a += 1) {
        if (packed.accounts.borrower[a]! >= 0) seized += round.soldByAccountUsd[a * packed.assets.count + asset]!;
      }
      earned += seized * kept[asset]!;
    }
  }
  return earned;
}

type RoundPrices = {
  readonly fromPrice: Float64Array;
  readonly toPrice: Float64Array;
  readonly fromDiscount: Float64Array;
  readonly toDiscount: Float64Array;
};

/** Share of its price at the round's start that a sale of each asset brings on average: √(end / start) per market it passes, less fees. */
function fillKept({ assets, depth }: PackedBook, kept: Float64Array, prices: RoundPrices): void {
  const { saleOrder, backing, kind } = assets;
  for (let i = saleOrder.length - 1; i >= 0; i -= 1) {
    const asset = saleOrder[i]!;
    const pool = assets.pool[asset]!;
    kept[asset] = 1;
    if (pool >= 0) {
      const level =
        kind[asset]! <= 1
          ? prices.toPrice[asset]! / prices.fromPrice[asset]!
          : (1 - prices.toDiscount[asset]!) / (1 - prices.fromDiscount[asset]!);
      const quote = depth.quote[pool]!;
      kept[asset] = Math.sqrt(Math.max(0, level)) * (1 - depth.feeFraction[pool]!) * (quote >= 0 ? kept[quote]! : 1);
      continue;
    }
    let weight = 0;
    let sum = 0;
    for (let e = backing.start[asset]!; e < backing.start[asset + 1]!; e += 1) {
      const worth = backing.weight[e]! * prices.fromPrice[backing.target[e]!]!;
      weight += worth;
      sum += worth * kept[backing.target[e]!]!;
    }
    if (weight > 0) kept[asset] = sum / weight;
  }
}
