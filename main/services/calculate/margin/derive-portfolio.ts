import { z } from 'zod';
import { scenarioMargin } from '../../../engine/requirement/option-margin/scenario-margin.ts';
import { makeScenarioOutcome, makeScenarioWork } from '../../../engine/requirement/option-margin/scenario-work.ts';
import { makeScenarioPortfolio, type ScenarioPortfolio } from '../../../engine/requirement/option-margin/scenario-portfolio.ts';
import {
  confidenceRate,
  SCENARIO_TERM,
  SCENARIO_TERMS,
  VOLATILITY_STATE,
  type ScenarioGrid,
} from '../../../engine/requirement/option-margin/scenario-terms.ts';
import { real } from '../case-values.ts';
import type { CaseFunction } from '../case-values.ts';

const nonNegative = real.refine((value) => value >= 0, 'must not be negative');
const positive = real.refine((value) => value > 0, 'must be above 0');
const option = z.object({
  Expiry: nonNegative,
  Strike: positive,
  IsCall: z.union([z.literal(0), z.literal(1)]),
  MarkVol: nonNegative,
  Amount: real,
});
const feed = z.object({
  FeedExpiry: nonNegative,
  Forward: positive,
  ForwardConfidence: real,
  Rate: real,
  RateConfidence: real,
  OptionVolConfidences: real,
});
const collateral = z.object({
  Amount: nonNegative,
  Price: nonNegative,
  Confidence: real,
  IsRiskCancelling: z.boolean(),
  IMHaircut: real,
  MMHaircut: real,
});
const scenario = z.object({
  Cash: real,
  Collaterals: z.array(collateral),
  SpotPrice: positive,
  SpotConfidence: real,
  NumPerps: real,
  PerpPrice: nonNegative,
  PerpConfidence: real,
  UnrealisedPerpPNL: real,
  UnrealisedFunding: real,
  StablePrice: positive,
  Options: z.array(option),
  OptionFeeds: z.array(feed),
});
const volatilityState = z.enum(['Up', 'Down', 'None', 'LINEAR', 'ABS']).transform(
  (name) =>
    ({
      Up: VOLATILITY_STATE.up,
      Down: VOLATILITY_STATE.down,
      None: VOLATILITY_STATE.same,
      LINEAR: VOLATILITY_STATE.linearSkew,
      ABS: VOLATILITY_STATE.absoluteSkew,
    })[name],
);
const parameters = z.object({
  Scenarios: z.array(z.object({ SpotShock: positive, VolShockDirection: volatilityState, DampeningFactor: real })).min(1),
  SkewShock: z.object({
    LINEAR_SCALE_CAP: real,
    LINEAR_CBASE: real,
    ABS_SCALE_CAP: real,
    ABS_CBASE: real,
    MIN_K_STAR: real,
    MIN_WIDTH_SCALE: real,
    VOL_PARAM_STATIC: real,
    VOL_PARAM_SCALE: real,
  }),
  VolShock: z.object({
    VOLRANGEUP: real,
    VOLRANGEDOWN: real,
    SHORTTERMPOWER: real,
    LONGTERMPOWER: real,
    DTE_FLOOR: real,
    MIN_VOL_EVAL_SHOCKED: real,
  }),
  Margin: z.object({
    MM_LOSS_FACTOR: real,
    IM_LOSS_FACTOR: real,
    BASE_STATIC_DISCOUNT: real,
    BASE_STATIC_DISCOUNT_NEG: real,
    LONG_RATE_MULTSCALE: real,
    LONG_RATE_ADDSCALE: real,
    SHORT_RATE_MULTSCALE: real,
    SHORT_RATE_ADDSCALE: real,
  }),
  BasisContingency: z.object({
    SCENARIO_SPOT_UP: real,
    SCENARIO_SPOT_DOWN: real,
    BASIS_CONT_ADD_FACTOR: real,
    BASIS_CONT_MULT_FACTOR: real,
  }),
  OtherContingency: z.object({
    CONF_THRESHOLD: real,
    CONF_MARGIN: real,
    PEG_LOSS_THRESHOLD: real,
    PEG_LOSS_FACTOR: real,
    MM_PERP_PERCENT: real,
    MM_OPTION_PERCENT: real,
    IM_PERP_PERCENT: real,
    IM_OPTION_PERCENT: real,
  }),
});
const input = z.object({ scenario, parameters });
type Scenario = z.output<typeof scenario>;
type Parameters = z.output<typeof parameters>;

const SECONDS_PER_YEAR = 31_536_000;
/** Settlement is the mean of the last half hour: within it a growing part of the forward is fixed. */
const SETTLEMENT_SECONDS = 1800;
/** The venue's regular table ends at 20 %, its tails begin at 33 %; their damping does not tell them apart. */
const REGULAR_RANGE = 0.3;

