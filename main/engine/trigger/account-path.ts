/** What an account is made of along one path, look by look: everything but the collateral that is sold and the debt that is repaid, and their prices. USD. */
export type AccountPath = {
  /** Σ value × threshold of the other collateral. */
  readonly otherWeightedUsd: Float64Array;
  /** Value of the other collateral. */
  readonly otherUsd: Float64Array;
  readonly otherDebtUsd: Float64Array;
  readonly collateralPriceUsd: Float64Array;
  readonly debtPriceUsd: Float64Array;
};

/** What does not change along a path: the quantities at its start, and the rules by which the venue liquidates. */
export type TriggerAccount = {
  readonly collateralQuantity: number;
  readonly collateralThreshold: number;
  /** Units owed; interest is part of the price. */
  readonly debtQuantity: number;
  readonly bonusFraction: number;
  readonly closeFactorFraction: number;
  readonly fullLiquidationHealthFactor: number;
  readonly smallPositionUsd: number;
  /** The venue takes all collateral and keeps the bonus share of it. */
  readonly closesWhole: boolean;
};

/** Empty columns for a number of looks. */
export function makeAccountPath(looks: number): AccountPath {
  const column = (): Float64Array => new Float64Array(looks);
  return {
    otherWeightedUsd: column(),
    otherUsd: column(),
    otherDebtUsd: column(),
    collateralPriceUsd: column(),
    debtPriceUsd: column(),
  };
}

/**
 * What a liquidation costs the account: the bonus on what is repaid, which is all of the debt below the full line and for small positions,
 * else the close factor's share, and never more than the collateral pays for. A venue that closes whole keeps the bonus share of all of it.
 */
export function liquidationCostUsd(rules: TriggerAccount, collateralUsd: number, debtUsd: number, health: number): number {
  const { bonusFraction, closeFactorFraction, fullLiquidationHealthFactor, smallPositionUsd, closesWhole } = rules;
  if (closesWhole) return bonusFraction * collateralUsd;
  const isWhole = health < fullLiquidationHealthFactor || debtUsd < smallPositionUsd || collateralUsd < smallPositionUsd;
  const repaid = Math.min((isWhole ? 1 : closeFactorFraction) * debtUsd, collateralUsd / (1 + bonusFraction));
  return bonusFraction * repaid;
}
