import { z } from 'zod';
import { assetId } from './asset.ts';
import { fraction, nonNegative } from './real.ts';
import { day } from './time.ts';

export const venueId = z.string().min(1).max(64);

const sourced = { source: z.string(), asOf: day, notes: z.array(z.string()) };

/** Fees of a venue of options and futures, shares of the notional. */
const optionFees = {
  optionFeeFraction: nonNegative,
  /** The option fee is never more than this share of the option's price. */
  optionFeeCapFraction: fraction,
  futureFeeFraction: nonNegative,
  liquidationFeeFraction: nonNegative,
};

/** Aave v3: reserves, efficiency modes and the close-factor rule of the pool's revision. */
export const lendingPool = z.object({
  family: z.literal('lendingPool'),
  ...sourced,
  revision: z.string(),
  closeFactorFraction: fraction,
  fullLiquidationHealthFactor: nonNegative,
  /** Positions with less collateral or debt than this are closed whole (revision 3.3 and later); 0 = no such rule. */
  smallPositionUsd: nonNegative,
  reserves: z.array(
    z.object({
      assetId,
      loanToValueFraction: fraction,
      liquidationThresholdFraction: fraction,
      liquidationBonusFraction: nonNegative,
      protocolFeeFraction: fraction,
      isBorrowable: z.boolean(),
      source: z.string(),
    }),
  ),
  eModes: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      loanToValueFraction: fraction,
      liquidationThresholdFraction: fraction,
      liquidationBonusFraction: nonNegative,
      collateralAssetIds: z.array(assetId),
      borrowableAssetIds: z.array(assetId),
      source: z.string(),
    }),
  ),
});

/** Morpho-type isolated markets: one collateral, one loan asset, one liquidation loan-to-value. */
export const isolatedMarket = z.object({
  family: z.literal('isolatedMarket'),
  ...sourced,
  /** Incentive factor = min(maximum, 1 / (1 − cursor × (1 − LLTV))). */
  incentiveCursor: nonNegative,
  incentiveMaximum: nonNegative,
  markets: z.array(
    z.object({
      id: z.string(),
      collateralAssetId: assetId,
      loanAssetId: assetId,
      liquidationLoanToValueFraction: fraction,
      source: z.string(),
    }),
  ),
});

/** Maker-type vaults: one collateral type each, closed whole below the liquidation ratio. */
export const vault = z.object({
  family: z.literal('vault'),
  ...sourced,
  collateralTypes: z.array(
    z.object({
      id: z.string(),
      collateralAssetId: assetId,
      debtAssetId: assetId,
      /** Collateral value / debt below which the vault is closed, e.g. 1.45. */
      liquidationRatio: z.number().min(1),
      liquidationPenaltyFraction: nonNegative,
      dustUsd: nonNegative,
      source: z.string(),
    }),
  ),
});

/** Compound III: one base asset borrowed against several collaterals, absorbed whole. */
export const baseMarket = z.object({
  family: z.literal('baseMarket'),
  ...sourced,
  markets: z.array(
    z.object({
      id: z.string(),
      baseAssetId: assetId,
      collaterals: z.array(
        z.object({
          assetId,
          borrowFactorFraction: fraction,
          liquidateFactorFraction: fraction,
          /** Share of the collateral value the account is credited with when absorbed, e.g. 0.93. */
          liquidationFactorFraction: fraction,
        }),
      ),
      source: z.string(),
    }),
  ),
});

/** A notional tier of a perpetual: maintenance = rate × notional − deduction; initial rate = 1 / maximum leverage. */
export const marginTier = z.object({
  floorUsd: nonNegative,
  /** null = no upper end. */
  capUsd: nonNegative.nullable(),
  maintenanceRateFraction: fraction,
  deductionUsd: nonNegative,
  initialRateFraction: fraction,
});
export type MarginTier = z.infer<typeof marginTier>;

/** Binance USDⓈ-M and Hyperliquid: tiered maintenance margin, cross or isolated. */
export const tieredPerpetual = z.object({
  family: z.literal('tieredPerpetual'),
  ...sourced,
  /** Assets that count as margin and the share of their value that is not counted. */
  collaterals: z.array(z.object({ assetId, haircutFraction: fraction })),
  liquidationFeeFraction: nonNegative,
  takerFeeFraction: nonNegative,
  markets: z.array(z.object({ underlyingId: assetId, tiers: z.array(marginTier).min(1), source: z.string() })),
});

/** Deribit standard margin for coin-settled options, futures and perpetuals; each currency is margined by itself. */
export const standardOptions = z.object({
  family: z.literal('standardOptions'),
  ...sourced,
  option: z.object({
    shortInitialFraction: fraction,
    shortInitialFloorFraction: fraction,
    shortMaintenanceFraction: fraction,
  }),
  future: z.array(
    z.object({
      underlyingId: assetId,
      initialFraction: fraction,
      maintenanceFraction: fraction,
      /** Added to both rates per coin of size. */
      slopePerCoin: nonNegative,
      source: z.string(),
    }),
  ),
  collaterals: z.array(z.object({ assetId, haircutFraction: fraction })),
  ...optionFees,
});

/**
 * How one scenario of a grid moves the market. The loss counts damped, beyond the deductible; what is paid in coin is turned into coin
 * at the price after `conversionMove`.
 */
