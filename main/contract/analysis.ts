import { z } from 'zod';
import { assumption } from '../domain/snapshot.ts';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { cascadeAssumptions, shock } from '../domain/scenario.ts';
import { instant } from '../domain/time.ts';
import { accountState, cell } from './cell.ts';
import { networkResult } from './network.ts';
import { procedure } from './procedure.ts';
import { moneyFlow, rootCauses } from './root-causes.ts';

/** Where one driver alone liquidates the account; null: cannot be liquidated by this driver alone. Relative moves. */
export const liquidationPoint = z.object({
  driver: z.string(),
  priceNowUsd: nonNegative,
  downMove: finite.nullable(),
  downPriceUsd: finite.nullable(),
  upMove: finite.nullable(),
  upPriceUsd: finite.nullable(),
});

/** One position, valued. Money in USD. Greeks are of the whole position. */
export const positionResult = z.object({
  positionId: z.string(),
  accountId: z.string(),
  instrumentId: z.string(),
  instrumentName: z.string(),
  kind: z.enum(['spot', 'wrapper', 'share', 'supplied', 'borrowed', 'perpetual', 'future', 'option']),
  quantity: z.string(),
  /** In the instrument's own quote unit (coin for inverse options). */
  mark: cell,
  markUnit: z.string(),
  impliedVolatility: cell.nullable(),
  /** Contribution to the account's equity. */
  valueUsd: cell,
  /** Same in the settlement coin for coin-settled instruments. */
  valueCoin: cell.nullable(),
  deltaCoin: cell,
  gammaUsdPerPercent: cell.nullable(),
  vegaUsdPerPoint: cell.nullable(),
  thetaUsdPerDay: cell.nullable(),
  /** Maintenance requirement attributed to it; null where the pool is judged whole. */
  requirementUsd: cell.nullable(),
  /** Signed exposure to each base asset after look-through, USD. */
  lookThroughUsd: z.record(z.string(), finite),
  underlying: z.string().nullable(),
  source: z.string(),
  asOf: instant,
  isStale: z.boolean(),
  ageMs: nonNegative,
});
export type PositionResult = z.infer<typeof positionResult>;

export const accountResult = z.object({
  accountId: z.string(),
  name: z.string(),
  venueId: z.string(),
  venueName: z.string(),
  venueMark: z.string(),
  family: z.string(),
  marketId: z.string().nullable(),
  positions: z.number().int(),
  equityUsd: cell,
  grossUsd: nonNegative,
  initialRequirementUsd: cell.nullable(),
  maintenanceRequirementUsd: cell.nullable(),
  excessUsd: cell.nullable(),
  /** Lending: Infinity without debt; null for margin accounts and custody. */
  healthFactor: cell.nullable(),
  /** Requirement / resources, the one scale for every family: 1 / health factor, or margin / equity. */
  useFraction: cell.nullable(),
  liquidationPoints: z.array(liquidationPoint),
  /** Move of the common axis (along the reference shock) that liquidates it, prices moving but nobody selling; null = never. */
  aloneMove: finite.nullable(),
  /** The same when all accounts and the crowd react to each other. */
  jointMove: finite.nullable(),
  /** Nearest breach over all drivers moving together, in daily standard deviations, nobody selling; Infinity = none within 60. */
  sigmaDays: extended.nullable(),
  /** Round of the reference cascade in which it falls; null = holds. */
  fallsInRound: z.number().int().nullable(),
  state: accountState,
  /** What binds, in words: 'wstETH at LLTV 86 %'. */
  binding: z.string(),
  /** Excess along each driver: moves × USD, for the curve. */
  curves: z.array(z.object({ driver: z.string(), moves: z.array(finite), excessUsd: z.array(finite) })),
  /** Excess along the common axis when everybody reacts, same moves as the curve of driver '*'. */
  jointCurve: z.object({ moves: z.array(finite), excessUsd: z.array(finite) }).nullable(),
});
export type AccountResult = z.infer<typeof accountResult>;

export const venueUse = z.object({
  venueId: z.string(),
  venueName: z.string(),
  venueMark: z.string(),
  requirementUsd: nonNegative,
  equityUsd: finite,
  useFraction: finite.nullable(),
  state: accountState,
});

