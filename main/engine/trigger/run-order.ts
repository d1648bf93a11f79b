import { randomUniform } from '../math/random.ts';
import { liquidationCostUsd, type AccountPath, type TriggerAccount } from './account-path.ts';

/** How an order is carried out. */
export type OrderTerms = {
  /** Whether what is repaid comes from selling collateral, or from cash. */
  readonly fromCollateral: boolean;
  readonly cashUsd: number;
  /** Looks from the one that sets it off to the first attempt, at least 1: nobody acts in the look itself. */
  readonly latencyLooks: number;
  /** Chance that an attempt does not come through: the keeper is late, gas too dear, the oracle stale. */
  readonly missFraction: number;
  /** Of what is repaid. */
  readonly keeperFeeFraction: number;
  /** Per attempt that comes through. */
  readonly gasUsd: number;
  /** An attempt with more slippage than this reverts; the next look tries again. */
  readonly slippageCapFraction: number;
  /** Coins of the collateral that the market holds, as a constant product against dollars; Infinity = sold at no slippage. */
  readonly reserveQuantity: number;
  readonly poolFeeFraction: number;
};

/** Places of what one path of an order is told by. */
export const ORDER_STAT = {
  costUsd: 0,
  squaredCost: 1,
  orderCostUsd: 2,
  liquidationCostUsd: 3,
  liquidated: 4,
  executions: 5,
  fired: 6,
  missed: 7,
  slipped: 8,
  recovered: 9,
  tooSmall: 10,
  overtaken: 11,
} as const;
export const ORDER_STATS = 12;

/** Stream of the attempts, apart from every other use of a seed. */
const STREAM = 81;
/** Looks of a path are numbered below this. */
const MOST_LOOKS = 4096;
/** Rounds in which size and slippage settle on each other. */
const SIZING_ROUNDS = 12;

const sized = { repaidUsd: 0, soldUsd: 0 };

/**
 * One path of the order "below health X repay up to Y": at every look a health below 1 is liquidated and ends the path; an order set off
 * earlier and due tries to execute, if the health is still below X; otherwise a health below X sets it off. Adds to the statistics.
 *
 * @param trigger X; 0 = no order
 * @param target Y > X
 */
export function runOrder(
  path: AccountPath,
  account: TriggerAccount,
  terms: OrderTerms,
  order: { readonly trigger: number; readonly target: number; readonly seed: number; readonly draw: number },
  stats: Float64Array,
  at: number,
): void {
  const { trigger, target } = order;
  let collateral = account.collateralQuantity;
  let debt = account.debtQuantity;
  let cash = terms.cashUsd;
  let due = -1;
  let cost = 0;
  let hasFired = false;
  for (let look = 0; look < path.debtPriceUsd.length; look += 1) {
    const ownUsd = collateral * path.collateralPriceUsd[look]!;
    const owedUsd = debt * path.debtPriceUsd[look]!;
    const weighted = path.otherWeightedUsd[look]! + ownUsd * account.collateralThreshold;
    const debtUsd = path.otherDebtUsd[look]! + owedUsd;
    const health = debtUsd > 0 ? weighted / debtUsd : Infinity;
    if (!(health >= 1)) {
      const loss = liquidationCostUsd(account, ownUsd + path.otherUsd[look]!, debtUsd, health);
      stats[at + ORDER_STAT.liquidated]! += 1;
      stats[at + ORDER_STAT.liquidationCostUsd]! += loss;
      if (due >= 0) stats[at + ORDER_STAT.overtaken]! += 1;
      cost += loss;
      break;
    }
    if (health >= trigger) {
      if (due >= 0 && look >= due) {
        stats[at + ORDER_STAT.recovered]! += 1;
        due = -1;
      }
      continue;
    }
    if (due < 0) {
      due = look + terms.latencyLooks;
      if (!hasFired) stats[at + ORDER_STAT.fired]! += 1;
      hasFired = true;
      continue;
    }
    if (look < due) continue;
    if (randomUniform(order.seed, order.draw * MOST_LOOKS + look, STREAM) < terms.missFraction) {
      stats[at + ORDER_STAT.missed]! += 1;
      continue;
    }
    const status = sizeOrder(terms, { weighted, debtUsd, ownUsd, owedUsd, cash }, account.collateralThreshold, {
      target,
      reserveUsd: terms.reserveQuantity * path.collateralPriceUsd[look]!,
    });
    if (status !== ORDER_STAT.executions) {
      stats[at + status]! += 1;
      continue;
    }
    const paid =
      terms.keeperFeeFraction * sized.repaidUsd +
      terms.gasUsd +
      (terms.fromCollateral ? sized.soldUsd - (1 + terms.keeperFeeFraction) * sized.repaidUsd : 0);
    stats[at + ORDER_STAT.executions]! += 1;
    stats[at + ORDER_STAT.orderCostUsd]! += paid;
    cost += paid;
    collateral -= sized.soldUsd / path.collateralPriceUsd[look]!;
    debt -= sized.repaidUsd / path.debtPriceUsd[look]!;
    if (!terms.fromCollateral) cash -= sized.repaidUsd * (1 + terms.keeperFeeFraction);
    due = -1;
  }
  stats[at + ORDER_STAT.costUsd]! += cost;
  stats[at + ORDER_STAT.squaredCost]! += cost * cost;
}

type Now = {
  readonly weighted: number;
  readonly debtUsd: number;
  readonly ownUsd: number;
  readonly owedUsd: number;
  readonly cash: number;
};

/**
 * The smallest repayment that brings the health to Y: from cash D − S/Y; from collateral (Y·D − S)/(Y − LT·g), where selling r·g pays for r:
 * g = (1 + fee) / (1 − pool fee) × R / (R − r) on a constant product of R dollars, found together with r.
 *
 * @returns which statistic the attempt counts for; `executions` with the size in `sized`
 * Source: the closed forms of engine/hedge/collateral-action.ts, with slippage by size.
 */
function sizeOrder(
  terms: OrderTerms,
  now: Now,
  threshold: number,
  { target, reserveUsd }: { readonly target: number; readonly reserveUsd: number },
): number {
  const { weighted, debtUsd, ownUsd, owedUsd, cash } = now;
  if (!terms.fromCollateral) {
    const repaid = debtUsd - weighted / target;
    if (repaid > owedUsd || repaid * (1 + terms.keeperFeeFraction) > cash) return ORDER_STAT.tooSmall;
    sized.repaidUsd = repaid;
    sized.soldUsd = 0;
    return ORDER_STAT.executions;
  }
  const gap = target * debtUsd - weighted;
  const base = (1 + terms.keeperFeeFraction) / (1 - terms.poolFeeFraction);
  let repaid = 0;
  let gross = base;
  for (let round = 0; round < SIZING_ROUNDS; round += 1) {
    const effect = target - threshold * gross;
    if (!(effect > 0)) break;
    repaid = gap / effect;
    if (!(repaid < reserveUsd)) return ORDER_STAT.slipped;
    gross = base / (1 - repaid / reserveUsd);
  }
  // Where selling costs more than the cap it is the cap that stops it, whatever else would.
  if (gross / (1 + terms.keeperFeeFraction) - 1 > terms.slippageCapFraction) return ORDER_STAT.slipped;
  if (!(target > threshold * gross) || repaid > owedUsd || repaid * gross > ownUsd) return ORDER_STAT.tooSmall;
  sized.repaidUsd = repaid;
  sized.soldUsd = repaid * gross;
  return ORDER_STAT.executions;
}
