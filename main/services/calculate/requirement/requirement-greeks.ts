import { z } from 'zod';
import { sumAccurate } from '../../../engine/math/sum.ts';
import { linearProfitUsd } from '../../../engine/pricing/linear.ts';
import { lendingGreeks } from '../../../engine/requirement/greeks/lending-greeks.ts';
import { scenarioGreeks } from '../../../engine/requirement/greeks/scenario-greeks.ts';
import { TIERED_GREEKS, tieredGreeks } from '../../../engine/requirement/greeks/tiered-greeks.ts';
import { packTiers } from '../../../engine/requirement/tiered-perpetual.ts';
import type { CaseOutput } from '../case-values.ts';

const lending = z.object({
  kind: z.literal('lending'),
  assets: z
    .array(
      z.object({
        priceUsd: z.number().positive(),
        collateralAmount: z.number().nonnegative(),
        threshold: z.number().min(0).max(1),
        debtAmount: z.number().nonnegative(),
      }),
    )
    .min(1),
});

const tierRows = z
  .array(z.object({ notionalCapUsd: z.number().positive().nullable(), rate: z.number().nonnegative() }))
  .min(1)
  .refine(
    (tiers) => tiers.every((tier, i) => i === 0 || (tier.notionalCapUsd ?? Infinity) > (tiers[i - 1]?.notionalCapUsd ?? Infinity)),
    'caps must ascend, and only the last may be missing',
  );

const tiered = z.object({
  kind: z.literal('tiered'),
  walletUsd: z.number(),
  instruments: z.array(
    z.object({ quantity: z.number(), markPriceUsd: z.number().positive(), entryPriceUsd: z.number().positive(), tiers: tierRows }),
  ),
});

const scenario = z
  .object({
    kind: z.literal('scenario'),
    lossRows: z.array(z.array(z.number())).min(1),
    positions: z.array(z.number()),
    addOnPerUnit: z.array(z.number().nonnegative()),
    cashUsd: z.number(),
    unitValueUsd: z.array(z.number()),
  })
  .refine(
    ({ lossRows, positions, addOnPerUnit, unitValueUsd }) =>
      [...lossRows, addOnPerUnit, unitValueUsd].every((row) => row.length === positions.length),
    'every row of losses, the add-ons and the values need one entry per position',
  );

const input = z.discriminatedUnion('kind', [lending, tiered, scenario]);

/** How the requirement of a lending account, of tiered positions or of a worst scenario moves. */
export function calculateRequirementGreeks(raw: unknown): CaseOutput {
  const parsed = input.parse(raw);
  switch (parsed.kind) {
    case 'lending':
      return lendingCase(parsed);
    case 'tiered':
      return tieredCase(parsed);
    case 'scenario':
      return scenarioCase(parsed);
  }
}

function lendingCase({ assets }: z.output<typeof lending>): CaseOutput {
  const greeks = lendingGreeks({
    collateralUsd: Float64Array.from(assets, (asset) => asset.priceUsd * asset.collateralAmount),
    thresholds: Float64Array.from(assets, (asset) => asset.threshold),
    debtUsd: Float64Array.from(assets, (asset) => asset.priceUsd * asset.debtAmount),
  });
  const { healthSlope, healthCurvature } = greeks;
  const rows = assets.length;
  return {
    equityUsd: greeks.equityUsd,
    requirementUsd: greeks.requirementUsd,
    excessUsd: greeks.excessUsd,
    healthFactor: healthSlope === null ? null : greeks.healthFactor,
    dMdz: Array.from(greeks.requirementSlopeUsd),
    dXdz: Array.from(greeks.excessSlopeUsd),
    d2Mdz2: Array.from(greeks.requirementSlopeUsd),
    d2Xdz2: Array.from(greeks.excessSlopeUsd),
    dXdThreshold: Array.from(greeks.thresholdSlopeUsd),
    dHdz: healthSlope === null ? null : Array.from(healthSlope),
    d2Hdz2: healthCurvature === null ? null : assets.map((_, j) => Array.from(healthCurvature.subarray(j * rows, (j + 1) * rows))),
  };
}

function tieredCase({ walletUsd, instruments }: z.output<typeof tiered>): CaseOutput {
  const places = new Float64Array(TIERED_GREEKS);
  const rows = instruments.map(({ quantity, markPriceUsd, tiers }) => {
    const caps = Float64Array.from(tiers, (tier) => tier.notionalCapUsd ?? Infinity);
    const rates = Float64Array.from(tiers, (tier) => tier.rate);
    tieredGreeks(quantity, markPriceUsd, packTiers(caps, rates, rates), 0, tiers.length, places);
    const [marginUsd = 0, dMdz = 0, dXdz = 0, , higher = NaN, lower = NaN, tier = 0] = places;
    return {
      tier,
      marginUsd,
      dMdz,
      dXdz,
      d2Mdz2: dMdz,
      d2Xdz2: dXdz,
      atTierCap: higher === 0,
      logMoveToHigherTier: orNull(higher),
      logMoveToLowerTier: orNull(lower),
    };
  });
  const profits = instruments.map((row) => linearProfitUsd(row.quantity, row.entryPriceUsd, row.markPriceUsd));
  const equityUsd = sumAccurate(Float64Array.of(walletUsd, ...profits));
  const requirementUsd = sumAccurate(Float64Array.from(rows, (row) => row.marginUsd));
  return { equityUsd, requirementUsd, excessUsd: equityUsd - requirementUsd, instruments: rows };
}

function scenarioCase({ lossRows, positions, addOnPerUnit, cashUsd, unitValueUsd }: z.output<typeof scenario>): CaseOutput {
  const greeks = scenarioGreeks({
    scenarios: lossRows.length,
    lossRows: Float64Array.from(lossRows.flat()),
    quantities: Float64Array.from(positions),
    addOnPerUnit: Float64Array.from(addOnPerUnit),
    cashUsd,
    unitValueUsd: Float64Array.from(unitValueUsd),
  });
  return {
    scenarioLossUsd: Array.from(greeks.scenarioLossUsd),
    requirementUsd: greeks.requirementUsd,
    excessUsd: greeks.excessUsd,
    activeScenario: greeks.activeScenario,
    activeSet: [...greeks.activeSet],
    dMdxLow: Array.from(greeks.requirementSlopeLowUsd),
    dMdxHigh: Array.from(greeks.requirementSlopeHighUsd),
    dXdxLow: Array.from(greeks.excessSlopeLowUsd),
    dXdxHigh: Array.from(greeks.excessSlopeHighUsd),
    eulerSum: greeks.eulerSumUsd,
    distances: greeks.distances.map((each) => ({
      up: orNull(each.up),
      upScenario: each.upScenario < 0 ? null : each.upScenario,
      down: orNull(each.down),
      downScenario: each.downScenario < 0 ? null : each.downScenario,
    })),
  };
}

/** NaN means 'there is none'. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
