import type { RuleEdit } from '../../contract/rule-set.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { venueParameters, type Venue, type VenueParameters } from '../../domain/venue.ts';
import { venueProblem } from '../../market/venue-file.ts';
import { gridRules, managerRules, optionRules, tierRules } from './editable-margin-rules.ts';
import { modeOf } from './rule-findings.ts';
import { fractionRule, replaced, type Of, type RuleHandle, type RuleReach } from './rule-handle.ts';

/** The rules that may be tried with another value, the most telling first. */
export function editableRules({ parameters }: Venue, reach: RuleReach): RuleHandle[] {
  switch (parameters.family) {
    case 'lendingPool':
      return poolRules(parameters, reach);
    case 'isolatedMarket':
      return parameters.markets.flatMap((market, at) =>
        market.id !== reach.marketId
          ? []
          : [
              fractionRule(
                { key: 'lltv', label: `LLTV of ${market.collateralAssetId}` },
                market.liquidationLoanToValueFraction,
                (value) => ({
                  ...parameters,
                  markets: replaced(parameters.markets, at, { ...market, liquidationLoanToValueFraction: value }),
                }),
              ),
            ],
      );
    case 'vault':
      return vaultRules(parameters, reach);
    case 'baseMarket':
      return baseRules(parameters, reach);
    case 'tieredPerpetual':
      return tierRules(parameters, reach);
    case 'standardOptions':
      return optionRules(parameters, reach);
    case 'scenarioMargin':
      return gridRules(parameters, reach);
    case 'standardManager':
      return managerRules(parameters, reach);
    default:
      return [];
  }
}

/**
 * The venue with one rule changed. 'invalidValue' for a rule that cannot be edited and for a value that the venue's schema or
 * its own consistency refuses; the message names the rule.
 */
export function editedVenue(venue: Venue, rules: readonly RuleHandle[], { key, value }: RuleEdit): Result<Venue> {
  const rule = rules.find((each) => each.key === key);
  if (rule === undefined) {
    const known = rules.map((each) => each.key).join(', ');
    return fail('invalidValue', `${venue.name} has no rule ${key} that reaches this account`, {
      remedy: known === '' ? 'It has no rule that can be edited.' : `It has: ${known}.`,
    });
  }
  const refused = (why: string): Result<never> =>
    fail('invalidValue', `${rule.label} of ${value} is out of range: ${why}`, {
      remedy: 'Nothing was changed; try another value.',
      where: { column: key, value: String(value) },
    });
  const parsed = venueParameters.safeParse(rule.change(value));
  if (!parsed.success) return refused(parsed.error.issues.map((issue) => issue.message).join('; '));
  const edited = { ...venue, parameters: parsed.data };
  const problem = venueProblem(edited);
  return problem === null ? succeed(edited) : refused(problem.message);
}

type PoolTerms = { readonly loanToValueFraction: number; readonly liquidationThresholdFraction: number };

/** A loan-to-value never stays above its threshold: who lowers the one lowers the other. */
function withThreshold<Row extends PoolTerms>(row: Row, value: number): Row {
  return { ...row, liquidationThresholdFraction: value, loanToValueFraction: Math.min(row.loanToValueFraction, value) };
}

