import type { HedgeLeg, HedgeResult } from '../../main/contract/hedge.ts';
import { sampleAccounts } from './sample-accounts.ts';

type LegRow = readonly [
  id: string,
  kind: HedgeLeg['kind'],
  accountId: string,
  title: string,
  route: string,
  notionalUsd: number,
  costUsd: number,
  premiumUsd: number,
  effectUsd: number,
  why: string,
];

const legRows: readonly LegRow[] = [
  [
    'l1',
    'repay',
    'MKR-A',
    'Repay 650,000 DAI on MKR-A',
    'Custody → Maker',
    650_000,
    400,
    0,
    -0.9e6,
    'First domino: breached in round 1, its 1,870 ETH sale deepens every later round.',
  ],
  [
    'l2',
    'repay',
    'MRP-1',
    'Repay 900,000 USDC on MRP-1',
    'Custody → Morpho',
    900_000,
    300,
    0,
    -1.4e6,
    'Binding row: joint wstETH −30.6 % at ETH −18 % against −30.4 % alone.',
  ],
  [
    'l3',
    'transfer',
    'DRB-ETH',
    'Move 2,000,000 USDC to DRB-ETH',
    'Custody → Deribit',
    2_000_000,
    100,
    0,
    -0.8e6,
    'The row −33 %, vol up binds; cash is the cheapest margin here.',
  ],
  [
    'l4',
    'trade',
    'DRB-MAIN',
    'Buy 120 BTC-27MAR26-55000-P',
    'Deribit · DRB-MAIN',
    7_646_276,
    8_600,
    412_900,
    -2.9e6,
    'Cuts tail rows 3, 7, 12; lowers the requirement by 0.71 M while it costs 0.41 M.',
  ],
  [
    'l5',
    'trade',
    'DRB-ETH',
    'Buy 2,400 ETH-27MAR26-1500-P',
    'Deribit · DRB-ETH',
    4_516_560,
    12_800,
    225_800,
    -2.3e6,
    'Pays in the same state in which MRP-2 and MRP-1 fall; survives that state.',
  ],
  [
    'l6',
    'trade',
    'BIN-USDM',
    'Sell 1,900 ETH-PERP',
    'Binance · BIN-USDM',
    3_575_610,
    19_600,
    0,
    -1.2e6,
    'Look-through ETH delta 14,210 → 12,310; own margin holds to ETH +41 %.',
  ],
];

function leg(row: LegRow): HedgeLeg {
  const [id, kind, accountId, title, route, notionalUsd, costUsd, premiumUsd, expectedShortfallEffectUsd, why] = row;
  return {
    id,
    kind,
    accountId,
    fromAccountId: kind === 'trade' ? null : 'CST-1',
    instrumentId: kind === 'trade' ? (title.split(' ').at(-1) ?? null) : null,
    assetId: kind === 'trade' ? null : id === 'l1' ? 'DAI' : 'USDC',
    side: kind === 'trade' ? (title.startsWith('Buy') ? 'buy' : 'sell') : 'pay',
    quantity: (title.split(' ')[1] ?? '0').replaceAll(',', ''),
    title,
    route,
    notionalUsd,
    costUsd,
    premiumUsd,
    expectedShortfallEffectUsd,
    why,
    depthUsedFraction: kind === 'trade' ? 0.21 : 0,
    latency: {
      minutes: kind === 'trade' ? 0 : 125,
      text:
        kind === 'trade' ? 'Done at once.' : 'Arrives within 2 h 5 min; counts from ETH −15 % and ETH +26 % on, in 32 of 105 scenarios.',
      reductionPerUsd: -expectedShortfallEffectUsd / costUsd,
      reductionPerHourUsd: kind === 'trade' ? null : (-60 * expectedShortfallEffectUsd) / 125,
    },
  };
}

const after: Readonly<Record<string, readonly [jointMove: number, excessUsd: number]>> = {
  'MKR-A': [-0.298, 1.25e6],
  'DRB-ETH': [-0.27, 3.77e6],
  'MRP-2': [-0.268, 1.564e6],
  'MRP-1': [-0.339, 5.354e6],
  'DRB-MAIN': [-0.284, 6.07e6],
  'AAV-CORE': [-0.302, 12.25e6],
  'CMP-1': [-0.31, 3.03e6],
  'HYP-1': [-0.303, 1.83e6],
  'BIN-USDM': [-0.382, 3.78e6],
};

