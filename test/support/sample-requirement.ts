import type { RequirementResult, RequirementRow } from '../../main/contract/requirement.ts';
import { sampleAccounts } from './sample-accounts.ts';

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function row(excessUsd: number, equityUsd: number, hasRequirement: boolean): RequirementRow {
  const slope = 3 * excessUsd;
  return {
    trouble: null,
    equityUsd,
    requirementUsd: equityUsd - excessUsd,
    excessUsd,
    healthSlope: null,
    greeks: [
      {
        driver: 'price:ETH',
        title: 'ETH price',
        bump: '−1 %',
        requirementDeltaUsd: 0.2 * slope,
        requirementGammaUsd: 0.2 * slope,
        excessDeltaUsd: slope,
        excessGammaUsd: slope,
        interval: null,
        aloneUsd: -0.01 * slope,
        couplingUsd: -0.003 * slope,
        jointUsd: -0.013 * slope,
      },
      {
        driver: 'depth',
        title: 'Depth at the shock',
        bump: '−10 %',
        requirementDeltaUsd: null,
        requirementGammaUsd: null,
        excessDeltaUsd: null,
        excessGammaUsd: null,
        interval: null,
        aloneUsd: 0,
        couplingUsd: -0.02 * slope,
        jointUsd: -0.02 * slope,
      },
    ],
    curves: ['*', 'ETH', 'BTC', 'volatility'].map((driver) => {
      const moves = [-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3];
      const linear = moves.map((move) => excessUsd + slope * move);
      return {
        driver,
        moves,
        linearUsd: linear,
        aloneUsd: linear,
        jointUsd: moves.map((move, i) => (linear[i] ?? 0) + (move < -0.1 ? slope * (move + 0.1) : 0)),
      };
    }),
    switches: hasRequirement
      ? [
          { driver: 'ETH', kind: 'sales', move: -0.1, text: 'Linear until ETH −10 %; beyond it the sales of others reach it.' },
          {
            driver: 'BTC',
            kind: 'none',
            move: null,
            text: 'Linear from BTC −30 % to +30 %: no tier or worst scenario changes, and no sale of others reaches it.',
          },
        ]
      : [],
    distance: hasRequirement
      ? {
          linearSigmaDays: 7.2,
          alone: { sigmaDays: 7.2, moves: { ETH: -0.3, BTC: -0.18 } },
          joint: { sigmaDays: 4.2, moves: { ETH: -0.175, BTC: -0.1 }, isAlongAxis: false },
          chanceAlone: { hour: 0, day: 1e-12, week: 0.006 },
          chanceJoint: { hour: 0, day: 3e-5, week: 0.113 },
        }
      : null,
  };
}

/** How the requirements of the sample book move: invented, consistent, only for tests and galleries. */
export const sampleRequirement: RequirementResult = {
  runId: 'sample-requirement',
  inputsDigest: '9f3ac1d27be04c118a5f6e20b7d4913c9f3ac1d27be04c118a5f6e20b7d4913c',
  factors: [{ id: 'ETH', dailyVolatility: 0.056, source: 'invented' }],
  book: row(40e6, 90e6, false),
  accounts: sampleAccounts.map((account) => ({
    accountId: account.accountId,
    ...row(amount(account.excessUsd), amount(account.equityUsd), account.maintenanceRequirementUsd !== null),
  })),
};
