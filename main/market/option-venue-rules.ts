import type { Failure } from '../domain/failure.ts';
import { duplicate, first, wrong, type Family } from './venue-rule.ts';

/** Rates of maintenance and floors not above the initial rates. */
export function standardOptionsProblem(parameters: Family<'standardOptions'>): Failure | null {
  const { shortInitialFraction, shortInitialFloorFraction, shortMaintenanceFraction } = parameters.option;
  if (shortInitialFloorFraction > shortInitialFraction)
    return wrong('option', `the initial floor ${shortInitialFloorFraction} is above the initial rate ${shortInitialFraction}`);
  if (shortMaintenanceFraction > shortInitialFraction)
    return wrong('option', `the maintenance rate ${shortMaintenanceFraction} is above the initial rate ${shortInitialFraction}`);
  return (
    duplicate(
      'future',
      parameters.future.map((future) => future.underlyingId),
    ) ??
    first(parameters.future, ({ underlyingId, initialFraction, maintenanceFraction }) =>
      maintenanceFraction <= initialFraction
        ? null
        : wrong(underlyingId, `${underlyingId}: maintenance rate ${maintenanceFraction} is above the initial rate ${initialFraction}`),
    )
  );
}

type ScenarioMarket = Family<'scenarioMargin'>['markets'][number];

/**
 * Scenarios that move both ways, once each, coin converted no further out and skews only where they are described; nothing
 * maintained at more than it is opened at.
 */
export function scenarioMarginProblem(parameters: Family<'scenarioMargin'>): Failure | null {
  return (
    duplicate(
      'market',
      parameters.markets.map((market) => market.underlyingId),
    ) ??
    collateralProblem(parameters.collaterals) ??
    first(parameters.markets, scenarioMarketProblem) ??
    first(parameters.collaterals, ({ assetId, offsetsUnderlyingId }) =>
      offsetsUnderlyingId === null || parameters.markets.some((market) => market.underlyingId === offsetsUnderlyingId)
        ? null
        : wrong(assetId, `collateral ${assetId} offsets ${offsetsUnderlyingId}, for which there is no market`),
    )
  );
}

function scenarioMarketProblem(market: ScenarioMarket): Failure | null {
  const { underlyingId, scenarios } = market;
  const pairs: readonly (readonly [string, number, number])[] = [
    ['loss factor', market.lossFactor.maintenance, market.lossFactor.initial],
    ['contract add-on', market.contractAddOn.maintenanceFraction, market.contractAddOn.initialFraction],
    ['short option add-on', market.shortOptionAddOn.maintenanceFraction, market.shortOptionAddOn.initialFraction],
  ];
  return (
    duplicate(
      `scenario of ${underlyingId}`,
      scenarios.map((each) => `${each.spotMove} ${each.volatility}`),
    ) ??
    (scenarios.some((each) => each.spotMove > 0) && scenarios.some((each) => each.spotMove < 0)
      ? null
      : wrong(underlyingId, `${underlyingId}: the scenarios move the price one way only`)) ??
    first(scenarios, (each) => {
      const name = `${underlyingId} scenario ${each.spotMove} ${each.volatility}`;
      if (Math.abs(each.conversionMove) > Math.abs(each.spotMove) || each.conversionMove * each.spotMove < 0)
        return wrong(name, `${name}: coin is converted at a move of ${each.conversionMove}, further than or against the price`);
      if (!each.volatility.endsWith('Skew')) return null;
      if (market.skew === null) return wrong(name, `${name}: the market has no skew parameters`);
      return each.spotMove === 0 ? null : wrong(name, `${name}: a skew scenario must not move the price`);
    }) ??
    first(pairs, ([name, maintenance, initial]) => orderProblem(`${underlyingId} ${name}`, maintenance, initial))
  );
}

/** Floors below rates, and nothing maintained at more than it is opened at. */
export function standardManagerProblem(parameters: Family<'standardManager'>): Failure | null {
  return (
    duplicate(
      'market',
      parameters.markets.map((market) => market.underlyingId),
    ) ??
    collateralProblem(parameters.collaterals) ??
    first(parameters.markets, ({ underlyingId, option, perpetual }) => {
      if (option.initialFloorFraction > option.initialFraction)
        return wrong(underlyingId, `${underlyingId}: the initial floor ${option.initialFloorFraction} is above ${option.initialFraction}`);
      return (
        orderProblem(`${underlyingId} call`, option.callMaintenanceFraction, option.initialFloorFraction) ??
        orderProblem(`${underlyingId} put`, option.putMaintenanceFraction, option.initialFloorFraction) ??
        orderProblem(`${underlyingId} unpaired calls`, option.unpairedMaintenanceFactor, option.unpairedInitialFactor) ??
        orderProblem(`${underlyingId} perpetual`, perpetual.maintenanceFraction, perpetual.initialFraction)
      );
    })
  );
}

function collateralProblem(
  collaterals: readonly { assetId: string; maintenanceHaircutFraction: number; initialHaircutFraction: number }[],
): Failure | null {
  return (
    duplicate(
      'collateral',
      collaterals.map((each) => each.assetId),
    ) ?? first(collaterals, (each) => orderProblem(`${each.assetId} haircut`, each.maintenanceHaircutFraction, each.initialHaircutFraction))
  );
}

function orderProblem(name: string, maintenance: number, initial: number): Failure | null {
  return maintenance <= initial ? null : wrong(name, `${name}: maintenance ${maintenance} is above initial ${initial}`);
}
