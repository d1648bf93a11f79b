import type { PositionResult } from '../../main/contract/analysis.ts';

/** The instant of the sample, and of every quote in it. */
export const SAMPLE_AS_OF = '2026-02-05T21:29:37Z';

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