/** Grid of the book's profit and loss: rows by volatility shift, columns by spot move. USD. */
export const gridResult = z.object({
  /** '*' = all drivers along the common axis. */
  underlying: z.string(),
  spotMoves: z.array(finite),
  volatilityShifts: z.array(finite),
  firstRoundUsd: z.array(z.array(finite)),
  afterCascadeUsd: z.array(z.array(finite)),
  accountsLost: z.array(z.array(z.number().int())),
});
export type GridResult = z.infer<typeof gridResult>;

export const cascadeRound = z.object({
  /** 0 = the shock itself. */
  round: z.number().int(),
  crowdSoldUsd: nonNegative,
  mineSoldUsd: nonNegative,
  crowdAccounts: z.number().int(),
  fallen: z.array(z.string()),
  /** Price of each driver and claim after the round, USD. */
  pricesUsd: z.record(z.string(), nonNegative),
  /** Who sells, through which markets, and whom the money reaches; empty for the shock. */
  flows: z.array(moneyFlow),
  sentence: z.string(),
});
export const fallenAccount = z.object({
  accountId: z.string(),
  round: z.number().int(),
  aloneMove: finite.nullable(),
  soldUsd: nonNegative,
  lostUsd: finite,
  because: z.string(),
  /** Accounts and pools whose sales came first, nearest cause first. */
  causes: z.array(z.string()),
});
/** A market under the law that follows records: what its price went along, and how far. */
export const recordedMarket = z.object({
  assetId: z.string(),
  /** `none`: no record, so the constant product. */
  form: z.enum(['none', 'depthCurve', 'tickPool']),
  /** Most that was sold (or bought) at any time over what the record covers; above 1 the price is an assumption. null where there is no record. */
  usedFraction: extended.nullable(),
  sentence: z.string(),
  source: z.string(),
  asOf: instant.nullable(),
});
export type RecordedMarket = z.infer<typeof recordedMarket>;

export const cascadeResult = z.object({
  shock,
  assumptions: cascadeAssumptions,
  /** Price of each driver and claim before the shock, USD. */
  pricesBeforeUsd: z.record(z.string(), nonNegative),
  rounds: z.array(cascadeRound),
  hasConverged: z.boolean(),
  fallen: z.array(fallenAccount),
  /** Accounts that hold, with what is left. */
  holding: z.array(z.object({ accountId: z.string(), excessUsd: finite.nullable() })),
  firstRoundLossUsd: finite,
  totalLossUsd: finite,
  badDebtUsd: nonNegative,
  /** Borrowers below their requirement whom no keeper would liquidate at a profit, and their debt; absent when profit is not asked for. */
  skipped: z.object({ borrowers: z.number().int(), debtUsd: nonNegative }).optional(),
  /** Total / first-round loss, and total / exogenous fall per driver. */
  lossAmplification: cell,
  priceAmplification: z.record(z.string(), cell),
  /** Loss of each of the book's accounts, USD. */
  lossByAccountUsd: z.record(z.string(), finite),
  causes: rootCauses,
  /** By market; absent under laws that follow no record. */
  recordedMarkets: z.array(recordedMarket).optional(),
});
export type CascadeResult = z.infer<typeof cascadeResult>;

/** Interconnection surplus: joint second-round loss against the sum of the venues alone. USD. */
export const surplusResult = z.object({
  parts: z.array(z.object({ venueId: z.string(), venueName: z.string(), secondRoundLossUsd: finite, fallen: z.array(z.string()) })),
  sumOfPartsUsd: finite,
  jointUsd: finite,
  surplusUsd: finite,
  /** joint / sum; a failure when the parts lose nothing. */
  ratio: cell,
});
export type SurplusResult = z.infer<typeof surplusResult>;

/** Distribution of the one-day loss over history's moves, cascade included. Losses positive, USD. */
export const distributionResult = z.object({
  confidence: fraction,
  scenarios: z.number().int(),
  expectedShortfallUsd: finite,
  valueAtRiskUsd: finite,
  expectedShortfallFirstRoundUsd: finite,
  /** Sum of the accounts' own expected shortfalls / the book's: the ordinary diversification ratio. */
  diversificationRatio: cell,
  /** Share of scenarios in which any of the book's accounts falls. */
  anyLiquidationFraction: fraction,
  lossesUsd: z.array(finite),
  days: z.array(z.string()),
});
export type DistributionResult = z.infer<typeof distributionResult>;