/** A full suggestion after the drawn screen: invented, consistent with the sample analysis, only for tests and galleries. */
export const sampleHedge: HedgeResult = {
  runId: 'sample-hedge',
  engineVersion: '0.1.0',
  seed: 7,
  inputsDigest: '9f3ac1d27be04c118a5f6e20b7d4913c9f3ac1d27be04c118a5f6e20b7d4913c',
  status: 'optimal',
  solver: 'HiGHS',
  gapFraction: 0.003,
  scenarios: 640,
  candidates: 214,
  confidence: 0.975,
  budgetUsd: 100_000,
  statement: 'Six actions costing 41.8 k USD keep all ten accounts alive at the reference shock.',
  before: {
    costUsd: 0,
    premiumUsd: 0,
    expectedShortfallUsd: 27.4e6,
    anyLiquidationFraction: 0.31,
    fallenAtReference: ['MKR-A', 'DRB-ETH', 'MRP-2', 'MRP-1'],
    secondRoundLossUsd: 9.34e6,
  },
  after: {
    costUsd: 41_800,
    premiumUsd: 638_700,
    expectedShortfallUsd: 17.9e6,
    anyLiquidationFraction: 0.04,
    fallenAtReference: [],
    secondRoundLossUsd: 0,
  },
  legs: legRows.map(leg),
  accounts: sampleAccounts.map((account) => {
    const reached = after[account.accountId];
    const excess = typeof account.excessUsd === 'number' ? account.excessUsd : null;
    return {
      accountId: account.accountId,
      jointMoveBefore: account.jointMove,
      jointMoveAfter: reached?.[0] ?? null,
      excessBeforeUsd: excess,
      excessAfterUsd: reached?.[1] ?? null,
      fallsBefore: account.fallsInRound,
      fallsAfter: null,
    };
  }),
  savedAccountIds: ['MKR-A', 'DRB-ETH', 'MRP-2', 'MRP-1'],
  recheck: { programUsd: 17.7e6, cascadeUsd: 17.9e6, gapFraction: 0.2 / 17.9, passes: 2 },
  relaxations: [],
  duals: [
    { constraint: 'margin.deribit', value: 0.31, text: 'One more dollar of margin at Deribit saves 0.31 of expected shortfall.' },
    { constraint: 'cash.custody', value: 0.22, text: 'One more dollar of free cash on chain saves 0.22.' },
  ],
  survival: {
    scenarios: 400,
    idealUsd: 17.9e6,
    countedUsd: 18.3e6,
    stated: [
      'On a day among the worst 10 %, with probability 2.0 % each, Binance or Deribit halts, and nothing gained there can be taken out.',
    ],
    falls: [
      {
        accountId: 'DRB-ETH',
        kind: 'frozen',
        subject: 'Deribit',
        shortUsd: 0.21e6,
        text: 'DRB-ETH holds unless Deribit halts while ETH falls by 18 %: then short by 0.21 M USD.',
      },
    ],
  },
  whatCouldGoWrong: [
    { assumption: 'Deribit credits the 2 M later than 28 min', effect: 'DRB-ETH falls in 3.1 % of scenarios' },
    { assumption: 'Depth is a third of what is assumed', effect: 'ES 17.9 → 20.6 M, MRP-2 falls' },
    { assumption: 'stETH slips more than 9 %', effect: 'MRP-1 falls at ETH −21 %' },
  ],
};

/** The same request when no set of actions meets every limit. */
export const sampleInfeasibleHedge: HedgeResult = {
  ...sampleHedge,
  status: 'infeasible',
  legs: [],
  after: sampleHedge.before,
  savedAccountIds: [],
  duals: [],
  whatCouldGoWrong: [],
  statement: 'No set of actions keeps every account alive within 5 k USD.',
  budgetUsd: 5_000,
  accounts: sampleHedge.accounts.map((account) => ({
    ...account,
    jointMoveAfter: account.jointMoveBefore,
    excessAfterUsd: account.excessBeforeUsd,
    fallsAfter: account.fallsBefore,
  })),
  relaxations: [{ constraint: 'budget', amount: 31_400, unit: 'USD', text: 'Raise the budget by 31.4 k USD.' }],
};