/** Derive's portfolio margin, second version: net margins, worth at marks, the worst of each kind of scenario and which one binds. */
export const calculateDerivePortfolio: CaseFunction = (raw) => {
  const { scenario: given, parameters: model } = input.parse(raw);
  const terms = packTerms(model);
  const grid = packGrid(model);
  const portfolio = packPortfolio(given, terms);
  const outcome = makeScenarioOutcome(grid.count);
  scenarioMargin(portfolio, { grid, terms, at: 0 }, makeScenarioWork(portfolio.options), outcome);
  const collateralUsd = given.Collaterals.reduce((sum, each) => sum + worthOf(given, each), 0);
  const worth = given.Cash + collateralUsd + outcome.optionValueUsd + given.UnrealisedPerpPNL + given.UnrealisedFunding;
  const worstOf = (kind: (s: number) => boolean): number => {
    const losses = [...outcome.lossUsd.subarray(0, grid.count)].filter((_, s) => kind(s));
    return losses.length === 0 ? 0 : -Math.max(...losses);
  };
  const isSkew = (s: number): boolean => (grid.volatility[s] ?? 0) >= VOLATILITY_STATE.linearSkew;
  const isTail = (s: number): boolean => Math.abs(grid.spotMove[s] ?? 0) > REGULAR_RANGE;
  return {
    IM: worth - outcome.initialUsd,
    MM: worth - outcome.maintenanceUsd,
    PortfolioMTM: worth,
    OptionMTM: outcome.optionValueUsd,
    CollateralMTM: collateralUsd,
    ForwardContingency: -(outcome.lossUsd[grid.count] ?? NaN),
    worst_reg_loss: worstOf((s) => !isSkew(s) && !isTail(s)),
    worst_tail_loss: worstOf((s) => !isSkew(s) && isTail(s)),
    worst_skew_loss: worstOf(isSkew),
    binding_scenario: outcome.binding,
    scenario_losses: [...outcome.lossUsd],
  };
};

function worthOf({ StablePrice }: Scenario, each: z.output<typeof collateral>): number {
  return (each.Amount * each.Price) / StablePrice;
}

function packGrid({ Scenarios }: Parameters): ScenarioGrid {
  const spotMove = Float64Array.from(Scenarios, (row) => row.SpotShock - 1);
  return {
    count: Scenarios.length,
    spotMove,
    conversionMove: spotMove,
    volatility: Uint8Array.from(Scenarios, (row) => row.VolShockDirection),
    dampingFraction: Float64Array.from(Scenarios, (row) => row.DampeningFactor),
    deductibleUsd: new Float64Array(Scenarios.length),
  };
}

function packPortfolio(given: Scenario, terms: Float64Array): ScenarioPortfolio {
  const portfolio = makeScenarioPortfolio(given.Options.length, given.Collaterals.length + 1);
  const expiries = [...new Set(given.Options.map((row) => row.Expiry))];
  const strikes = [...new Set(given.Options.map((row) => `${row.Expiry}|${row.Strike}`))];
  // Without a perpetual its feed is not asked.
  const confidence = given.NumPerps === 0 ? given.SpotConfidence : Math.min(given.SpotConfidence, given.PerpConfidence);
  const feedsOf = (seconds: number): z.output<typeof feed> => {
    const feeds = given.OptionFeeds.find((row) => row.FeedExpiry === seconds);
    if (feeds === undefined) throw new Error(`no feeds for the expiry in ${seconds} seconds`);
    return feeds;
  };
  portfolio.spotUsd = given.SpotPrice;
  portfolio.stablePriceUsd = given.StablePrice;
  portfolio.options = given.Options.length;
  portfolio.expiries = expiries.length;
  portfolio.strikes = strikes.length;
  expiries.forEach((seconds, e) => {
    const feeds = feedsOf(seconds);
    portfolio.years[e] = seconds / SECONDS_PER_YEAR;
    portfolio.ratePerYear[e] = Math.max(0, feeds.Rate);
    portfolio.expiryConfidence[e] = Math.min(confidence, feeds.ForwardConfidence, feeds.RateConfidence, feeds.OptionVolConfidences);
  });
  given.Options.forEach((row, i) => {
    portfolio.isCall[i] = row.IsCall;
    portfolio.strikeUsd[i] = row.Strike;
    portfolio.volatility[i] = row.MarkVol;
    portfolio.optionCoins[i] = row.Amount;
    const moving = Math.min(1, row.Expiry / SETTLEMENT_SECONDS);
    portfolio.movingForwardUsd[i] = feedsOf(row.Expiry).Forward * moving;
    portfolio.fixedForwardUsd[i] = feedsOf(row.Expiry).Forward * (1 - moving);
    portfolio.expiryOf[i] = expiries.indexOf(row.Expiry);
    portfolio.strikeOf[i] = strikes.indexOf(`${row.Expiry}|${row.Strike}`);
  });
  placeLinears(portfolio, given, { terms, confidence });
  return portfolio;
}

