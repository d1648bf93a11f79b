import type { AccountResult, AccountState, PositionResult } from '../../main/contract/analysis.ts';

/** The instant of the sample, and of every quote in it. */
export const SAMPLE_AS_OF = '2026-02-05T21:29:37Z';

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

type PositionRow = readonly [
  accountId: string,
  instrument: string,
  kind: PositionResult['kind'],
  quantity: string,
  mark: number,
  unit: string,
  valueUsd: number,
  underlying: string,
  deltaCoin: number,
];

const positionRows: readonly PositionRow[] = [
  ['MKR-A', 'ETH', 'supplied', '3081.99', 1881.9, 'USD', 5.8e6, 'ETH', 3081.99],
  ['MKR-A', 'DAI', 'borrowed', '-3400000', 1, 'USD', -3.4e6, 'USD', 0],
  ['DRB-ETH', 'ETH cash', 'spot', '2900', 1881.9, 'USD', 5457510, 'ETH', 2900],
  ['DRB-ETH', 'ETH-27MAR26-2000-P', 'option', '-2400', 0.1297, 'ETH', -587510, 'ETH', 1310],
  ['MRP-2', 'KEEL vault share', 'supplied', '9200000', 1, 'USD', 9.2e6, 'USD', 0],
  ['MRP-2', 'USDC', 'borrowed', '-5520000', 1, 'USD', -5.52e6, 'USD', 0],
  ['MRP-1', 'wstETH', 'supplied', '7400', 2302.7, 'USD', 17.04e6, 'ETH', 9055],
  ['MRP-1', 'USDC', 'borrowed', '-10200000', 1, 'USD', -10.2e6, 'USD', 0],
  ['DRB-MAIN', 'BTC cash', 'spot', '300', 63718.97, 'USD', 19115691, 'BTC', 300],
  ['DRB-MAIN', 'BTC-27MAR26-55000-P', 'option', '-120', 0.0541, 'BTC', -413660, 'BTC', 34],
  ['DRB-MAIN', 'BTC-PERPETUAL', 'perpetual', '-9000000', 63718.97, 'USD', -282031, 'BTC', -141],
  ['AAV-CORE', 'wstETH', 'supplied', '26808', 2302.7, 'USD', 61.73e6, 'ETH', 32802],
  ['AAV-CORE', 'WETH', 'borrowed', '-8130', 1881.9, 'USD', -15.3e6, 'ETH', -8130],
  ['AAV-CORE', 'USDC', 'borrowed', '-22450000', 1, 'USD', -22.45e6, 'USD', 0],
  ['CMP-1', 'WBTC', 'supplied', '182.05', 63718.97, 'USD', 11.6e6, 'BTC', 182.05],
  ['CMP-1', 'USDC', 'borrowed', '-5900000', 1, 'USD', -5.9e6, 'USD', 0],
  ['HYP-1', 'USDC', 'spot', '3320000', 1, 'USD', 3.32e6, 'USD', 0],
  ['BIN-USDM', 'USDC', 'spot', '6100000', 1, 'USD', 6.1e6, 'USD', 0],
  ['CST-1', 'USDC', 'spot', '14200000', 1, 'USD', 14.2e6, 'USD', 0],
];

/** The positions of the sample book; values add up to the accounts' equity. */
export const samplePositions: readonly PositionResult[] = positionRows.map(
  ([accountId, instrument, kind, quantity, mark, markUnit, valueUsd, underlying, deltaCoin], index) => ({
    positionId: `p${index + 1}`,
    accountId,
    instrumentId: instrument.toLowerCase().replaceAll(' ', '-'),
    instrumentName: instrument,
    kind,
    quantity,
    mark,
    markUnit,
    impliedVolatility: kind === 'option' ? 0.9 : null,
    valueUsd,
    valueCoin: null,
    deltaCoin,
    gammaUsdPerPercent: kind === 'option' ? -42_000 : null,
    vegaUsdPerPoint: kind === 'option' ? -18_000 : null,
    thetaUsdPerDay: kind === 'option' ? 9_500 : null,
    requirementUsd: kind === 'option' || kind === 'perpetual' ? Math.abs(valueUsd) * 0.6 : null,
    lookThroughUsd: underlying === 'USD' ? { USDC: valueUsd } : { [underlying]: valueUsd },
    underlying,
    source: kind === 'option' ? 'Deribit' : 'sample',
    asOf: SAMPLE_AS_OF,
    isStale: instrument === 'KEEL vault share',
    ageMs: instrument === 'KEEL vault share' ? 31 * 3_600_000 : 41_000,
  }),
);

/** Ten accounts at eight venues, four of which fall at the reference shock. */
export const sampleAccounts: readonly AccountResult[] = rows.map(sampleAccount);
