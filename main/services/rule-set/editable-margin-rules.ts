import type { MarginTier } from '../../domain/margin-rules.ts';
import { fractionRule, replaced, type Of, type RuleHandle, type RuleReach } from './rule-handle.ts';

/** The maintenance rate of the first tier; the others keep theirs, and the deductions follow so that the margin stays continuous. */
export function tierRules(perpetuals: Of<'tieredPerpetual'>, { underlyingIds }: RuleReach): RuleHandle[] {
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

/** Of standard margin: what short options and the futures of the account's underlyings need. */
export function optionRules(options: Of<'standardOptions'>, { underlyingIds }: RuleReach): RuleHandle[] {
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

/** Of a scenario grid: what multiplies the worst loss, and what short options add to it. */
export function gridRules(grid: Of<'scenarioMargin'>, { underlyingIds }: RuleReach): RuleHandle[] {
  return grid.markets.flatMap((market, at): RuleHandle[] => {
    if (!underlyingIds.includes(market.underlyingId)) return [];
    const change = (row: typeof market): Of<'scenarioMargin'> => ({ ...grid, markets: replaced(grid.markets, at, row) });
    return [
      {
        key: `lossFactor:${market.underlyingId}`,
        label: `Factor on the worst loss in ${market.underlyingId}`,
        value: market.lossFactor.maintenance,
        unit: 'ratio',
        change: (v) => change({ ...market, lossFactor: { maintenance: v, initial: Math.max(v, market.lossFactor.initial) } }),
      },
      fractionRule(
        { key: `shortOption:${market.underlyingId}`, label: `Addition for short ${market.underlyingId} options` },
        market.shortOptionAddOn.maintenanceFraction,
        (v) =>
          change({
            ...market,
            shortOptionAddOn: { maintenanceFraction: v, initialFraction: Math.max(v, market.shortOptionAddOn.initialFraction) },
          }),
      ),
    ];
  });
}

/** Of the standard manager: maintenance of short calls and puts. */
export function managerRules(manager: Of<'standardManager'>, { underlyingIds }: RuleReach): RuleHandle[] {
  return manager.markets.flatMap((market, at): RuleHandle[] => {
    if (!underlyingIds.includes(market.underlyingId)) return [];
    const change = (option: typeof market.option): Of<'standardManager'> => ({
      ...manager,
      markets: replaced(manager.markets, at, { ...market, option }),
    });
    return [
      fractionRule(
        { key: `callMaintenance:${market.underlyingId}`, label: `Maintenance of short ${market.underlyingId} calls` },
        market.option.callMaintenanceFraction,
        (v) => change({ ...market.option, callMaintenanceFraction: v }),
      ),
      fractionRule(
        { key: `putMaintenance:${market.underlyingId}`, label: `Maintenance of short ${market.underlyingId} puts` },
        market.option.putMaintenanceFraction,
        (v) => change({ ...market.option, putMaintenanceFraction: v }),
      ),
    ];
  });
}
