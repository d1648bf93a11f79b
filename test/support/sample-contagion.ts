import type { FailureModel, FailureResult, Interval } from '../../main/contract/contagion.ts';
import type { TransfersResult } from '../../main/contract/transfers.ts';

const every = (low: number, high: number): Record<FailureModel, Interval> => {
  const each = { low, high };
  return {
    direct: { low: high / 2, high: high / 2 },
    eisenbergNoe: each,
    rogersVeraart: each,
    debtRank: { low: high, high },
    threshold: { low: high, high },
    thresholdRecovery: each,
    fireSale: { low: -low, high: { reason: 'notConverged', message: 'Fire sale did not come to rest' } },
  };
};

/** A venue fails: half is lost directly, and the clearing takes more at the severe end. */
export const sampleFailure: FailureResult = {
  runId: 'sample',
  inputsDigest: '',
  snapshotAsOf: '2026-02-05T21:29:37Z',
  systemAsOf: '2026-02-05',
  elapsedMs: 1,
  nodes: [
    { id: 'aave', name: 'Aave', kind: 'venue', directLossUsd: 10e6, isAssumed: true, graphIds: ['venue:aave'] },
    { id: 'lido', name: 'Lido', kind: 'issuer', directLossUsd: 5e6, isAssumed: true, graphIds: ['issuer:Lido', 'asset:stETH'] },
  ],
  nodeId: 'aave',
  nodeName: 'Aave',
  recoveryFraction: 0.5,
  equityUsd: 90e6,
  models: (Object.entries(every(10e6, 20e6)) as [FailureModel, Interval][]).map(([id, lossUsd]) => ({
    id,
    name: `By ${id}`,
    belief: 'As believed.',
    lossUsd,
    passedOnUsd: lossUsd,
    hurt: [{ id: 'aave', name: 'Aave', payFraction: 0.5 }],
  })),
  accounts: [
    { accountId: 'AAV-CORE', venueName: 'Aave v3', equityUsd: 24e6, lossUsd: every(10e6, 20e6), excessUsd: null },
    { accountId: 'CST-1', venueName: 'Custody', equityUsd: 14e6, lossUsd: every(0, 1e6), excessUsd: 1e6 },
    { accountId: 'HYP-1', venueName: 'Hyperliquid', equityUsd: 3e6, lossUsd: every(0, 0), excessUsd: 1e6 },
  ],
  exposures: [{ assetId: 'ETH', beforeUsd: 80e6, afterUsd: 40e6 }],
  fireSale: { moves: [{ assetId: 'ETH', bySales: -0.01, byDeleveraging: -0.02 }], aggregateVulnerability: 0.1 },
  overlap: { topEigenvalueUsd: 1e6, holders: [] },
  path: ['Aave fails and pays 50 % of what it owes.'],
  disagreements: ['One says more than the other.'],
  publishedFraction: 0.03,
  assumptions: [
    { id: 'institution:aave', text: 'Aave: obligations and capital, USD', value: '30 bn to 60 bn; 100 M to 500 M', source: 'assumed' },
    { id: 'sales', text: 'Coins that the failure brings to market', value: '0.1 % to 1 % of them', source: 'assumed' },
    { id: 'note:0', text: 'Brackets are wide on purpose.', value: '', source: 'resources/system/institutions.json' },
  ],
};

/** One transfer covers what one account lacks. */
export const samplePlan: TransfersResult = {
  runId: 'sample',
  inputsDigest: '',
  snapshotAsOf: '2026-02-05T21:29:37Z',
  termsAsOf: '2026-02-05',
  elapsedMs: 1,
  horizonHours: 24,
  bufferFraction: 0.05,
  solver: 'simplex',
  requirement: { siloedUsd: 84e6, unifiedUsd: 82e6, rows: [] },
  funding: { siloedUsd: 5e6, unifiedUsd: 0, feasibleUsd: 0.2e6, strandedUsd: 5e6, strandedAfterUsd: 0.2e6 },
  transfers: [
    {
      id: 'CST-1:USDC>AAV-CORE:USDC',
      fromAccountId: 'CST-1',
      toAccountId: 'AAV-CORE',
      assetId: 'USDC',
      intoAssetId: 'USDC',
      use: 'repay',
      quantity: 912_660,
      valueUsd: 912_478,
      costUsd: 25,
      minutes: 125,
      worthUsd: 91,
    },
  ],
  costUsd: 25,
  accounts: [],
  limits: [],
  lateRoutes: 2,
  unification: { hubName: 'Deribit', recoveryFraction: 0.5, rows: [] },
  statement: ['One transfer covers nearly all.'],
  assumptions: [{ id: 'swap', text: 'Changing the form of a thing', value: '5 bp, 10 min', source: 'assumed' }],
};
