import type { AccountResult } from '../../main/contract/analysis.ts';
import type { AccountState } from '../../main/contract/cell.ts';
import { samplePositions } from './sample-positions.ts';

/** What a sample account is made of; the rest is computed from it so that the value stays consistent. Money in USD. */
type Row = {
  readonly id: string;
  readonly venue: readonly [id: string, name: string, mark: string, family: string];
  readonly market: string | null;
  readonly equityUsd: number;
  readonly resourcesUsd: number;
  readonly requirementUsd: number | null;
  readonly alone: { readonly all: number | null; readonly ETH: number | null; readonly BTC: number | null };
  readonly joint: number | null;
  readonly sigmaDays: number;
  readonly round: number | null;
  readonly bend: number;
  readonly binding: string;
};

const AAVE = ['aave-v3', 'Aave v3', 'AAV', 'lendingPool'] as const;
const MORPHO = ['morpho', 'Morpho', 'MRP', 'isolatedMarket'] as const;
const MAKER = ['maker', 'Maker', 'MKR', 'vault'] as const;
const COMPOUND = ['compound-iii', 'Compound III', 'CMP', 'baseMarket'] as const;
const DERIBIT = ['deribit', 'Deribit', 'DRB', 'standardOptions'] as const;
const BINANCE = ['binance', 'Binance USDⓈ-M', 'BIN', 'tieredPerpetual'] as const;
const HYPERLIQUID = ['hyperliquid', 'Hyperliquid', 'HYP', 'tieredPerpetual'] as const;
const CUSTODY = ['custody', 'Custody', 'CST', 'custody'] as const;

const rows: readonly Row[] = [
  {
    id: 'MKR-A',
    venue: MAKER,
    market: 'ETH-A',
    equityUsd: 2.4e6,
    resourcesUsd: 4e6,
    requirementUsd: 3.4e6,
    alone: { all: -0.15, ETH: -0.15, BTC: null },
    joint: -0.139,
    sigmaDays: 2.4,
    round: 1,
    bend: 0,
    binding: 'ETH at ratio 145 %',
  },
  {
    id: 'DRB-ETH',
    venue: DERIBIT,
    market: null,
    equityUsd: 4.87e6,
    resourcesUsd: 4.87e6,
    requirementUsd: 3.711e6,
    alone: { all: -0.195, ETH: -0.195, BTC: null },
    joint: -0.162,
    sigmaDays: 2.5,
    round: 2,
    bend: 6e6,
    binding: 'short puts 2,000 of 27MAR26',
  },
  {
    id: 'MRP-2',
    venue: MORPHO,
    market: 'KEEL/USDC',
    equityUsd: 3.68e6,
    resourcesUsd: 7.084e6,
    requirementUsd: 5.52e6,
    alone: { all: null, ETH: null, BTC: null },
    joint: -0.171,
    sigmaDays: 3,
    round: 3,
    bend: 0,
    binding: 'KEEL share at LLTV 77 %',
  },
  {
    id: 'MRP-1',
    venue: MORPHO,
    market: 'wstETH/USDC',
    equityUsd: 6.84e6,
    resourcesUsd: 14.6544e6,
    requirementUsd: 10.2e6,
    alone: { all: -0.304, ETH: -0.304, BTC: null },
    joint: -0.18,
    sigmaDays: 3.2,
    round: 4,
    bend: 0,
    binding: 'wstETH at LLTV 86 %',
  },
  {
    id: 'DRB-MAIN',
    venue: DERIBIT,
    market: null,
    equityUsd: 18.42e6,
    resourcesUsd: 18.42e6,
    requirementUsd: 13.06e6,
    alone: { all: -0.238, ETH: null, BTC: -0.205 },
    joint: -0.203,
    sigmaDays: 3.6,
    round: null,
    bend: 2e7,
    binding: 'short puts 55,000 of 27MAR26',
  },
  {
    id: 'AAV-CORE',
    venue: AAVE,
    market: null,
    equityUsd: 23.98e6,
    resourcesUsd: 50e6,
    requirementUsd: 37.75e6,
    alone: { all: -0.354, ETH: -0.354, BTC: null },
    joint: -0.214,
    sigmaDays: 3.8,
    round: null,
    bend: 0,
    binding: 'wstETH at threshold 81 %',
  },
  {
    id: 'CMP-1',
    venue: COMPOUND,
    market: 'USDC',
    equityUsd: 5.7e6,
    resourcesUsd: 8.93e6,
    requirementUsd: 5.9e6,
    alone: { all: -0.339, ETH: null, BTC: -0.29 },
    joint: -0.275,
    sigmaDays: 5.1,
    round: null,
    bend: 0,
    binding: 'WBTC at liquidate factor 77 %',
  },
  {
    id: 'HYP-1',
    venue: HYPERLIQUID,
    market: null,
    equityUsd: 3.32e6,
    resourcesUsd: 3.32e6,
    requirementUsd: 1.49e6,
    alone: { all: -0.36, ETH: -0.44, BTC: -0.48 },
    joint: -0.291,
    sigmaDays: 5.5,
    round: null,
    bend: 0,
    binding: 'ETH perpetual tier 2',
  },
  {
    id: 'BIN-USDM',
    venue: BINANCE,
    market: null,
    equityUsd: 6.1e6,
    resourcesUsd: 6.1e6,
    requirementUsd: 2.21e6,
    alone: { all: null, ETH: null, BTC: null },
    joint: -0.41,
    sigmaDays: 8.4,
    round: null,
    bend: 0,
    binding: 'BTC perpetual tier 3',
  },
  {
    id: 'CST-1',
    venue: CUSTODY,
    market: null,
    equityUsd: 14.2e6,
    resourcesUsd: 14.2e6,
    requirementUsd: null,
    alone: { all: null, ETH: null, BTC: null },
    joint: null,
    sigmaDays: Infinity,
    round: null,
    bend: 0,
    binding: 'no requirement',
  },
];

