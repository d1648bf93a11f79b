/** Who bears a venue's bad debt, in order. USD, >= 0 except the participants' equity, which may be negative. */
export type LossLayers = {
  readonly insuranceFundUsd: number;
  /** What auto-deleveraging can take from positions in profit. */
  readonly deleveragingCapacityUsd: number;
  readonly participantEquityUsd: Float64Array;
};

/** Bad debt by who bears it: insurance + deleveraging + socialised + uncovered = the bad debt. USD, >= 0. */
export type LossWaterfall = {
  readonly insuranceUsedUsd: number;
  readonly insuranceRemainingUsd: number;
  readonly deleveragedUsd: number;
  readonly socialisedUsd: number;
  /** Share of every positive equity that is taken; 0 where there is none. */
  readonly haircutFraction: number;
  readonly participantLossUsd: Float64Array;
  readonly uncoveredUsd: number;
};

/** The insurance fund pays first, then auto-deleveraging, then every participant with equity the same share of it. */
export function lossWaterfall(badDebtUsd: number, layers: LossLayers): LossWaterfall {
  const { insuranceFundUsd, deleveragingCapacityUsd, participantEquityUsd } = layers;
  const insuranceUsedUsd = Math.min(badDebtUsd, insuranceFundUsd);
  const afterInsurance = badDebtUsd - insuranceUsedUsd;
  const deleveragedUsd = Math.min(afterInsurance, deleveragingCapacityUsd);
  const afterDeleveraging = afterInsurance - deleveragedUsd;
  let equity = 0;
  for (const each of participantEquityUsd) equity += Math.max(0, each);
  const socialisedUsd = Math.min(afterDeleveraging, equity);
  const haircutFraction = equity === 0 ? 0 : socialisedUsd / equity;
  return {
    insuranceUsedUsd,
    insuranceRemainingUsd: insuranceFundUsd - insuranceUsedUsd,
    deleveragedUsd,
    socialisedUsd,
    haircutFraction,
    participantLossUsd: participantEquityUsd.map((each) => haircutFraction * Math.max(0, each)),
    uncoveredUsd: afterDeleveraging - socialisedUsd,
  };
}
