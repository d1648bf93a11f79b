import type { AccountState } from '../../main/contract/cell.ts';
import type { NetworkMetric, NetworkResult } from '../../main/contract/network.ts';

type Node = NetworkResult['nodes'][number];
type Edge = NetworkResult['edges'][number];
type NodeRow = readonly [
  id: string,
  kind: Node['kind'],
  label: string,
  caption: string,
  valueM: number,
  state: AccountState,
  loopId: number | null,
];
type EdgeRow = readonly [from: string, to: string, kind: Edge['kind'], label: string, valueM: number, loopId: number | null];

const nodeRows: readonly NodeRow[] = [
  ['asset:ETH', 'asset', 'ETH', '1,881.90', 86.4, 'none', 1],
  ['asset:BTC', 'asset', 'BTC', '63,718.97', 31.2, 'none', null],
  ['asset:USDC', 'asset', 'USDC', '0.9998', 30.9, 'none', null],
  ['asset:stETH', 'claim', 'stETH', 'discount 0.42 %', 78.8, 'none', 1],
  ['asset:wstETH', 'claim', 'wstETH', '78.8 M', 78.8, 'watch', 1],
  ['asset:WBTC', 'claim', 'WBTC', '11.6 M', 11.6, 'none', null],
  ['asset:KEEL', 'claim', 'KEEL vault share', '17.8 M, 31 h old', 17.8, 'watch', 2],
  ['account:AAV-CORE', 'account', 'AAV-CORE', 'HF 1.325', 23.98, 'watch', 1],
  ['account:MRP-1', 'account', 'MRP-1', 'HF 1.437', 6.84, 'danger', null],
  ['account:MRP-2', 'account', 'MRP-2', 'HF 1.283', 3.68, 'danger', 2],
  ['account:MKR-A', 'account', 'MKR-A', 'ratio 171 %', 2.4, 'danger', null],
  ['account:DRB-ETH', 'account', 'DRB-ETH', '76.2 %', 4.87, 'danger', null],
  ['account:DRB-MAIN', 'account', 'DRB-MAIN', '70.9 %', 18.42, 'watch', null],
  ['account:CMP-1', 'account', 'CMP-1', 'HF 1.513', 5.7, 'safe', null],
  ['account:HYP-1', 'account', 'HYP-1', '44.9 %', 3.32, 'safe', null],
  ['account:BIN-USDM', 'account', 'BIN-USDM', '36.2 %', 6.1, 'safe', null],
  ['account:CST-1', 'account', 'CST-1', '14.2 M', 14.2, 'none', null],
  ['pool:wstETH/USDC', 'pool', 'Morpho wstETH/USDC', 'use 94.2 %', 10.2, 'watch', null],
  ['pool:KEEL/USDC', 'pool', 'Morpho KEEL/USDC', 'use 88 %', 5.5, 'watch', 2],
];

const edgeRows: readonly EdgeRow[] = [
  ['asset:ETH', 'asset:stETH', 'backs', 'stake', 78.8, 1],
  ['asset:stETH', 'asset:wstETH', 'backs', 'wrap', 78.8, 1],
  ['asset:wstETH', 'account:AAV-CORE', 'pledge', 'pledge 61.7', 61.73, 1],
  ['account:AAV-CORE', 'asset:ETH', 'borrow', 'borrow WETH 15.3', 15.3, 1],
  ['asset:wstETH', 'account:MRP-1', 'pledge', 'pledge 17.0', 17.04, null],
  ['account:MRP-1', 'pool:wstETH/USDC', 'borrow', 'owes 10.2', 10.2, null],
  ['pool:wstETH/USDC', 'asset:KEEL', 'lends', '31 % of vault', 5.52, null],
  ['asset:KEEL', 'account:MRP-2', 'pledge', 'pledge 9.2', 9.2, 2],
  ['account:MRP-2', 'pool:KEEL/USDC', 'borrow', 'owes 5.5', 5.52, 2],
  ['pool:KEEL/USDC', 'asset:KEEL', 'lends', '18 % of vault', 3.2, 2],
  ['asset:ETH', 'account:MKR-A', 'pledge', 'pledge 5.8', 5.8, null],
  ['asset:ETH', 'account:DRB-ETH', 'price', 'options', 5.46, null],
  ['asset:BTC', 'account:DRB-MAIN', 'price', 'options', 19.1, null],
  ['asset:BTC', 'asset:WBTC', 'backs', 'backs', 11.6, null],
  ['asset:WBTC', 'account:CMP-1', 'pledge', 'pledge 11.6', 11.6, null],
  ['asset:USDC', 'account:CST-1', 'holds', 'holds 14.2', 14.2, null],
  ['asset:USDC', 'account:BIN-USDM', 'holds', 'margin 6.1', 6.1, null],
  ['asset:USDC', 'account:HYP-1', 'holds', 'margin 3.3', 3.32, null],
];

