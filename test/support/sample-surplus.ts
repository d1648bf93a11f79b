import type { FeedbackResult } from '../../main/contract/feedback.ts';
import type { PartitionResult } from '../../main/contract/surplus.ts';

const block = (
  id: string,
  name: string,
  usd: readonly [alone: number, borne: number, shapley: number],
): PartitionResult['blocks'][number] => ({
  id,
  name,
  accountIds: [id],
  crowdAccounts: 0,
  aloneUsd: usd[0],
  borneUsd: usd[1],
  shapleyUsd: usd[2],
  standardErrorUsd: null,
  fallenAlone: usd[0] > 0 ? [id] : [],
  fallenJointly: [id],
  expectedShortfallUsd: 1e6,
  eulerUsd: 0.8e6,
});

/** Two parts that lose 3 M alone and 5 M together. */
export const samplePartition: PartitionResult = {
  runId: 'partition',
  inputsDigest: '',
  by: 'venue',
  crowd: 'withBlocks',
  shock: { moves: { ETH: -0.18 }, volatilityShift: 0.35 },
  assumptions: { depthThinningFraction: 0.5, maxRounds: 60, includeCrowd: true },
  blocks: [block('aave', 'Aave v3', [3e6, 2.5e6, 4e6]), block('morpho', 'Morpho', [0, 2.5e6, 1e6])],
  sumOfPartsUsd: 3e6,
  jointUsd: 5e6,
  surplusUsd: 2e6,
  ratio: 5 / 3,
  shapley: { method: 'exact', cascades: 3, orders: 0, seed: 7 },
  convergedFraction: 1,
  calm: { confidence: 0.975, days: 500, sumOfPartsUsd: 2e6, expectedShortfallUsd: 1.6e6, diversificationRatio: 1.25 },
  ties: [{ firstId: 'aave', secondId: 'morpho', surplusUsd: 2e6 }],
  verdict: 'coupled',
  headline: 'Diversified in calm, coupled in drawdown',
  sentences: ['One.', 'Two.'],
};

const exitRow: FeedbackResult['exit']['book'] = {
  accountId: null,
  assetsUsd: 1e8,
  equityUsd: 5e7,
  impactFraction: 0.01,
  exitCostUsd: 0.67e6,
  impactAdjustedEquityUsd: 4.93e7,
  leverage: 2,
  criticalLeverage: 150,
  isExitPossible: true,
  soldCoins: { ETH: 5e4 },
};

/** A market in which selling comes to rest now and not at the reference shock. */
export const sampleFeedback: FeedbackResult = {
  runId: 'feedback',
  inputsDigest: '',
  assumptions: samplePartition.assumptions,
  markets: [{ id: 'ETH', depthUsd: 1e9, dailyVolatility: 0.04, volatilitySource: 'history', depthSource: 'recorded' }],
  windowFraction: 0.02,
  points: [
    { move: 0, kappa: 0.1, reproduction: 0.1, forcedUsd: 1e6, matrix: [[0.1]], stressed: { correlation: [[1]], volatilityRatio: [1.11] } },
    { move: -0.18, kappa: 1.2, reproduction: 1.2, forcedUsd: 4e7, matrix: [[1.2]], stressed: null },
  ],
  calmCorrelation: [[1]],
  referencePoint: 1,
  stressedPoint: 0,
  kappaPassesOneAt: -0.147,
  reproductionPassesOneAt: -0.147,
  exit: {
    coefficient: 1,
    volumes: [{ driver: 'ETH', dailyCoins: 1e7, dailyVolatility: 0.04, source: 'recorded', asOf: null }],
    accounts: [{ ...exitRow, accountId: 'AAV' }],
    book: exitRow,
    togetherOverAlone: 1.8,
  },
  headline: 'From −15 % on, selling feeds on itself',
  sentences: ['One.', 'Two.'],
};
