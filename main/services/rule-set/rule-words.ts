import type { Venue, VenueParameters } from '../../domain/venue.ts';
import { money, percent } from '../analysis/words.ts';
import { collateralTerms } from '../pack/pack-lending.ts';
import { modeOf } from './rule-findings.ts';

/** The rules in a few words: 'Aave v3 eMode 1, LT 95 %', 'Morpho wstETH/USDC, LLTV 86 %'; `assetId` is the collateral it is said for. */
export function rulesTitle(venue: Venue, marketId: string | null, assetId: string | null): string {
  const { parameters, name } = venue;
  const terms = assetId === null ? null : collateralTerms(parameters, marketId, assetId);
  const threshold = terms === null || terms.thresholdFraction === 0 ? null : percent(terms.thresholdFraction);
  const withTerms = (title: string, term: string): string => (threshold === null ? title : `${title}, ${term} ${threshold}`);
  switch (parameters.family) {
    case 'lendingPool': {
      const mode = modeOf(parameters, marketId);
      return withTerms(mode === undefined ? name : `${name} eMode ${mode.id.replace('emode:', '')}`, 'LT');
    }
    case 'isolatedMarket': {
      const market = parameters.markets.find((each) => each.id === marketId);
      return market === undefined ? name : withTerms(`${name} ${market.collateralAssetId}/${market.loanAssetId}`, 'LLTV');
    }
    case 'vault': {
      const type = parameters.collateralTypes.find((each) => each.id === marketId);
      return type === undefined ? name : `${name} ${type.id}, ratio ${percent(type.liquidationRatio)}`;
    }
    case 'baseMarket': {
      const market = parameters.markets.find((each) => each.id === marketId);
      return market === undefined ? name : withTerms(`${name} ${market.baseAssetId}`, 'LCF');
    }
    default:
      return name;
  }
}

/** How the venue closes an account that falls, as a sentence. */
export function closingWords(parameters: VenueParameters, marketId: string | null): string {
  switch (parameters.family) {
    case 'lendingPool': {
      const { closeFactorFraction, fullLiquidationHealthFactor, smallPositionUsd, revision } = parameters;
      const small = smallPositionUsd > 0 ? `, or smaller than ${money(smallPositionUsd)} USD` : '';
      return `Revision ${revision} closes ${percent(closeFactorFraction)} of the debt at a time, all of it below a health factor of ${fullLiquidationHealthFactor}${small}.`;
    }
    case 'isolatedMarket':
      return 'All of the debt may be repaid at once; what the collateral does not cover is borne by the lenders of this market.';
    case 'vault': {
      const type = parameters.collateralTypes.find((each) => each.id === marketId);
      return `The vault is auctioned whole with a penalty of ${percent(type?.liquidationPenaltyFraction ?? 0)}, as far as the auction limits leave room.`;
    }
    case 'baseMarket':
      return 'The account is absorbed whole; what its collateral is credited with above the debt stays with it.';
    case 'custody':
      return 'Nothing is ever liquidated here.';
    default:
      return 'Every position of the account is closed at the mark.';
  }
}
