import type { RequirementFamily, Venue } from '../../domain/venue.ts';
import { ruleFindings, type Holding } from './rule-findings.ts';
import type { RuleSubject } from './rule-subject.ts';

/** A market to which the positions could be moved as they are. */
export type VenueMove = { readonly venue: Venue; readonly marketId: string | null };

/** Families that margin options; they take each other's accounts, and perpetual venues take each other's. */
const OPTIONS: readonly RequirementFamily[] = ['standardOptions', 'scenarioMargin', 'standardManager'];
const LENDING: readonly RequirementFamily[] = ['lendingPool', 'isolatedMarket', 'vault', 'baseMarket'];

/**
 * Other markets of compatible venues: for borrowers every lending market that takes one of the collaterals and lends one of the
 * debts; for margin accounts every venue of the same kind that margins all their underlyings. The book's own venues come before
 * those that are only shipped with the product.
 */
export function venueMoves(subject: RuleSubject): VenueMove[] {
  const { contents, account, venue, shippedVenues } = subject;
  const known = new Set(contents.venues.map((each) => each.id));
  const all = [...contents.venues, ...shippedVenues.filter((each) => !known.has(each.id))];
  const { family } = venue.parameters;
  if (LENDING.includes(family)) {
    return all
      .flatMap((each) => lendingMarkets(each, subject.holdings))
      .filter((move) => move.venue.id !== venue.id || (family !== 'lendingPool' && move.marketId !== account.marketId));
  }
  return all.filter((each) => each.id !== venue.id && isSameKind(each, subject)).map((each) => ({ venue: each, marketId: null }));
}

/** Markets of a lending venue that share a collateral and a debt with the account; of a pool also the modes it gains by. */
function lendingMarkets(venue: Venue, holdings: readonly Holding[]): VenueMove[] {
  const { parameters } = venue;
  const owes = (assetId: string): boolean => holdings.some((each) => each.isDebt && each.assetId === assetId);
  const owns = (assetId: string): boolean => holdings.some((each) => !each.isDebt && each.assetId === assetId);
  const at = (marketId: string | null): VenueMove => ({ venue, marketId });
  switch (parameters.family) {
    case 'lendingPool':
      if (!parameters.reserves.some((each) => owns(each.assetId)) || !parameters.reserves.some((each) => owes(each.assetId))) return [];
      return [
        at(null),
        ...parameters.eModes.filter((mode) => ruleFindings(parameters, mode.id, holdings).length === 0).map((mode) => at(mode.id)),
      ];
    case 'isolatedMarket':
      return parameters.markets.filter((each) => owns(each.collateralAssetId) && owes(each.loanAssetId)).map((each) => at(each.id));
    case 'vault':
      return parameters.collateralTypes.filter((each) => owns(each.collateralAssetId) && owes(each.debtAssetId)).map((each) => at(each.id));
    case 'baseMarket':
      return parameters.markets
        .filter((each) => owes(each.baseAssetId) && each.collaterals.some((collateral) => owns(collateral.assetId)))
        .map((each) => at(each.id));
    default:
      return [];
  }
}

/** Whether a venue margins the same kind of contract in every underlying of the account. */
function isSameKind(other: Venue, { venue, underlyingIds }: RuleSubject): boolean {
  const listed = underlyingsOf(other);
  const own = underlyingsOf(venue);
  if (listed === null || own === null || underlyingIds.length === 0) return false;
  const hasOptions = (each: Venue): boolean => OPTIONS.includes(each.parameters.family);
  return hasOptions(other) === hasOptions(venue) && underlyingIds.every((id) => listed.includes(id));
}

function underlyingsOf({ parameters }: Venue): readonly string[] | null {
  switch (parameters.family) {
    case 'tieredPerpetual':
    case 'scenarioMargin':
    case 'standardManager':
      return parameters.markets.map((each) => each.underlyingId);
    case 'standardOptions':
      return parameters.future.map((each) => each.underlyingId);
    default:
      return null;
  }
}
