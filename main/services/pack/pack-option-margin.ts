import type { Account } from '../../domain/account.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Venue, VenueParameters } from '../../domain/venue.ts';
import type { PackedOptionMargin } from '../../engine/packed/packed-book.ts';
import type { ScenarioModel } from '../../engine/requirement/option-margin/scenario-work.ts';
import { SCENARIO_TERM, SCENARIO_TERMS, VOLATILITY_STATE } from '../../engine/requirement/option-margin/scenario-terms.ts';
import { STANDARD_TERM, STANDARD_TERMS } from '../../engine/requirement/option-margin/standard-terms.ts';

type Family<Name extends VenueParameters['family']> = Extract<VenueParameters, { family: Name }>;
type ScenarioMarket = Family<'scenarioMargin'>['markets'][number];
type StandardMarket = Family<'standardManager'>['markets'][number];

/** The models of all venues in one table, and the row of each market by `venueId/underlyingId`. */
export type OptionMarginPack = {
  readonly optionMargin: PackedOptionMargin;
  readonly rows: ReadonlyMap<string, number>;
  /** First row and number of rows of each venue that judges accounts whole. */
  readonly ofVenue: ReadonlyMap<string, readonly [number, number]>;
};

/** Packs the models of every venue that judges option accounts whole. */
export function packOptionMargin(venues: readonly Venue[]): OptionMarginPack {
  const scenarioModels: ScenarioModel[] = [];
  const standardRows: Float64Array[] = [];
  const rows = new Map<string, number>();
  const ofVenue = new Map<string, readonly [number, number]>();
  for (const { id, parameters } of venues) {
    if (parameters.family === 'scenarioMargin') {
      ofVenue.set(id, [scenarioModels.length, parameters.markets.length]);
      for (const market of parameters.markets) {
        rows.set(`${id}/${market.underlyingId}`, scenarioModels.length);
        scenarioModels.push(scenarioModel(market));
      }
    } else if (parameters.family === 'standardManager') {
      ofVenue.set(id, [standardRows.length, parameters.markets.length]);
      for (const market of parameters.markets) {
        const collateral = parameters.collaterals.find((each) => each.assetId === market.underlyingId);
        rows.set(`${id}/${market.underlyingId}`, standardRows.length);
        standardRows.push(standardTerms(market, { peg: parameters.peg, haircutFraction: collateral?.maintenanceHaircutFraction ?? 1 }));
      }
    }
  }
  const terms = new Float64Array(standardRows.length * STANDARD_TERMS);
  standardRows.forEach((row, n) => {
    terms.set(row, n * STANDARD_TERMS);
  });
  return { optionMargin: { scenarioModels, standardTerms: terms }, rows, ofVenue };
}

/** Market row of a position: of its underlying for a contract, of what it offsets for a coin; −1 where there is none. */
export function marketRow(pack: OptionMarginPack, venue: Venue, instrument: Instrument): number {
  if (!pack.ofVenue.has(venue.id)) return -1;
  if ('underlyingId' in instrument) return pack.rows.get(`${venue.id}/${instrument.underlyingId}`) ?? -1;
  if (venue.parameters.family !== 'scenarioMargin' || instrument.kind === 'borrowed') return -1;
  const collateral = venue.parameters.collaterals.find((each) => each.assetId === instrument.assetId);
  const offsets = collateral?.offsetsUnderlyingId ?? null;
  return offsets === null ? -1 : (pack.rows.get(`${venue.id}/${offsets}`) ?? -1);
}

type OptionRow = { readonly account: number; readonly instrument: Instrument };

