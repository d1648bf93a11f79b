import type { CascadeResult, GridResult, SurplusResult } from '../../main/contract/analysis.ts';
import { sampleCauses } from './sample-causes.ts';

type Round = CascadeResult['rounds'][number];
type RoundRow = readonly [
  crowdM: number,
  mineM: number,
  crowdAccounts: number,
  fallen: string,
  eth: number,
  btc: number,
  discount: number,
  sentence: string,
];

const roundRows: readonly RoundRow[] = [
  [0, 0, 0, '', -0.18, -0.14, 0.0042, 'ETH falls 18 %, BTC 14 %; nothing has been sold.'],
  [212, 3.5, 379, 'MKR-A', -0.206, -0.151, 0.0155, 'ETH 1,494.20 (−20.6 %). MKR-A falls with 379 borrowers of the crowd.'],
  [187, 5.2, 288, 'DRB-ETH', -0.229, -0.16, 0.037, 'ETH 1,450.90 (−22.9 %). DRB-ETH falls: MKR-A and 379 others sold ETH.'],
  [141, 5.6, 201, 'MRP-2', -0.244, -0.165, 0.057, 'ETH 1,422.70 (−24.4 %). KEEL marks its loans down; MRP-2 falls.'],
  [
    74,
    10.4,
    96,
    'MRP-1',
    -0.252,
    -0.168,
    0.072,
    'ETH 1,407.20 (−25.2 %), stETH 7.2 % below ETH. wstETH has lost 30.6 %, past the −30.4 % at which MRP-1 is liquidated.',
  ],
  [2, 0, 3, '', -0.252, -0.168, 0.072, 'Nobody else falls.'],
];

function round(row: RoundRow, index: number): Round {
  const [crowdM, mineM, crowdAccounts, fallen, eth, btc, discount, sentence] = row;
  const ethUsd = 1881.9 * (1 + eth);
  return {
    round: index,
    crowdSoldUsd: crowdM * 1e6,
    mineSoldUsd: mineM * 1e6,
    crowdAccounts,
    fallen: fallen === '' ? [] : [fallen],
    pricesUsd: {
      ETH: ethUsd,
      BTC: 63718.97 * (1 + btc),
      stETH: ethUsd * (1 - discount),
      wstETH: ethUsd * 1.2238 * (1 - discount),
      KEEL: 1 - discount / 2,
    },
    flows: [],
    sentence,
  };
}

/** The cascade at the reference shock: four of the book's accounts fall in four rounds. */
export const sampleCascade: CascadeResult = {
  shock: { moves: { ETH: -0.18, BTC: -0.14 }, volatilityShift: 0.35 },
  assumptions: { depthThinningFraction: 0.5, maxRounds: 50, includeCrowd: true },
  pricesBeforeUsd: { ETH: 1881.9, BTC: 63718.97, stETH: 1881.9 * 0.9958, wstETH: 1881.9 * 1.2238 * 0.9958, KEEL: 0.9979 },
  rounds: roundRows.map(round),
  hasConverged: true,
  fallen: [
    { accountId: 'MKR-A', round: 1, aloneMove: -0.15, soldUsd: 3.5e6, lostUsd: 0.46e6, because: 'the shock itself', causes: [] },
    {
      accountId: 'DRB-ETH',
      round: 2,
      aloneMove: -0.195,
      soldUsd: 5.2e6,
      lostUsd: 1.16e6,
      because: 'MKR-A and 379 others sold ETH',
      causes: ['MKR-A'],
    },
    {
      accountId: 'MRP-2',
      round: 3,
      aloneMove: null,
      soldUsd: 5.6e6,
      lostUsd: 1.38e6,
      because: 'KEEL marks its loans down',
      causes: ['DRB-ETH', 'MKR-A'],
    },
    {
      accountId: 'MRP-1',
      round: 4,
      aloneMove: -0.304,
      soldUsd: 10.4e6,
      lostUsd: 1.92e6,
      because: 'stETH 7.2 % under ETH',
      causes: ['MRP-2', 'DRB-ETH', 'MKR-A'],
    },
  ],
  holding: [
    { accountId: 'AAV-CORE', excessUsd: 2.31e6 },
    { accountId: 'DRB-MAIN', excessUsd: 0.88e6 },
    { accountId: 'CMP-1', excessUsd: 1.54e6 },
    { accountId: 'HYP-1', excessUsd: 0.9e6 },
    { accountId: 'BIN-USDM', excessUsd: 3.1e6 },
    { accountId: 'CST-1', excessUsd: null },
  ],
  firstRoundLossUsd: 14.6e6,
  totalLossUsd: 23.94e6,
  badDebtUsd: 0,
  lossAmplification: 23.94 / 14.6,
  priceAmplification: { ETH: 0.252 / 0.18, BTC: 0.168 / 0.14 },
  lossByAccountUsd: {
    'MKR-A': 1.76e6,
    'DRB-ETH': 2.46e6,
    'MRP-2': 1.38e6,
    'MRP-1': 4.12e6,
    'DRB-MAIN': 4.9e6,
    'AAV-CORE': 6.42e6,
    'CMP-1': 1.7e6,
    'HYP-1': 0.7e6,
    'BIN-USDM': 0.5e6,
    'CST-1': 0,
  },
  causes: sampleCauses,
};

