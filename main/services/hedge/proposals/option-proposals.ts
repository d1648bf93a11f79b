import type { OptionInstrument } from '../../../domain/instrument.ts';
import type { Listing } from '../../../domain/snapshot.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { heldQuantity, holdingsOf } from '../hedge-book.ts';
import type { HedgeBook } from '../hedge-book.ts';
import type { Proposal } from './proposal.ts';

/** Which options are looked at: 7 to 120 days, strikes within 30 % of the forward, with a market on both sides and open interest. */
const choice = { leastDays: 7, mostDays: 120, leastMoneyness: 0.7, mostMoneyness: 1.3, perAccount: 20 } as const;

const dayMs = 86_400_000;

/** Options to buy in each account kept in the options' own coin: the most liquid ones, and those it is short of. */
export function optionProposals(book: HedgeBook): readonly Proposal[] {
  return book.contents.accounts.flatMap((account) => {
    const parameters = book.venueOf(account.id)?.parameters;
    if (parameters === undefined || !('optionFeeFraction' in parameters)) return [];
    const payer = holdingsOf(book, account.id).find((holding) => holding.assetId === account.settlementAssetId);
    if (!payer) return [];
    const options = book.snapshot.listings.filter((listing): listing is OptionListing =>
      isEligible(book, listing, { venueId: account.venueId, assetId: payer.assetId }),
    );
    const ranked = [...options].sort((a, b) => liquidity(b) - liquidity(a) || (a.instrument.id < b.instrument.id ? -1 : 1));
    return ranked.slice(0, choice.perAccount).flatMap((listing) => {
      const fee = { fraction: parameters.optionFeeFraction, cap: parameters.optionFeeCapFraction };
      return purchases(book, listing, { accountId: account.id, payerInstrumentId: payer.instrumentId, fee });
    });
  });
}

type OptionListing = Listing & {
  readonly instrument: OptionInstrument;
  readonly bid: number;
  readonly ask: number;
  readonly mark: number;
  readonly openInterest: number;
};

function isEligible(book: HedgeBook, listing: Listing, place: { venueId: string; assetId: string }): listing is OptionListing {
  const { instrument, bid, ask, mark, openInterest } = listing;
  if (instrument.kind !== 'option' || instrument.venueId !== place.venueId || instrument.settlementAssetId !== place.assetId) return false;
  if (bid === null || ask === null || mark === null || openInterest === null || !(bid > 0) || !(ask > bid) || !(openInterest > 0))
    return false;
  const days = (Date.parse(instrument.expiry) - Date.parse(book.snapshot.asOf)) / dayMs;
  const moneyness = Number(instrument.strike) / listing.underlyingPriceUsd;
  return days >= choice.leastDays && days <= choice.mostDays && moneyness >= choice.leastMoneyness && moneyness <= choice.mostMoneyness;
}

/** Open interest weighed down by the spread: what could be bought for how much of its price. */
function liquidity(listing: OptionListing): number {
  return (listing.openInterest * listing.mark) / (0.02 + (listing.ask - listing.bid) / listing.mark);
}

type Place = {
  readonly accountId: string;
  readonly payerInstrumentId: string;
  readonly fee: { readonly fraction: number; readonly cap: number };
};

function purchases(book: HedgeBook, listing: OptionListing, place: Place): readonly Proposal[] {
  const { instrument } = listing;
  const row = { accountId: place.accountId, instrumentId: instrument.id };
  const held = heldQuantity(book, row);
  const size = Number(instrument.contractSize);
  // Inverse options are quoted in coin, linear ones in dollars; the fee is a share of the coin either way.
  const quoteUsd = instrument.settlement === 'inverse' ? listing.underlyingPriceUsd : 1;
  const feeUsd = Math.min(place.fee.fraction * listing.underlyingPriceUsd, place.fee.cap * listing.ask * quoteUsd);
  const unitUsd = (Math.max(0, listing.ask - listing.mark) * quoteUsd + feeUsd) * size;
  const units = (hedgeAssumptions.openInterestShare * listing.openInterest) / size;
  const purchase = (isReducing: boolean): Proposal => ({
    id: `${isReducing ? 'close' : 'open'}:buy:${place.accountId}:${instrument.id}`,
    kind: 'trade',
    side: 'buy',
    target: row,
    sign: 1,
    payer: { accountId: place.accountId, instrumentId: place.payerInstrumentId },
    assetId: null,
    isReducing,
    cost: { kind: 'usd', value: unitUsd },
    gasUsd: 0,
    lot: instrument.lotSize,
    most: isReducing ? -held : Number.POSITIVE_INFINITY,
    depth: {
      units,
      text: `${Math.round(hedgeAssumptions.openInterestShare * 100)} % of the open interest`,
      recorded: { kind: 'openInterest', usd: listing.openInterest * listing.underlyingPriceUsd },
    },
  });
  return held < 0 ? [purchase(true)] : [purchase(false)];
}
