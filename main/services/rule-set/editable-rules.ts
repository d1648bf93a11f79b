import type { EditableRule, RuleEdit } from '../../contract/rule-set.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { venueParameters, type MarginTier, type Venue, type VenueParameters } from '../../domain/venue.ts';
import { venueProblem } from '../../market/venue-file.ts';
import { modeOf } from './rule-findings.ts';

/** A rule of a venue with the way to change it. */
export type RuleHandle = EditableRule & { readonly change: (value: number) => VenueParameters };

/** Where the account stands and what it holds: only the rules that reach it are offered. */
export type RuleReach = {
  readonly marketId: string | null;
  readonly assetIds: readonly string[];
  readonly underlyingIds: readonly string[];
};

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

type Of<Family extends VenueParameters['family']> = Extract<VenueParameters, { family: Family }>;

function fractionRule(name: Pick<EditableRule, 'key' | 'label'>, value: number, change: RuleHandle['change']): RuleHandle {
  return { ...name, value, unit: 'fraction', change };
}

function replaced<Row>(rows: readonly Row[], at: number, row: Row): Row[] {
  return rows.map((each, i) => (i === at ? row : each));
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

/** The maintenance rate of the first tier; the others keep theirs, and the deductions follow so that the margin stays continuous. */
function tierRules(perpetuals: Of<'tieredPerpetual'>, { underlyingIds }: RuleReach): RuleHandle[] {
  return perpetuals.markets.flatMap((market, at) => {
    const [first, ...rest] = market.tiers;
    if (first === undefined || !underlyingIds.includes(market.underlyingId)) return [];
    return [
      fractionRule(
        { key: `maintenance:${market.underlyingId}`, label: `Maintenance of ${market.underlyingId}, tier 1` },
        first.maintenanceRateFraction,
        (v) => ({
          ...perpetuals,
          markets: replaced(perpetuals.markets, at, {
            ...market,
            tiers: withDeductions([
              { ...first, maintenanceRateFraction: v, initialRateFraction: Math.max(v, first.initialRateFraction) },
              ...rest,
            ]),
          }),
        }),
      ),
    ];
  });
}

/** deduction of a tier = deduction of the one below + its floor × the step in rate. */
function withDeductions(tiers: readonly MarginTier[]): MarginTier[] {
  const out: MarginTier[] = [];
  for (const tier of tiers) {
    const below = out.at(-1);
    const deductionUsd =
      below === undefined ? 0 : below.deductionUsd + tier.floorUsd * (tier.maintenanceRateFraction - below.maintenanceRateFraction);
    out.push({ ...tier, deductionUsd });
  }
  return out;
}

function optionRules(options: Of<'standardOptions'>, { underlyingIds }: RuleReach): RuleHandle[] {
  const { option } = options;
  return [
    fractionRule({ key: 'shortMaintenance', label: 'Maintenance of short options' }, option.shortMaintenanceFraction, (v) => ({
      ...options,
      option: { ...option, shortMaintenanceFraction: v },
    })),
    ...options.future.flatMap((future, at) =>
      underlyingIds.includes(future.underlyingId)
        ? [
            fractionRule(
              { key: `maintenance:${future.underlyingId}`, label: `Maintenance of ${future.underlyingId} futures` },
              future.maintenanceFraction,
              (v) => ({
                ...options,
                future: replaced(options.future, at, { ...future, maintenanceFraction: v }),
              }),
            ),
          ]
        : [],
    ),
  ];
}