/** The perpetual first, then the collaterals: those that offset move with spot, the others only take their haircut. */
function placeLinears(portfolio: ScenarioPortfolio, given: Scenario, how: { terms: Float64Array; confidence: number }): void {
  const { terms, confidence } = how;
  const perpRate = confidenceRate(confidence, terms, 0);
  portfolio.linears = given.Collaterals.length + 1;
  portfolio.linearUsd[0] = given.NumPerps * given.PerpPrice;
  portfolio.addOnBaseUsd[0] = Math.abs(given.NumPerps) * given.SpotPrice;
  portfolio.addOnMaintenance[0] = terms[SCENARIO_TERM.contractMaintenance] ?? 0;
  portfolio.addOnInitial[0] = (terms[SCENARIO_TERM.contractInitial] ?? 0) + perpRate;
  given.Collaterals.forEach((each, n) => {
    const worth = worthOf(given, each);
    portfolio.linearUsd[n + 1] = each.IsRiskCancelling ? worth : 0;
    portfolio.addOnBaseUsd[n + 1] = worth;
    portfolio.addOnMaintenance[n + 1] = each.MMHaircut;
    // Both requirements take the maintenance haircut; the initial one its own on top.
    portfolio.addOnInitial[n + 1] =
      each.MMHaircut + each.IMHaircut + confidenceRate(Math.min(each.Confidence, given.SpotConfidence), terms, 0);
  });
}

function packTerms({ VolShock, Margin, SkewShock, BasisContingency, OtherContingency }: Parameters): Float64Array {
  const terms = new Float64Array(SCENARIO_TERMS);
  const named: Partial<Record<keyof typeof SCENARIO_TERM, number>> = {
    volatilityUp: VolShock.VOLRANGEUP,
    volatilityDown: VolShock.VOLRANGEDOWN,
    shortPower: VolShock.SHORTTERMPOWER,
    longPower: VolShock.LONGTERMPOWER,
    volatilityFloorDays: VolShock.DTE_FLOOR,
    minimumVolatilityUp: VolShock.MIN_VOL_EVAL_SHOCKED,
    maintenanceLossFactor: Margin.MM_LOSS_FACTOR,
    initialLossFactor: Margin.IM_LOSS_FACTOR,
    hasStaticDiscount: 1,
    longStaticDiscount: Margin.BASE_STATIC_DISCOUNT,
    shortStaticDiscount: Margin.BASE_STATIC_DISCOUNT_NEG,
    longRateMultiple: Margin.LONG_RATE_MULTSCALE,
    longRateAdd: Margin.LONG_RATE_ADDSCALE,
    shortRateMultiple: Margin.SHORT_RATE_MULTSCALE,
    shortRateAdd: Margin.SHORT_RATE_ADDSCALE,
    linearSkewCap: SkewShock.LINEAR_SCALE_CAP,
    linearSkewPerRootYear: SkewShock.LINEAR_CBASE,
    absoluteSkewCap: SkewShock.ABS_SCALE_CAP,
    absoluteSkewPerRootYear: SkewShock.ABS_CBASE,
    skewWidthMinimum: SkewShock.MIN_K_STAR,
    skewWidthScale: SkewShock.MIN_WIDTH_SCALE,
    skewVolatility: SkewShock.VOL_PARAM_STATIC,
    skewVolatilityPerRootYear: SkewShock.VOL_PARAM_SCALE,
    basisUp: BasisContingency.SCENARIO_SPOT_UP - 1,
    basisDown: BasisContingency.SCENARIO_SPOT_DOWN - 1,
    basisFactor: BasisContingency.BASIS_CONT_ADD_FACTOR,
    basisFactorPerYear: BasisContingency.BASIS_CONT_MULT_FACTOR,
    confidenceThreshold: OtherContingency.CONF_THRESHOLD,
    confidenceMargin: OtherContingency.CONF_MARGIN,
    pegThresholdUsd: OtherContingency.PEG_LOSS_THRESHOLD,
    pegFactor: OtherContingency.PEG_LOSS_FACTOR,
    contractMaintenance: OtherContingency.MM_PERP_PERCENT,
    shortOptionMaintenance: OtherContingency.MM_OPTION_PERCENT,
    // The venue's initial shares are on top of the maintenance ones; the model's are whole.
    contractInitial: OtherContingency.MM_PERP_PERCENT + OtherContingency.IM_PERP_PERCENT,
    shortOptionInitial: OtherContingency.MM_OPTION_PERCENT + OtherContingency.IM_OPTION_PERCENT,
    deltaThresholdUsd: Infinity,
  };
  for (const [term, value] of Object.entries(named)) terms[SCENARIO_TERM[term as keyof typeof SCENARIO_TERM]] = value;
  return terms;
}
