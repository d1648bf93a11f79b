import { z } from 'zod';
import { assetId } from './asset.ts';
import { fraction, nonNegative } from './real.ts';
import { sourced } from './sourced.ts';

/** Fees of a venue of options and futures, shares of the notional. */
const optionFees = {
  optionFeeFraction: nonNegative,
  /** The option fee is never more than this share of the option's price. */
  optionFeeCapFraction: fraction,
  futureFeeFraction: nonNegative,
  liquidationFeeFraction: nonNegative,
};

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