/** Moves at which the sample curves are drawn: −50 % to +50 % in steps of 5. */
export const sampleMoves: readonly number[] = Array.from({ length: 21 }, (_, index) => (index - 10) / 20);

/** Excess along one driver: linear through the breach, with an optional bend for short options. */
function excessAlong(row: Row, excessUsd: number, breach: number | null): number[] {
  const slope = breach === null ? excessUsd * 0.2 : excessUsd / -breach;
  return sampleMoves.map((move) => excessUsd + slope * move - (breach === null ? 0 : row.bend * move * (move - breach)));
}

/** Excess when everybody reacts: the same as alone above −10 %, then down to zero at the joint distance. */
function excessJointly(row: Row, excessUsd: number): number[] {
  const alone = excessAlong(row, excessUsd, row.alone.all);
  const joint = row.joint ?? -1;
  const knee = Math.max(-0.1, joint / 2);
  const atKnee = excessUsd + (row.alone.all === null ? 0.2 * excessUsd : excessUsd / -row.alone.all) * knee;
  return sampleMoves.map((move, index) => (move >= knee ? (alone[index] ?? 0) : (atKnee * (move - joint)) / (knee - joint)));
}

/** Account state against the reference shock of −18 % and 1.2 times it. */
function stateOf(row: Row): AccountState {
  if (row.requirementUsd === null || row.joint === null) return 'none';
  if (row.joint >= -0.18) return 'danger';
  return row.joint >= -0.216 ? 'watch' : 'safe';
}

const pricesUsd = { ETH: 1881.9, BTC: 63718.97 } as const;

function sampleAccount(row: Row): AccountResult {
  const [venueId, venueName, venueMark, family] = row.venue;
  const isMargin = family === 'standardOptions' || family === 'tieredPerpetual';
  const excessUsd = row.requirementUsd === null ? null : row.resourcesUsd - row.requirementUsd;
  const drivers = [
    ['*', row.alone.all],
    ['ETH', row.alone.ETH],
    ['BTC', row.alone.BTC],
  ] as const;
  return {
    accountId: row.id,
    name: row.id,
    venueId,
    venueName,
    venueMark,
    family,
    marketId: row.market,
    positions: samplePositions.filter((position) => position.accountId === row.id).length,
    equityUsd: row.equityUsd,
    grossUsd: row.equityUsd + (row.requirementUsd ?? 0),
    initialRequirementUsd: row.requirementUsd === null ? null : row.requirementUsd * 1.1,
    maintenanceRequirementUsd: row.requirementUsd,
    excessUsd,
    healthFactor: isMargin || row.requirementUsd === null ? null : row.resourcesUsd / row.requirementUsd,
    useFraction: row.requirementUsd === null ? null : row.requirementUsd / row.resourcesUsd,
    liquidationPoints: (['ETH', 'BTC'] as const).map((driver) => {
      const down = row.alone[driver];
      return {
        driver,
        priceNowUsd: pricesUsd[driver],
        downMove: down,
        downPriceUsd: down === null ? null : pricesUsd[driver] * (1 + down),
        upMove: null,
        upPriceUsd: null,
      };
    }),
    aloneMove: row.alone.all,
    jointMove: row.joint,
    sigmaDays: row.sigmaDays,
    fallsInRound: row.round,
    state: stateOf(row),
    binding: row.binding,
    curves:
      excessUsd === null
        ? []
        : drivers.map(([driver, breach]) => ({ driver, moves: [...sampleMoves], excessUsd: excessAlong(row, excessUsd, breach) })),
    jointCurve: excessUsd === null ? null : { moves: [...sampleMoves], excessUsd: excessJointly(row, excessUsd) },
  };
}

/** Ten accounts at eight venues, four of which fall at the reference shock. */
export const sampleAccounts: readonly AccountResult[] = rows.map(sampleAccount);
