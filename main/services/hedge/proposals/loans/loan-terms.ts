import type { VenueParameters } from '../../../../domain/venue.ts';
import { collateralTerms } from '../../../pack/pack-lending.ts';
import { hedgeAssumptions } from '../../assumptions.ts';
import { heldQuantity } from '../../hedge-book.ts';
import type { HedgeBook } from '../../hedge-book.ts';
import type { SharedLimit } from '../proposal.ts';

/** A loan of the book: an account at a lending venue, with the market or mode it is in. */
export type Loan = {
  readonly accountId: string;
  readonly venueId: string;
  readonly marketId: string | null;
  readonly parameters: VenueParameters;
};

const lendingFamilies: ReadonlySet<string> = new Set(['lendingPool', 'isolatedMarket', 'vault', 'baseMarket']);

/** Every account of the book at a venue that lends. */
export function loansOf(book: HedgeBook): readonly Loan[] {
  return book.contents.accounts.flatMap(({ id, venueId, marketId }): Loan[] => {
    const parameters = book.venueOf(id)?.parameters;
    return parameters !== undefined && lendingFamilies.has(parameters.family) ? [{ accountId: id, venueId, marketId, parameters }] : [];
  });
}

/** Whether an asset counts as collateral of a loan, and may be added to what is there already. */
export function takesCollateral({ parameters, marketId }: Loan, assetId: string): boolean {
  if (parameters.family === 'lendingPool') {
    const reserve = parameters.reserves.find((each) => each.assetId === assetId);
    // An isolated collateral stands alone or not at all.
    if (reserve !== undefined && reserve.debtCeilingUsd > 0) return false;
  }
  return collateralTerms(parameters, marketId, assetId).initialFraction > 0;
}

/** Whether a loan may draw an asset by the venue's rules; whether there is any of it to draw is another question. */
export function mayBorrow({ parameters, marketId }: Loan, assetId: string): boolean {
  switch (parameters.family) {
    case 'lendingPool': {
      const mode = parameters.eModes.find(({ id }) => marketId === id || marketId === `emode:${id}`);
      if (mode !== undefined) return mode.borrowableAssetIds.includes(assetId);
      const reserve = parameters.reserves.find((each) => each.assetId === assetId);
      return reserve !== undefined && reserve.isBorrowable && !reserve.isSiloed;
    }
    case 'isolatedMarket':
      return parameters.markets.find((each) => each.id === marketId)?.loanAssetId === assetId;
    case 'vault':
      return parameters.collateralTypes.find((each) => each.id === marketId)?.debtAssetId === assetId;
    case 'baseMarket':
      return parameters.markets.find((each) => each.id === marketId)?.baseAssetId === assetId;
    default:
      return false;
  }
}

type Reserve = HedgeBook['snapshot']['reserves'][number];

function reserveOf(book: HedgeBook, loan: Loan, assetId: string): Reserve | undefined {
  const places: ReadonlySet<string> = new Set([loan.parameters.family === 'isolatedMarket' ? (loan.marketId ?? '') : 'pool']);
  return book.snapshot.reserves.find(
    (each) => each.venueId === loan.venueId && each.assetId === assetId && (places.has(each.marketId) || each.marketId === loan.marketId),
  );
}

/**
 * What may be drawn of an asset: a share of what the pool has idle, which is the known borrowers' debt × (1 / utilisation − 1).
 *
 * @returns null where no utilisation is recorded: what cannot be known to be there is not drawn
 */
export function idleToDraw(book: HedgeBook, loan: Loan, assetId: string): SharedLimit | null {
  const reserve = reserveOf(book, loan, assetId);
  if (reserve === undefined || !(reserve.utilisationFraction > 0)) return null;
  const lent = debtAt(book, loan, assetId);
  const priceUsd = priceOf(book, assetId);
  if (priceUsd === null) return null;
  const idleUsd = lent * priceUsd * (1 / reserve.utilisationFraction - 1);
  const place = book.venueOf(loan.accountId)?.name ?? loan.venueId;
  return {
    name: `idle ${assetId} of ${place}${loan.parameters.family === 'isolatedMarket' ? ` ${loan.marketId ?? ''}` : ''}`,
    mostUsd: hedgeAssumptions.idleShare * idleUsd,
  };
}

/** Units of an asset that known borrowers owe where a loan would draw it. */
function debtAt(book: HedgeBook, loan: Loan, assetId: string): number {
  const isIsolated = loan.parameters.family === 'isolatedMarket';
  let owed = 0;
  for (const account of book.contents.accounts) {
    if (account.venueId !== loan.venueId || (isIsolated && account.marketId !== loan.marketId)) continue;
    owed -= Math.min(0, heldQuantity(book, { accountId: account.id, instrumentId: `borrowed:${assetId}` }));
  }
  const collateral =
    loan.parameters.family === 'isolatedMarket' ? loan.parameters.markets.find(({ id }) => id === loan.marketId)?.collateralAssetId : null;
  for (const crowd of book.snapshot.crowd) {
    if (crowd.venueId !== loan.venueId || (isIsolated && crowd.collateral[0]?.assetId !== collateral)) continue;
    for (const debt of crowd.debt) if (debt.assetId === assetId) owed += debt.quantity;
  }
  return owed;
}

/** Quoted price, or that of what an asset is one for one; null for what has neither. */
function priceOf(book: HedgeBook, assetId: string): number | null {
  const quote = book.snapshot.quotes.find((each) => each.assetId === assetId)?.priceUsd;
  if (quote !== undefined) return quote;
  const backing = book.assets.get(assetId)?.backing ?? [];
  const only = backing.length === 1 ? backing[0] : undefined;
  const under = only === undefined ? null : priceOf(book, only.assetId);
  return under === null || only === undefined ? null : under * Number(only.quantityPerUnit);
}

/** What a debt costs more than another over the time a hedge is kept, share of the amount; nothing is credited where it costs less or is not recorded. */
export function extraCarry(book: HedgeBook, from: { loan: Loan; assetId: string }, to: { loan: Loan; assetId: string }): number {
  const was = reserveOf(book, from.loan, from.assetId)?.borrowRatePerYear;
  const is = reserveOf(book, to.loan, to.assetId)?.borrowRatePerYear;
  if (was === undefined || is === undefined) return 0;
  return (Math.max(0, is - was) * hedgeAssumptions.hedgeDays) / 365;
}