/** Systemic leverage index, 0 … 100, never without its parts: each a share 0 … 1 beside the figure it comes from. */
export const leverageIndex = z.object({
  /** Refused by name where a part has no value or too little of the book is freshly priced. */
  value: cell,
  parts: z.array(
    z.object({
      id: z.enum(['L', 'A', 'X', 'K']),
      name: z.string(),
      raw: cell,
      rawUnit: z.string(),
      value: cell,
      weight: fraction,
      /** What the figure is made of, in a few words. */
      meaning: z.string(),
    }),
  ),
  /** Share of the gross value with a fresh price, and the least with which the index is given. */
  coverageFraction: fraction,
  leastCoverageFraction: fraction,
});
export type LeverageIndex = z.infer<typeof leverageIndex>;

export const coverage = z.object({
  positions: z.number().int(),
  priced: z.number().int(),
  grossUsd: nonNegative,
  pricedFraction: fraction,
  unpriced: z.array(z.object({ positionId: z.string(), reason: z.string() })),
  stale: z.array(z.object({ positionId: z.string(), ageMs: nonNegative, limitMs: nonNegative })),
  sources: z.array(
    z.object({ source: z.string(), asOf: instant, ageMs: nonNegative, intervalMs: nonNegative.nullable(), quotes: z.number().int() }),
  ),
});

export const tapeItem = z.object({
  label: z.string(),
  value: finite,
  unit: z.enum(['usd', 'ratio', 'percent', 'points']),
  change: finite.nullable(),
  changeUnit: z.enum(['percent', 'points', 'basisPoints']),
});

/** The whole analysis of a book at a snapshot under a scenario set. */
export const analysisResult = z.object({
  runId,
  engineVersion: z.string(),
  seed: z.number().int(),
  /** SHA-256 over book, snapshot, scenario set and assumptions. */
  inputsDigest: z.string(),
  bookName: z.string(),
  snapshotId: z.string(),
  snapshotAsOf: instant,
  scenarioSetId: z.string(),
  reference: shock,
  confidence: fraction,
  elapsedMs: nonNegative,
  tape: z.array(tapeItem),
  /** One sentence, built from this result, naming accounts, sizes and cause; and the chain in a second one. */
  statement: z.object({ headline: z.string(), chain: z.string() }),
  totals: z.object({
    equityUsd: finite,
    grossUsd: nonNegative,
    requirementUsd: nonNegative,
    useFraction: finite.nullable(),
    equityDayBeforeUsd: finite.nullable(),
    nearestAccountId: z.string().nullable(),
    nearestJointMove: finite.nullable(),
    netDeltaUsd: z.record(z.string(), finite),
  }),
  drivers: z.array(z.object({ assetId: z.string(), priceUsd: nonNegative, beta: finite, dailyVolatility: finite })),
  positions: z.array(positionResult),
  accounts: z.array(accountResult),
  venues: z.array(venueUse),
  network: networkResult,
  grids: z.array(gridResult),
  cascade: cascadeResult,
  surplus: surplusResult,
  leverageIndex,
  distribution: distributionResult,
  coverage,
  assumptions: z.array(assumption),
});
export type AnalysisResult = z.infer<typeof analysisResult>;

/** What may differ from the scenario set for one run. */
export const analysisInput = z.strictObject({
  runId: runId.optional(),
  scenarioSetId: z.string().optional(),
  shock: shock.optional(),
  cascade: cascadeAssumptions.partial().optional(),
});

export const analysisProcedures = {
  /** Analyses the open book; answers from memory when nothing has changed. */
  'analysis.run': procedure('job', analysisInput, analysisResult),
  /** One cascade only, for the Stress screen's assumption bar and heat cells. */
  'analysis.cascade': procedure('job', analysisInput, z.object({ cascade: cascadeResult, surplus: surplusResult })),
};