export const marginScenario = z.object({
  spotMove: z.number().gt(-1),
  conversionMove: z.number().gt(-1),
  volatility: z.enum(['down', 'same', 'up', 'linearSkew', 'absoluteSkew']),
  dampingFraction: nonNegative,
  deductibleUsd: nonNegative,
});

/**
 * Scenario margin of options, futures and perpetuals (Deribit portfolio margin, Derive PMRM v2): each underlying is revalued on its
 * own grid and requires its worst loss and add-ons. What a venue does not have is null or 0.
 */
export const scenarioMargin = z.object({
  family: z.literal('scenarioMargin'),
  ...sourced,
  markets: z
    .array(
      z.object({
        underlyingId: assetId,
        source: z.string(),
        scenarios: z.array(marginScenario).min(1),
        /** Relative shift of a volatility = fraction × (30 / days)^power; raised volatilities are at least `minimumUp`. */
        volatility: z.object({
          upFraction: nonNegative,
          downFraction: nonNegative,
          shortTermPower: nonNegative,
          longTermPower: nonNegative,
          floorDays: z.number().gt(0),
          minimumUp: nonNegative,
        }),
        /** Of the worst loss, roll and delta shock. */
        lossFactor: z.object({ maintenance: nonNegative, initial: nonNegative }),
        /** Shares of the notional of futures and perpetuals, and of options short after netting each strike. */
        contractAddOn: z.object({ maintenanceFraction: fraction, initialFraction: fraction }),
        shortOptionAddOn: z.object({ maintenanceFraction: fraction, initialFraction: fraction }),
        /** Share of a future's notional: max(floor, per year × years to run). */
        roll: z.object({ perYear: nonNegative, floorFraction: fraction }),
        /** |delta| × min(cap, slope × coins beyond the threshold). */
        deltaShock: z.object({ thresholdUsd: nonNegative, slopePerCoin: nonNegative, capFraction: fraction }).nullable(),
        /** Of the expiries, for the static discount and the options' discount. */
        ratePerYear: nonNegative,
        staticDiscount: z
          .object({
            longFactor: nonNegative,
            shortFactor: z.number().min(1),
            longRateMultiple: nonNegative,
            longRateAdd: nonNegative,
            shortRateMultiple: nonNegative,
            shortRateAdd: nonNegative,
          })
          .nullable(),
        skew: z
          .object({
            linearCap: nonNegative,
            linearPerRootYear: z.number(),
            absoluteCap: nonNegative,
            absolutePerRootYear: z.number(),
            widthMinimum: z.number().gt(0),
            widthScale: nonNegative,
            volatility: nonNegative,
            volatilityPerRootYear: z.number(),
          })
          .nullable(),
        /** Loss of each expiry at the worse of two moves × (factor + factor per year × years), as a scenario of its own. */
        basis: z
          .object({ upMove: z.number().gt(0), downMove: z.number().gt(-1).lt(0), factor: nonNegative, factorPerYear: nonNegative })
          .nullable(),
      }),
    )
    .min(1),
  /** `offsetsUnderlyingId` names the grid in which the coin's own gains and losses count, or null. */
  collaterals: z.array(
    z.object({
      assetId,
      maintenanceHaircutFraction: fraction,
      initialHaircutFraction: fraction,
      offsetsUnderlyingId: assetId.nullable(),
    }),
  ),
  ...optionFees,
});

/** Derive's standard manager: options of an expiry are netted by strike, perpetuals and coins stand by themselves. */
export const standardManager = z.object({
  family: z.literal('standardManager'),
  ...sourced,
  markets: z
    .array(
      z.object({
        underlyingId: assetId,
        source: z.string(),
        option: z.object({
          callMaintenanceFraction: fraction,
          putMaintenanceFraction: fraction,
          putMarkMaintenanceFraction: fraction,
          initialFraction: fraction,
          initialFloorFraction: fraction,
          /** Initial of a short put is at least this many times its maintenance. */
          putInitialOfMaintenance: z.number().min(1),
          /** Of the forward, per coin of calls that no call covers. */
          unpairedMaintenanceFactor: nonNegative,
          unpairedInitialFactor: nonNegative,
        }),
        perpetual: z.object({ maintenanceFraction: fraction, initialFraction: fraction }),
      }),
    )
    .min(1),
  /** Below the threshold the initial requirement grows by factor × what is missing, of short options and perpetuals. */
  peg: z.object({ thresholdUsd: nonNegative, factor: nonNegative }),
  collaterals: z.array(z.object({ assetId, maintenanceHaircutFraction: fraction, initialHaircutFraction: fraction })),
  ...optionFees,
});

/** Plain custody: no requirement, nothing is ever liquidated. */
export const custody = z.object({ family: z.literal('custody'), ...sourced });

export const venueParameters = z.discriminatedUnion('family', [
  lendingPool,
  isolatedMarket,
  vault,
  baseMarket,
  tieredPerpetual,
  standardOptions,
  scenarioMargin,
  standardManager,
  custody,
]);
export type VenueParameters = z.infer<typeof venueParameters>;
export type RequirementFamily = VenueParameters['family'];

/** Where positions are held and margined. `mark` is the three-letter sign shown beside its accounts. */
export const venue = z.object({
  id: venueId,
  name: z.string(),
  mark: z.string().length(3),
  parameters: venueParameters,
});
export type Venue = z.infer<typeof venue>;
