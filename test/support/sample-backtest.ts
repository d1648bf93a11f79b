import type { BacktestStrategy, BacktestWindow } from '../../main/contract/backtest.ts';
import { sampleWindow } from './sample-replay.ts';
import { windowSummaryOf } from '../../main/services/replay/window-summary.ts';

function strategyOf(id: string, name: string, share: number): BacktestStrategy {
  const estimate = (value: number) => ({ value, from: value * 0.9, to: value * 1.1 });
  const decision = { costUsd: 1000 * (1 - share), premiumUsd: 0, turnoverUsd: 2e6 * (1 - share), movedUsd: 0 };
  return {
    id,
    name,
    meaning: 'as told',
    realisedShortfallUsd: estimate(400_000 * share),
    worstDrawdownUsd: estimate(2e6 * share),
    varianceReduction: estimate(1 - share * share),
    shortfallReduction: estimate(1 - share),
    liquidations:
      id === 'nothing'
        ? [{ accountId: 'MKR-A', at: '2025-10-10T06:00:00Z', side: 'low', costUsd: 90_000, leftUsd: 300_000, moves: { ETH: -0.2 } }]
        : [],
    ...decision,
    unchargedDecayUsd: 0,
    gainUsd: -1e6 * share,
    keptExposureFraction: share,
    decisions: [
      {
        at: '2025-10-10T01:00:00Z',
        ...decision,
        paidOutUsd: {},
        decayUsdPerDay: 0,
        actions: share < 1 ? ['Sell 100 ETH-PERPETUAL on DRB-MAIN'] : [],
        notes: [],
      },
    ],
    equityUsd: [9e6, 9e6 - 1e6 * share],
  };
}

/** A backtest of the sample window, invented. */
export const sampleBacktest: BacktestWindow = {
  bookName: 'Sample',
  window: windowSummaryOf(sampleWindow),
  basis: 'moves',
  decisionHours: 24,
  confidence: 0.975,
  lossHours: 1,
  draws: 1000,
  times: ['2025-10-10T01:00:00Z', '2025-10-10T02:00:00Z'],
  strategies: [strategyOf('nothing', 'Do nothing', 1), strategyOf('delta', 'Delta hedge', 0.3), strategyOf('program', 'Program', 0.4)],
  comparisons: [
    { strategyId: 'nothing', outcome: 'won', by: 'liquidations', surerFraction: 1, sentence: 'The program beats doing nothing.' },
    { strategyId: 'delta', outcome: 'lost', by: 'shortfall', surerFraction: 0.1, sentence: 'The program loses to the delta hedge.' },
  ],
  headline: 'The program does not beat the delta hedge.',
  honest: ['The program loses to the delta hedge.'],
  assumptions: ['Decisions come every 24 hours.'],
  elapsedMs: 1,
};