function poolRules(pool: Of<'lendingPool'>, { marketId, assetIds }: RuleReach): RuleHandle[] {
  const mode = modeOf(pool, marketId);
  const modeAt = mode === undefined ? -1 : pool.eModes.indexOf(mode);
  const rules: RuleHandle[] = [];
  if (mode !== undefined) {
    const change = (row: typeof mode): VenueParameters => ({ ...pool, eModes: replaced(pool.eModes, modeAt, row) });
    rules.push(
      fractionRule({ key: 'threshold:mode', label: 'Threshold of the eMode' }, mode.liquidationThresholdFraction, (v) =>
        change(withThreshold(mode, v)),
      ),
      fractionRule({ key: 'loanToValue:mode', label: 'Loan-to-value of the eMode' }, mode.loanToValueFraction, (v) =>
        change({ ...mode, loanToValueFraction: v }),
      ),
      fractionRule({ key: 'bonus:mode', label: 'Liquidation bonus of the eMode' }, mode.liquidationBonusFraction, (v) =>
        change({ ...mode, liquidationBonusFraction: v }),
      ),
    );
  }
  for (const [at, reserve] of pool.reserves.entries()) {
    const { assetId } = reserve;
    if (!assetIds.includes(assetId) || mode?.collateralAssetIds.includes(assetId) === true) continue;
    const change = (row: typeof reserve): VenueParameters => ({ ...pool, reserves: replaced(pool.reserves, at, row) });
    rules.push(
      fractionRule({ key: `threshold:${assetId}`, label: `Threshold of ${assetId}` }, reserve.liquidationThresholdFraction, (v) =>
        change(withThreshold(reserve, v)),
      ),
      fractionRule({ key: `loanToValue:${assetId}`, label: `Loan-to-value of ${assetId}` }, reserve.loanToValueFraction, (v) =>
        change({ ...reserve, loanToValueFraction: v }),
      ),
      fractionRule({ key: `bonus:${assetId}`, label: `Liquidation bonus of ${assetId}` }, reserve.liquidationBonusFraction, (v) =>
        change({ ...reserve, liquidationBonusFraction: v }),
      ),
    );
  }
  rules.push(
    fractionRule({ key: 'closeFactor', label: 'Close factor' }, pool.closeFactorFraction, (v) => ({ ...pool, closeFactorFraction: v })),
  );
  return rules;
}

function vaultRules(vaults: Of<'vault'>, { marketId }: RuleReach): RuleHandle[] {
  return vaults.collateralTypes.flatMap((type, at): RuleHandle[] => {
    if (type.id !== marketId) return [];
    const change = (row: typeof type): VenueParameters => ({ ...vaults, collateralTypes: replaced(vaults.collateralTypes, at, row) });
    return [
      {
        key: 'ratio',
        label: `Liquidation ratio of ${type.id}`,
        value: type.liquidationRatio,
        unit: 'ratio',
        change: (v) => change({ ...type, liquidationRatio: v }),
      },
      fractionRule({ key: 'penalty', label: `Liquidation penalty of ${type.id}` }, type.liquidationPenaltyFraction, (v) =>
        change({ ...type, liquidationPenaltyFraction: v }),
      ),
      {
        key: 'auctionLimit',
        label: `Auction limit of ${type.id}`,
        value: type.auctionLimitUsd ?? vaults.auctionLimitUsd ?? 0,
        unit: 'usd',
        change: (v) => change({ ...type, auctionLimitUsd: v }),
      },
    ];
  });
}

function baseRules(base: Of<'baseMarket'>, { marketId, assetIds }: RuleReach): RuleHandle[] {
  return base.markets.flatMap((market, at) =>
    market.id !== marketId
      ? []
      : market.collaterals.flatMap((collateral, i) => {
          const { assetId } = collateral;
          if (!assetIds.includes(assetId)) return [];
          const change = (row: typeof collateral): VenueParameters => ({
            ...base,
            markets: replaced(base.markets, at, { ...market, collaterals: replaced(market.collaterals, i, row) }),
          });
          return [
            fractionRule(
              { key: `liquidateFactor:${assetId}`, label: `Liquidate factor of ${assetId}` },
              collateral.liquidateFactorFraction,
              (v) =>
                change({
                  ...collateral,
                  liquidateFactorFraction: v,
                  borrowFactorFraction: Math.min(v, collateral.borrowFactorFraction),
                }),
            ),
            fractionRule({ key: `borrowFactor:${assetId}`, label: `Borrow factor of ${assetId}` }, collateral.borrowFactorFraction, (v) =>
              change({ ...collateral, borrowFactorFraction: v }),
            ),
            fractionRule(
              { key: `liquidationFactor:${assetId}`, label: `Liquidation factor of ${assetId}` },
              collateral.liquidationFactorFraction,
              (v) => change({ ...collateral, liquidationFactorFraction: v }),
            ),
          ];
        }),
  );
}
