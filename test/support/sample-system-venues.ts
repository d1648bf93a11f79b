import type { Venue } from '../../main/domain/venue.ts';

const sourced = { source: 'invented for tests', asOf: '2026-01-01', notes: [] };

/** One venue of every requirement family, with round numbers. */
export const sampleVenues: Venue[] = [
  {
    id: 'pool',
    name: 'Pool',
    mark: 'POL',
    parameters: {
      family: 'lendingPool',
      ...sourced,
      revision: '3.3',
      closeFactorFraction: 0.5,
      fullLiquidationHealthFactor: 0.95,
      smallPositionUsd: 2000,
      smallestLeftoverUsd: 1000,
      otherRevisions: [
        {
          revision: '3.0',
          closeFactorFraction: 0.5,
          fullLiquidationHealthFactor: 0.95,
          smallPositionUsd: 0,
          smallestLeftoverUsd: 0,
          source: 'invented',
        },
      ],
      changes: [],
      reserves: [
        {
          assetId: 'wstETH',
          loanToValueFraction: 0.78,
          liquidationThresholdFraction: 0.81,
          liquidationBonusFraction: 0.06,
          protocolFeeFraction: 0.1,
          isBorrowable: true,
          debtCeilingUsd: 0,
          isBorrowableInIsolation: false,
          isSiloed: false,
          rate: null,
          source: 'invented',
        },
        {
          assetId: 'WETH',
          loanToValueFraction: 0.8,
          liquidationThresholdFraction: 0.83,
          liquidationBonusFraction: 0.05,
          protocolFeeFraction: 0.1,
          isBorrowable: true,
          debtCeilingUsd: 0,
          isBorrowableInIsolation: false,
          isSiloed: false,
          rate: null,
          source: 'invented',
        },
      ],
      eModes: [
        {
          id: 'emode:1',
          label: 'ETH',
          loanToValueFraction: 0.9,
          liquidationThresholdFraction: 0.95,
          liquidationBonusFraction: 0.01,
          collateralAssetIds: ['wstETH', 'WETH'],
          borrowableAssetIds: ['WETH'],
          source: 'invented',
        },
      ],
    },
  },
  {
    id: 'isolated',
    name: 'Isolated',
    mark: 'ISO',
    parameters: {
      family: 'isolatedMarket',
      ...sourced,
      incentiveCursor: 0.3,
      incentiveMaximum: 1.15,
      markets: [
        { id: 'wsteth', collateralAssetId: 'wstETH', loanAssetId: 'USDC', liquidationLoanToValueFraction: 0.86, source: 'invented' },
        { id: 'share', collateralAssetId: 'VLT', loanAssetId: 'USDC', liquidationLoanToValueFraction: 0.77, source: 'invented' },
      ],
    },
  },
  {
    id: 'vaults',
    name: 'Vaults',
    mark: 'VAU',
    parameters: {
      family: 'vault',
      ...sourced,
      auctionLimitUsd: null,
      collateralTypes: [
        {
          id: 'ETH-A',
          collateralAssetId: 'WETH',
          debtAssetId: 'DAI',
          liquidationRatio: 1.45,
          liquidationPenaltyFraction: 0.13,
          dustUsd: 5000,
          auctionLimitUsd: null,
          stabilityFeePerYear: 0,
          source: 'invented',
        },
      ],
    },
  },
  {
    id: 'base',
    name: 'Base market',
    mark: 'BAS',
    parameters: {
      family: 'baseMarket',
      ...sourced,
      markets: [
        {
          id: 'usdc',
          baseAssetId: 'USDC',
          collaterals: [{ assetId: 'WETH', borrowFactorFraction: 0.82, liquidateFactorFraction: 0.89, liquidationFactorFraction: 0.93 }],
          source: 'invented',
        },
      ],
    },
  },
  {
    id: 'perps',
    name: 'Perpetuals',
    mark: 'PRP',
    parameters: {
      family: 'tieredPerpetual',
      ...sourced,
      collaterals: [{ assetId: 'USDC', haircutFraction: 0 }],
      liquidationFeeFraction: 0.01,
      takerFeeFraction: 0.0005,
      markets: [
        {
          underlyingId: 'ETH',
          tiers: [
            { floorUsd: 0, capUsd: 1_000_000, maintenanceRateFraction: 0.01, deductionUsd: 0, initialRateFraction: 0.02 },
            { floorUsd: 1_000_000, capUsd: null, maintenanceRateFraction: 0.02, deductionUsd: 10_000, initialRateFraction: 0.04 },
          ],
          source: 'invented',
        },
      ],
    },
  },
  {
    id: 'options',
    name: 'Options',
    mark: 'OPT',
    parameters: {
      family: 'standardOptions',
      ...sourced,
      option: { shortInitialFraction: 0.15, shortInitialFloorFraction: 0.1, shortMaintenanceFraction: 0.075 },
      future: [{ underlyingId: 'ETH', initialFraction: 0.02, maintenanceFraction: 0.01, slopePerCoin: 1e-6, source: 'invented' }],
      collaterals: [{ assetId: 'ETH', haircutFraction: 0 }],
      optionFeeFraction: 0.0003,
      optionFeeCapFraction: 0.125,
      futureFeeFraction: 0.0005,
      liquidationFeeFraction: 0.0075,
    },
  },
  { id: 'custody', name: 'Custody', mark: 'CST', parameters: { family: 'custody', ...sourced } },
];
