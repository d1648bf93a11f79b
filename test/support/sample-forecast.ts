import type { Drawn, ForecastResult } from '../../main/contract/forecast.ts';
import type { TriggerCell, TriggerResult } from '../../main/contract/trigger.ts';

const drawn = (value: number, error: number): Drawn => ({ value, from: Math.max(0, value - error), to: value + error });
const levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** A forecast of one account that is likelier to fall the longer one waits, invented. */
export const sampleForecast: ForecastResult = {
  runId: 'sample',
  inputsDigest: '',
  bookName: 'Sample',
  asOf: '2026-02-05T21:29:37Z',
  seed: 7,
  draws: 2000,
  alpha: 0.01,
  hours: [1, 24, 168],
  factors: [{ id: 'ETH', dailyVolatility: 0.051, source: 'daily closes, decay 0.94' }],
  accounts: [
    {
      accountId: 'MKR-A',
      trouble: null,
      requirementUsd: 3_850_000,
      excessUsd: 690_000,
      horizons: [1, 24, 168].map((hours, i) => ({
        hours,
        requirementUsd: levels.map((level) => ({ level, value: 3.85e6, from: 3.84e6, to: 3.86e6 })),
        excessUsd: levels.map((level) => {
          const value = 690_000 + (level - 0.5) * 1e6 * (i + 1);
          return { level, value, from: value - 1e4, to: value + 1e4 };
        }),
        callProbability: drawn(0.05 * i, 0.01),
        liquidationProbability: drawn(0.08 * i, 0.01),
        jointProbability: drawn(0.1 * i, 0.01),
        couplingUsd: -20_000 * i,
        headroomUsd: drawn(300_000 * i, 20_000),
        survivalHeadroomUsd: drawn(400_000 * i, 20_000),
      })),
    },
  ],
  book: [1, 24, 168].map((hours) => ({ hours, liquidationProbability: drawn(0.2, 0.02), jointProbability: drawn(0.22, 0.02) })),
  changes: [],
  headline: 'MKR-A is the likeliest to be liquidated within 7 days.',
  assumptions: ['Moves are drawn from 500 recorded days.'],
  elapsedMs: 1,
};

const cell = (trigger: number, target: number, chance: number): TriggerCell => ({
  trigger,
  target,
  expectedCostUsd: drawn(2000 + 1e5 * chance, 200),
  orderCostUsd: 2000,
  liquidationLossUsd: 1e5 * chance,
  liquidationProbability: drawn(chance, 0.002),
  executions: 2.5,
  firedFraction: 0.7,
});

/** Orders of the same account, invented. */
export const sampleTrigger: TriggerResult = {
  runId: 'sample',
  inputsDigest: '',
  bookName: 'Sample',
  asOf: '2026-02-05T21:29:37Z',
  accountId: 'MKR-A',
  venueName: 'Maker',
  healthFactor: 1.18,
  soldAssetId: 'WETH',
  repaidAssetId: 'DAI',
  days: 7,
  lookMinutes: 30,
  draws: 2000,
  seed: 7,
  alpha: 0.01,
  objective: 'target',
  terms: {
    from: 'collateral',
    cashUsd: 0,
    latencyMinutes: 30,
    missFraction: 0.2,
    keeperFeeFraction: 0.003,
    gasUsd: 25,
    slippageCapFraction: 0.02,
  },
  triggers: [1.05, 1.1],
  targets: [1.1, 1.2],
  cells: [cell(1.05, 1.1, 0.02), cell(1.05, 1.2, 0.01), cell(1.1, 1.2, 0.002)],
  none: { expectedCostUsd: drawn(110_000, 9000), liquidationLossUsd: 110_000, liquidationProbability: drawn(0.22, 0.02) },
  best: { cost: cell(1.1, 1.2, 0.002), safety: cell(1.1, 1.2, 0.002), target: cell(1.1, 1.2, 0.002) },
  frontier: [cell(1.1, 1.2, 0.002)],
  isWorthIt: true,
  windows: [
    {
      windowId: '2025-10',
      windowName: 'Crash of 10 October',
      isLiquidatedWithout: true,
      isLiquidatedWith: false,
      executions: 3,
      costWithoutUsd: 500_000,
      costWithUsd: 4000,
    },
  ],
  headline: 'MKR-A: repay below 1.100 up to 1.200.',
  doubts: [
    { id: 'missed', text: 'Nobody carries it out at that moment.', perPath: 0.6 },
    { id: 'venue', text: 'The venue may be paused.', perPath: null },
  ],
  assumptions: ['Paths are those of the forecast.'],
  elapsedMs: 1,
};