/** Numbers the expiries, and the expiries and strikes, of every account's options within account and underlying, from 0. */
export function optionGroups(rows: readonly OptionRow[]): { readonly expiryIndex: Int32Array; readonly strikeIndex: Int32Array } {
  const expiryIndex = new Int32Array(rows.length);
  const strikeIndex = new Int32Array(rows.length);
  const counts = new Map<string, number>();
  const known = new Map<string, number>();
  const numbered = (scope: string, name: string): number => {
    const key = `${scope}|${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const next = counts.get(scope) ?? 0;
    counts.set(scope, next + 1);
    known.set(key, next);
    return next;
  };
  for (const [p, { account, instrument }] of rows.entries()) {
    if (instrument.kind !== 'option') continue;
    const scope = `${account}|${instrument.underlyingId}`;
    expiryIndex[p] = numbered(`${scope}|expiry`, instrument.expiry);
    strikeIndex[p] = numbered(`${scope}|strike`, `${instrument.expiry}|${Number(instrument.strike)}`);
  }
  return { expiryIndex, strikeIndex };
}

/** The stablecoin each account is settled in as an asset index, −1 where it is settled in something else. */
export function settlementAssets(
  accounts: readonly Account[],
  assets: readonly { readonly id: string; readonly kind: string }[],
): Int32Array {
  return Int32Array.from(accounts, (account) =>
    assets.findIndex((asset) => asset.id === account.settlementAssetId && asset.kind === 'stable'),
  );
}

function scenarioModel(market: ScenarioMarket): ScenarioModel {
  const { scenarios } = market;
  const column = (of: (scenario: ScenarioMarket['scenarios'][number]) => number): Float64Array => Float64Array.from(scenarios, of);
  return {
    grid: {
      count: scenarios.length,
      spotMove: column((each) => each.spotMove),
      conversionMove: column((each) => each.conversionMove),
      volatility: Uint8Array.from(scenarios, (each) => VOLATILITY_STATE[each.volatility]),
      dampingFraction: column((each) => each.dampingFraction),
      deductibleUsd: column((each) => each.deductibleUsd),
    },
    terms: scenarioTerms(market),
    at: 0,
  };
}

function scenarioTerms(market: ScenarioMarket): Float64Array {
  const { volatility, lossFactor, contractAddOn, shortOptionAddOn, roll, deltaShock, staticDiscount, skew, basis } = market;
  return termRow(SCENARIO_TERM, SCENARIO_TERMS, {
    volatilityUp: volatility.upFraction,
    volatilityDown: volatility.downFraction,
    shortPower: volatility.shortTermPower,
    longPower: volatility.longTermPower,
    volatilityFloorDays: volatility.floorDays,
    minimumVolatilityUp: volatility.minimumUp,
    maintenanceLossFactor: lossFactor.maintenance,
    initialLossFactor: lossFactor.initial,
    contractMaintenance: contractAddOn.maintenanceFraction,
    contractInitial: contractAddOn.initialFraction,
    rollPerYear: roll.perYear,
    rollFloor: roll.floorFraction,
    shortOptionMaintenance: shortOptionAddOn.maintenanceFraction,
    shortOptionInitial: shortOptionAddOn.initialFraction,
    deltaThresholdUsd: deltaShock?.thresholdUsd ?? Infinity,
    deltaSlopePerCoin: deltaShock?.slopePerCoin ?? 0,
    deltaCap: deltaShock?.capFraction ?? 0,
    ratePerYear: market.ratePerYear,
    hasStaticDiscount: staticDiscount === null ? 0 : 1,
    longStaticDiscount: staticDiscount?.longFactor ?? 1,
    shortStaticDiscount: staticDiscount?.shortFactor ?? 1,
    longRateMultiple: staticDiscount?.longRateMultiple ?? 0,
    longRateAdd: staticDiscount?.longRateAdd ?? 0,
    shortRateMultiple: staticDiscount?.shortRateMultiple ?? 0,
    shortRateAdd: staticDiscount?.shortRateAdd ?? 0,
    linearSkewCap: skew?.linearCap ?? 0,
    linearSkewPerRootYear: skew?.linearPerRootYear ?? 0,
    absoluteSkewCap: skew?.absoluteCap ?? 0,
    absoluteSkewPerRootYear: skew?.absolutePerRootYear ?? 0,
    skewWidthMinimum: skew?.widthMinimum ?? 1,
    skewWidthScale: skew?.widthScale ?? 0,
    skewVolatility: skew?.volatility ?? 0,
    skewVolatilityPerRootYear: skew?.volatilityPerRootYear ?? 0,
    basisUp: basis?.upMove ?? 0,
    basisDown: basis?.downMove ?? 0,
    basisFactor: basis?.factor ?? 0,
    basisFactorPerYear: basis?.factorPerYear ?? 0,
  });
}

function standardTerms(
  { option, perpetual }: StandardMarket,
  venue: { readonly peg: Family<'standardManager'>['peg']; readonly haircutFraction: number },
): Float64Array {
  return termRow(STANDARD_TERM, STANDARD_TERMS, {
    callMaintenance: option.callMaintenanceFraction,
    putMaintenance: option.putMaintenanceFraction,
    putMarkMaintenance: option.putMarkMaintenanceFraction,
    optionInitial: option.initialFraction,
    optionInitialFloor: option.initialFloorFraction,
    putInitialOfMaintenance: option.putInitialOfMaintenance,
    unpairedMaintenance: option.unpairedMaintenanceFactor,
    unpairedInitial: option.unpairedInitialFactor,
    perpetualMaintenance: perpetual.maintenanceFraction,
    perpetualInitial: perpetual.initialFraction,
    collateralShare: 1 - venue.haircutFraction,
    collateralInitialScale: 1,
    pegThresholdUsd: venue.peg.thresholdUsd,
    pegFactor: venue.peg.factor,
  });
}

/** A row of terms by their names; what is not named is 0. */
function termRow<Name extends string>(
  places: Readonly<Record<Name, number>>,
  length: number,
  values: Partial<Readonly<Record<Name, number>>>,
): Float64Array {
  const row = new Float64Array(length);
  for (const name of Object.keys(values) as Name[]) row[places[name]] = values[name] ?? 0;
  return row;
}