const parts: readonly (readonly [venueId: string, venueName: string, lossM: number, fallen: readonly string[]])[] = [
  ['maker', 'Maker', 0.62, ['MKR-A']],
  ['deribit', 'Deribit', 2.31, ['DRB-ETH']],
  ['morpho', 'Morpho', 1.34, []],
  ['aave-v3', 'Aave v3', 0.48, []],
  ['compound-iii', 'Compound III', 0.12, []],
  ['hyperliquid', 'Hyperliquid', 0.14, []],
  ['binance', 'Binance USDⓈ-M', 0.09, []],
];

/** Joint second-round loss 9.34 M against 5.10 M, the sum of the venues alone. */
export const sampleSurplus: SurplusResult = {
  parts: parts.map(([venueId, venueName, lossM, fallen]) => ({ venueId, venueName, secondRoundLossUsd: lossM * 1e6, fallen: [...fallen] })),
  sumOfPartsUsd: 5.1e6,
  jointUsd: 9.34e6,
  surplusUsd: 4.24e6,
  ratio: 9.34 / 5.1,
};

const spotMoves = [-0.4, -0.3, -0.25, -0.2, -0.18, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3, 0.4];
const volatilityShifts = [-0.2, -0.1, 0, 0.1, 0.2, 0.35, 0.45, 0.6];

function firstRoundAt(move: number, shift: number): number {
  return move * 52e6 + (move < 0 ? -1 : 1) * move * move * 30e6 - shift * 4.2e6;
}

function lostAt(move: number, shift: number): number {
  const stress = -move + shift * 0.05;
  if (move >= 0.3) return shift >= 0.1 || move >= 0.4 ? 1 : 0;
  return [0.14, 0.16, 0.17, 0.18, 0.2, 0.24, 0.3, 0.38].filter((limit) => stress >= limit).length;
}

/** The book's grid for one underlying: losses grow faster once accounts fall. */
function sampleGrid(underlying: string, scale: number): GridResult {
  const accountsLost = volatilityShifts.map((shift) => spotMoves.map((move) => lostAt(move * scale, shift)));
  const firstRoundUsd = volatilityShifts.map((shift) => spotMoves.map((move) => firstRoundAt(move, shift) * scale));
  const afterCascadeUsd = firstRoundUsd.map((row, y) => row.map((value, x) => value - (accountsLost[y]?.[x] ?? 0) * 2.2e6));
  return { underlying, spotMoves, volatilityShifts, firstRoundUsd, afterCascadeUsd, accountsLost };
}

/** Grids for all drivers together, ETH alone and BTC alone. */
export const sampleGrids: readonly GridResult[] = [sampleGrid('*', 1), sampleGrid('ETH', 0.7), sampleGrid('BTC', 0.4)];
