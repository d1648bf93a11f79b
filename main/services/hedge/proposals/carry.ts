import type { PackedCandidate } from '../../../engine/hedge/packed-candidate.ts';
import { basisCost, decayCost, fundingCost } from '../../../engine/hedge/carry-cost.ts';
import { varianceOf } from '../../../engine/risk/path-risk.ts';
import type { Shock } from '../../../domain/scenario.ts';
import type { PackResult } from '../../pack.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { HedgeBook } from '../hedge-book.ts';
import type { Proposal } from './proposal.ts';

/** What the carry of a candidate is worked out from. */
export type CarryGround = { readonly book: HedgeBook; readonly pack: PackResult; readonly days: readonly Shock[] };

const DAYS_PER_YEAR = 365;

/**
 * What keeping one unit of a contract is expected to cost over the time a hedge is kept, USD, >= 0: funding of a perpetual, the way of a dated
 * future's price to that of its underlying, time decay of an option less what it earns by moving. 0 for cash and coins.
 */
export function carryUsd({ book, pack, days }: CarryGround, { kind, target, sign }: Proposal, priced: PackedCandidate): number {
  const instrument = book.instrument(target.instrumentId);
  if (kind !== 'trade' || instrument === undefined || !('underlyingId' in instrument)) return 0;
  const { positions } = pack.packed;
  const row = priced.targetRow;
  const { hedgeDays, usualFunding, fundingPersistence } = hedgeAssumptions;
  switch (instrument.kind) {
    case 'perpetual': {
      const rate = book.snapshot.funding.find((each) => each.instrumentId === instrument.id)?.rateFraction ?? null;
      return priced.notionalUsd * fundingCost(rate, sign, hedgeDays, { usual: usualFunding, persistence: fundingPersistence });
    }
    case 'future': {
      const years = (Date.parse(instrument.expiry) - Date.parse(book.snapshot.asOf)) / (DAYS_PER_YEAR * DAY_MS);
      return priced.notionalUsd * basisCost(positions.forwardRatio[row] ?? 1, years, sign, hedgeDays);
    }
    case 'option':
      return decayCost(pack.packed, row, sign, hedgeDays, yearlyVolatility(days, instrument.underlyingId));
  }
}

const DAY_MS = 86_400_000;

/** Volatility of an asset over the days of the loss distribution, a year; 0 where it is no driver of theirs, so that decay counts whole. */
export function yearlyVolatility(days: readonly Shock[], assetId: string): number {
  return Math.sqrt(varianceOf(Float64Array.from(days, ({ moves }) => moves[assetId] ?? 0)) * DAYS_PER_YEAR);
}
