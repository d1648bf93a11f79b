import type { PackedBook } from '../../packed/packed-book.ts';
import { overlapIndex, overlapMatrix, type OverlapIndex } from '../overlap.ts';
import { fireSaleRound } from '../vulnerable-banks.ts';
import { priceImpactPerUsd, readHolders } from './holders.ts';

/** What the market is asked to absorb when an institution fails. */
export type FailureSales = {
  readonly venues: number;
  /** Share of the depth that has gone. */
  readonly thinningFraction: number;
  /** Sold of each driver because of the failure itself, USD, >= 0. */
  readonly soldUsd: Float64Array;
  /** By own account: what it loses of its equity directly, USD, >= 0; it delevers for that too. */
  readonly directLossUsd: Float64Array;
  /** 1 = frozen with the failed institution: neither sells nor is worth more than what is recovered. */
  readonly frozen: Uint8Array;
};

/** Losses by price, USD by own account, each at most what the direct loss left of its equity. */
export type SalesOutcome = {
  /** Relative return of each driver by the sales of the failed one, and by everybody's deleveraging after it; <= 0 when all are long. */
  readonly returnFromFailed: Float64Array;
  readonly returnFromDeleveraging: Float64Array;
  readonly priceLossUsd: Float64Array;
  readonly spilloverLossUsd: Float64Array;
  /** Spillover / Σ equity of all holders. */
  readonly aggregateVulnerability: number;
};

/**
 * One round of fire sales after a failure. The failed institution's assets are sold into the depth: price × (1 − x)², x = q / (R + q) as
 * a constant product. Every other holder with leverage (exposure / equity above 1) then sells to restore it, direct losses included,
 * and prices answer linearly (Greenwood, Landier and Thesmar); holders without leverage do not sell.
 */
export function failureSales(packed: PackedBook, sales: FailureSales): SalesOutcome {
  const holders = readHolders(packed, sales.venues);
  const impact = priceImpactPerUsd(packed, sales.thinningFraction);
  const d = impact.length;
  const own = packed.accounts.count;
  const returnFromFailed = sales.soldUsd.map((sold, k) => {
    // 2 / impact is the value of the reserve.
    const kept = 1 / (1 + (sold * impact[k]!) / 2);
    return kept * kept - 1;
  });
  const held = withoutFrozen(holders.exposureUsd, sales.frozen, d);
  const assetsValue = new Float64Array(holders.count);
  const debtToEquity = new Float64Array(holders.count);
  const weights = new Float64Array(holders.count * (d + 1));
  for (let h = 0; h < holders.count; h += 1) {
    let gross = 0;
    for (let k = 0; k < d; k += 1) gross += Math.abs(held[h * d + k]!);
    const isFrozen = h < own && sales.frozen[h] === 1;
    const equity = isFrozen ? 0 : Math.max(0, holders.equityUsd[h]!);
    const value = Math.max(gross, equity);
    if (value <= 0 || equity <= 0) continue;
    assetsValue[h] = value;
    debtToEquity[h] = value / equity - 1;
    for (let k = 0; k < d; k += 1) weights[h * (d + 1) + k] = held[h * d + k]! / value;
    // The last column is what is lost directly: it falls to nothing and is sold to nobody.
    weights[h * (d + 1) + d] = h < own ? Math.min(1, sales.directLossUsd[h]! / value) : 0;
  }
  const round = fireSaleRound({
    assetsValue,
    debtToEquity,
    weights,
    priceImpact: Float64Array.from({ length: d + 1 }, (_, k) => (k < d ? impact[k]! : 0)),
    shock: Float64Array.from({ length: d + 1 }, (_, k) => (k < d ? returnFromFailed[k]! : -1)),
  });
  const priceLossUsd = new Float64Array(own);
  const spilloverLossUsd = new Float64Array(own);
  for (let h = 0; h < own; h += 1) {
    const left = Math.max(0, holders.equityUsd[h]! - sales.directLossUsd[h]!);
    let price = 0;
    for (let k = 0; k < d; k += 1) price -= held[h * d + k]! * returnFromFailed[k]!;
    priceLossUsd[h] = Math.min(left, price);
    spilloverLossUsd[h] = Math.min(left - priceLossUsd[h]!, -assetsValue[h]! * round.returnFromSales[h]!);
  }
  const returnFromDeleveraging = round.priceReturn.slice(0, d);
  const { aggregateVulnerability } = round;
  return { returnFromFailed, returnFromDeleveraging, priceLossUsd, spilloverLossUsd, aggregateVulnerability };
}

function withoutFrozen(exposureUsd: Float64Array, frozen: Uint8Array, drivers: number): Float64Array {
  return exposureUsd.map((value, at) => (frozen[Math.floor(at / drivers)] === 1 ? 0 : value));
}

/** Who hits whom through common holdings. */
export type HolderOverlap = OverlapIndex & {
  /** Holders × holders, USD: what the row loses when the column sells everything into the depth. */
  readonly overlapUsd: Float64Array;
  readonly holders: number;
};

/** Overlap of own accounts and crowds in the drivers that have a recorded market; others are left out. */
export function holderOverlap(packed: PackedBook, venues: number, thinningFraction: number): HolderOverlap {
  const holders = readHolders(packed, venues);
  const impact = priceImpactPerUsd(packed, thinningFraction);
  const kept = [...impact.keys()].filter((k) => impact[k]! > 0);
  const d = impact.length;
  const positionValueUsd = new Float64Array(holders.count * kept.length);
  for (let h = 0; h < holders.count; h += 1) {
    for (let k = 0; k < kept.length; k += 1) positionValueUsd[h * kept.length + k] = holders.exposureUsd[h * d + kept[k]!]!;
  }
  const overlapUsd = overlapMatrix({ positionValueUsd, depthUsd: Float64Array.from(kept, (k) => 1 / impact[k]!) });
  return { ...overlapIndex(overlapUsd, holders.count), overlapUsd, holders: holders.count };
}
