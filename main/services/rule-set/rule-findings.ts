import type { RuleFinding } from '../../contract/rule-set.ts';
import type { EMode, LendingPool, PoolReserve } from '../../domain/lending-rules.ts';
import type { VenueParameters } from '../../domain/venue.ts';
import { listing } from '../analysis/words.ts';

/** What an account holds or owes of one asset. */
export type Holding = { readonly assetId: string; readonly valueUsd: number; readonly isDebt: boolean };

type Findings = RuleFinding[];
type Of<Family extends VenueParameters['family']> = Extract<VenueParameters, { family: Family }>;

/**
 * What the rules of a venue say about an account's positions: assets that are not listed, not borrowable or not of the
 * efficiency mode, isolated collateral beside other collateral, debts it excludes or above its ceiling, a siloed debt beside
 * others, and collateral that counts for liquidation only; of a margin venue, what it does not take as margin.
 */
export function ruleFindings(parameters: VenueParameters, marketId: string | null, holdings: readonly Holding[]): Findings {
  switch (parameters.family) {
    case 'lendingPool':
      return poolFindings(parameters, marketId, holdings);
    case 'isolatedMarket': {
      const market = parameters.markets.find((each) => each.id === marketId);
      return market === undefined ? [unknownMarket(marketId)] : pairFindings(holdings, [market.collateralAssetId], market.loanAssetId);
    }
    case 'vault': {
      const type = parameters.collateralTypes.find((each) => each.id === marketId);
      return type === undefined ? [unknownMarket(marketId)] : pairFindings(holdings, [type.collateralAssetId], type.debtAssetId);
    }
    case 'baseMarket':
      return baseFindings(parameters, marketId, holdings);
    case 'tieredPerpetual':
    case 'standardOptions':
    case 'scenarioMargin':
    case 'standardManager':
      return holdings
        .filter((each) => !each.isDebt && !parameters.collaterals.some((taken) => taken.assetId === each.assetId))
        .map(({ assetId }) => blocking('notListed', `${assetId} is no margin here`));
    case 'custody':
      return [];
  }
}

function blocking(kind: RuleFinding['kind'], text: string): RuleFinding {
  return { kind, isBlocking: true, text };
}

function unknownMarket(marketId: string | null): RuleFinding {
  return blocking('unknownMarket', marketId === null ? 'no market is named' : `no market ${marketId}`);
}

/** Collateral and debt against what one market takes. */
function pairFindings(holdings: readonly Holding[], collateralIds: readonly string[], debtId: string): Findings {
  return holdings.flatMap(({ assetId, isDebt }) => {
    if (isDebt) return assetId === debtId ? [] : [blocking('notBorrowable', `lends ${debtId}, not ${assetId}`)];
    return collateralIds.includes(assetId) ? [] : [blocking('notListed', `${assetId} is no collateral here`)];
  });
}

function baseFindings(parameters: Of<'baseMarket'>, marketId: string | null, holdings: readonly Holding[]): Findings {
  const market = parameters.markets.find((each) => each.id === marketId);
  if (market === undefined) return [unknownMarket(marketId)];
  return pairFindings(
    holdings,
    market.collaterals.map((each) => each.assetId),
    market.baseAssetId,
  );
}

function poolFindings(pool: LendingPool, marketId: string | null, holdings: readonly Holding[]): Findings {
  const mode = modeOf(pool, marketId);
  if (marketId !== null && mode === undefined) return [blocking('unknownMarket', `no efficiency mode ${marketId}`)];
  const reserveOf = (assetId: string): PoolReserve | undefined => pool.reserves.find((reserve) => reserve.assetId === assetId);
  const collateral = holdings.filter((each) => !each.isDebt && each.valueUsd > 0);
  const debts = holdings.filter((each) => each.isDebt && each.valueUsd > 0);
  const modeTakes = (assetId: string): boolean => mode?.collateralAssetIds.includes(assetId) === true;
  const found: Findings = holdings
    .filter(({ assetId, isDebt }) => reserveOf(assetId) === undefined && (isDebt || !modeTakes(assetId)))
    .map(({ assetId }) => blocking('notListed', `${assetId} is not listed`));
  for (const { assetId } of debts) {
    if (mode !== undefined && !mode.borrowableAssetIds.includes(assetId))
      found.push(blocking('notInMode', `${assetId} not borrowable in this eMode`));
    if (mode === undefined && reserveOf(assetId)?.isBorrowable === false)
      found.push(blocking('notBorrowable', `${assetId} is not borrowable`));
  }
  if (mode !== undefined && !collateral.some(({ assetId }) => modeTakes(assetId)))
    found.push({ kind: 'nothingGained', isBlocking: false, text: 'no collateral of this eMode: thresholds stay as they are' });
  found.push(...isolationFindings(collateral, debts, reserveOf), ...siloFindings(debts, reserveOf));
  for (const { assetId } of collateral) {
    const terms = modeTakes(assetId) ? mode : reserveOf(assetId);
    if (terms?.loanToValueFraction === 0)
      found.push({ kind: 'zeroLoanToValue', isBlocking: false, text: `${assetId} keeps the account alive but lends it nothing more` });
  }
  return found;
}

/** The mode an account's market names, with or without the prefix. */
export function modeOf(pool: LendingPool, marketId: string | null): EMode | undefined {
  return pool.eModes.find((each) => marketId === each.id || `emode:${marketId ?? ''}` === each.id);
}

type ReserveOf = (assetId: string) => PoolReserve | undefined;

/** An isolated collateral stands alone, against assets borrowable in isolation, up to its ceiling (the account's own debt only). */
function isolationFindings(collateral: readonly Holding[], debts: readonly Holding[], reserveOf: ReserveOf): Findings {
  const isolated = collateral.find(({ assetId }) => (reserveOf(assetId)?.debtCeilingUsd ?? 0) > 0);
  if (isolated === undefined) return [];
  const others = collateral.filter((each) => each !== isolated).map((each) => each.assetId);
  const found: Findings = [];
  if (others.length > 0)
    found.push(blocking('isolated', `${isolated.assetId} is an isolated collateral: ${listing(others)} cannot count beside it`));
  for (const { assetId } of debts) {
    if (reserveOf(assetId)?.isBorrowableInIsolation !== true)
      found.push(blocking('notBorrowableInIsolation', `${assetId} not borrowable against isolated ${isolated.assetId}`));
  }
  const owedUsd = debts.reduce((sum, each) => sum + each.valueUsd, 0);
  const ceilingUsd = reserveOf(isolated.assetId)?.debtCeilingUsd ?? 0;
  if (owedUsd > ceilingUsd)
    found.push(
      blocking('debtCeiling', `debt of ${Math.round(owedUsd)} USD is above the ceiling of ${ceilingUsd} USD for ${isolated.assetId}`),
    );
  return found;
}

function siloFindings(debts: readonly Holding[], reserveOf: ReserveOf): Findings {
  const siloed = debts.find(({ assetId }) => reserveOf(assetId)?.isSiloed === true);
  return siloed !== undefined && debts.length > 1 ? [blocking('siloed', `${siloed.assetId} is siloed: it must be the only debt`)] : [];
}
