import type { FanResult } from '../../main/contract/cascade-fan.ts';

/** A fan of 200 draws over three rounds, the last as the one before it: MKR-A falls in all, DRB-ETH in half, BIN-USDM in none. */
export const sampleFan: FanResult = {
  shock: { moves: { ETH: -0.18, BTC: -0.14 }, volatilityShift: 0.35 },
  assumptions: { depthThinningFraction: 0.5, maxRounds: 60, includeCrowd: true },
  spread: {
    seed: 7,
    depthSigma: 0.5,
    recoveryLow: 0,
    recoveryHigh: 0.1,
    latency: { distribution: 'geometric', meanRounds: 1, seed: 7 },
  },
  draws: 200,
  unfinished: 1,
  cut: 0,
  probabilities: [0.05, 0.25, 0.5, 0.75, 0.95],
  pricesUsd: {
    ETH: [
      [1640, 1640, 1640, 1640, 1640],
      [1500, 1540, 1560, 1580, 1600],
      [1400, 1480, 1520, 1560, 1590],
      [1400, 1480, 1520, 1560, 1590],
    ],
  },
  lossUsd: [
    [4e6, 4e6, 4e6, 4e6, 4e6],
    [4.5e6, 5e6, 5.5e6, 6e6, 7e6],
    [5e6, 5.5e6, 6e6, 7e6, 9e6],
    [5e6, 5.5e6, 6e6, 7e6, 9e6],
  ],
  finalLossUsd: [5e6, 5.5e6, 6e6, 7e6, 9e6],
  badDebtUsd: [0, 0, 0, 1e5, 2e6],
  rounds: [2, 2, 3, 4, 6],
  accounts: [
    { accountId: 'BIN-USDM', fallFraction: 0, standardError: 0, roundsToFall: [Infinity, Infinity, Infinity, Infinity, Infinity] },
    { accountId: 'DRB-ETH', fallFraction: 0.5, standardError: 0.035, roundsToFall: [2, 3, 5, Infinity, Infinity] },
    { accountId: 'MKR-A', fallFraction: 1, standardError: 0, roundsToFall: [1, 1, 1, 1, 2] },
  ],
  basis: 'Assumed, not estimated.',
};