const metricRows: readonly (readonly [NetworkMetric['id'], string, NetworkMetric['unit'], number, string])[] = [
  ['lookThroughLeverage', 'Look-through leverage', '×', 2.31, '1.86 × on the surface'],
  ['collateralMultiplier', 'Collateral multiplier', '×', 2.9, 'claims and pledges on 78.8 M of collateral'],
  ['rehypothecationFactor', 'Rehypothecation factor', '×', 1.31, '40 % of pledges may be used again by the venue, how often is not known'],
  ['chainDepth', 'Chain depth', 'claims', 4, 'longest chain of claims down to a coin'],
  ['expectedDepth', 'Expected depth', 'claims', 2.2, 'by value over all holdings, coins at 0'],
  ['debtFinancedFraction', 'Debt-financed collateral', 'fraction', 0.416, 'of what is pledged, matched by debt in the same coin'],
  ['largestGain', 'Largest loop gain', '', 0.62, 'vault loop, one of 2 loops'],
  ['crossProtocolFraction', 'Cross-protocol exposure', 'fraction', 0.634, 'most concentrated: Aave v3, index 0.50'],
  ['velocityHour', 'Collateral velocity, 1 h', '×', 1, '78.8 M pledged, 78.8 M of it from outside'],
  ['velocityDay', 'Collateral velocity, 1 d', '×', 1.2, '94.6 M pledged, 78.8 M of it from outside'],
  ['velocityWeek', 'Collateral velocity, 7 d', '×', 1.9, '149.7 M pledged, 78.8 M of it from outside'],
  ['drawdownCorrelation', 'Correlation in drawdown', '', 0.86, '17 worst days; 0.81 by selection alone, 0.84 on all days'],
  [
    'tailDependence',
    'Tail dependence, lower 5 %',
    '',
    0.72,
    '0.52 to 0.86 at 95 %, 25 of 500 days each; 0.52 if moves were normal, 5 % if apart',
  ],
  ['runOffHour', 'Run-off, 1 h', 'fraction', 0.008, 'of 154 M; debts and positions hold 71 %, pools have lent out 10 %'],
  ['runOffDay', 'Run-off, 1 d', 'fraction', 0.081, 'of 154 M; debts and positions hold 71 %, pools have lent out 10 %'],
  ['runOffWeek', 'Run-off, 7 d', 'fraction', 0.148, 'of 154 M; debts and positions hold 71 %, pools have lent out 10 %'],
  ['underBackedClaims', 'Under-backed claims', 'claims', 0, 'none quoted above its backing'],
];

/** The dependency graph of the sample: a staking loop, a vault loop, and the chain that ties them. */
export const sampleNetwork: NetworkResult = {
  nodes: nodeRows.map(([id, kind, label, caption, valueM, state, loopId]) => ({
    id,
    kind,
    label,
    caption,
    valueUsd: valueM * 1e6,
    state,
    isMine: true,
    loopId,
  })),
  edges: edgeRows.map(([from, to, kind, label, valueM, loopId]) => ({
    from,
    to,
    kind,
    label,
    valueUsd: valueM * 1e6,
    weight: Math.min(1, valueM / 80),
    loopId,
  })),
  loops: [
    { id: 1, name: 'staking loop', members: ['asset:ETH', 'asset:stETH', 'asset:wstETH', 'account:AAV-CORE'], gain: 0.25, turns: 1 / 0.75 },
    { id: 2, name: 'vault loop', members: ['asset:KEEL', 'account:MRP-2', 'pool:KEEL/USDC'], gain: 0.62, turns: 1 / 0.38 },
  ],
  underBacked: [],
  conditions: {
    'account:MRP-1': [
      { text: 'stETH redeems 1 : 1 for ETH', detail: 'Lido queue 31 h; discount now 0.42 %', state: 'safe' },
      { text: 'ETH/USD is posted in time', detail: '58 of 60 min heartbeat used', state: 'safe' },
      { text: 'Morpho wstETH/USDC stays liquid', detail: '94.2 % used; 0.6 M may leave today', state: 'watch' },
      { text: 'no larger borrower sells first', detail: '412 M of wstETH debt falls due between ETH −12 % and −25 %', state: 'watch' },
      { text: 'your own MRP-2 does not fall', detail: 'it marks KEEL down, and KEEL lends to this market', state: 'danger' },
    ],
  },
  sellers: { 'account:MRP-1': ['Morpho liquidator', 'KEEL curator', 'Lido queue'] },
  chains: {
    'account:MRP-1': [
      'MRP-1 pledges 7,400 wstETH.',
      'wstETH is wrapped stETH, which is staked ETH.',
      'MRP-1 owes 10.2 M to Morpho wstETH/USDC, which KEEL lends 31 % of its vault to.',
    ],
  },
  lookThrough: {
    totalUsd: 165.13e6,
    byAsset: [
      { assetId: 'ETH', assetsUsd: 101.7e6, debtsUsd: 15.3e6, netUsd: 86.4e6 },
      { assetId: 'BTC', assetsUsd: 31.2e6, debtsUsd: 0, netUsd: 31.2e6 },
      { assetId: 'USDC', assetsUsd: 30.9e6, debtsUsd: 57.9e6, netUsd: -27e6 },
    ],
    leverage: 2.31,
    walletLeverage: 1.86,
    chainDepth: 4,
    debtFinancedFraction: 0.416,
  },
  metrics: metricRows.map(([id, title, unit, value, meaning]) => ({
    id,
    title,
    unit,
    value,
    dayBefore: 0.9 * value,
    asOf: '2026-02-05T21:29:37Z',
    ageMs: 31 * 3_600_000,
    coverageFraction: 0.974,
    meaning,
  })),
  failures: [
    {
      id: 'venue:aave',
      kind: 'venue',
      label: 'Aave v3',
      directUsd: 23.98e6,
      throughUsd: 0,
      lossUsd: 23.98e6,
      accounts: [{ accountId: 'AAV-CORE', lossUsd: 23.98e6 }],
      rounds: 2,
      path: 'Aave v3 → AAV-CORE',
    },
    {
      id: 'issuer:Lido',
      kind: 'issuer',
      label: 'Lido',
      directUsd: 78.76e6,
      throughUsd: 9.41e6,
      lossUsd: 23.9e6,
      accounts: [{ accountId: 'AAV-CORE', lossUsd: 23.9e6 }],
      rounds: 4,
      path: 'Lido → wstETH → AAV-CORE',
    },
  ],
  exposures: {
    protocols: [
      { id: 'venue:aave', label: 'Aave v3' },
      { id: 'issuer:Lido', label: 'Lido' },
    ],
    rows: [{ venueId: 'aave', venueName: 'Aave v3', heldUsd: 61.73e6, valueUsd: [61.73e6, 61.73e6], concentration: 0.5 }],
  },
  unknown: ['the issuer of KEEL is not known'],
};
