/*
 * What differs between the revisions of the lending pool's contracts, as data: one arithmetic reads it. Base units are dollars with eight
 * decimals.
 * Source: npm @aave/core-v3 1.19.3 for 3.0; aave-dao/aave-v3-origin, 3.6 and docs/3.7/liquidation-rounding.
 */
import type { Rounding } from '../../../math/fixed-point.ts';

/** One dollar in the pool's base currency. */
export const BASE_UNIT = 10n ** 8n;

/** Rounding of each step of a liquidation. */
export type LiquidationRounding = {
  /** Collateral of the repaid worth × bonus. */
  readonly seized: Rounding;
  /** Debt units that all the collateral is worth, before the bonus is taken out. */
  readonly worth: Rounding;
  /** The same after the bonus is taken out: what is repaid for all the collateral. */
  readonly repaid: Rounding;
  /** Seized collateral without the bonus. */
  readonly withoutBonus: Rounding;
  /** The protocol's share of the bonus. */
  readonly fee: Rounding;
};

/** One revision of the contracts. */
export type PoolRevision = {
  /** Balances and base values go against the account: supply down, debt up. Otherwise balances to the nearest, values down. */
  readonly isAgainstAccount: boolean;
  /** The health factor takes Σ collateral × threshold; before, collateral × the average threshold cut to a whole basis point. */
  readonly isHealthFromSum: boolean;
  /** Growth of a debt. */
  readonly compounding: 'binomial' | 'taylor';
  /** Half of what may be repaid at one time between the two health lines: of the reserve's debt or of the account's. */
  readonly halfOf: 'reserveDebt' | 'accountDebt';
  /** A reserve with less collateral or less debt may be closed whole, base units; 0 = no such rule. */
  readonly smallPositionBase: bigint;
  /** A liquidation that leaves both must leave as much of both, base units; 0 = no such rule. */
  readonly smallestLeftoverBase: bigint;
  /** Debt left when no collateral is: written off as the reserves' deficit, or still owed. */
  readonly writesOffBadDebt: boolean;
  /** An asset whose own loan-to-value is 0 lends nothing in an efficiency mode either. */
  readonly keepsZeroLoanToValue: boolean;
  readonly rounding: LiquidationRounding;
};

const FIRST: PoolRevision = {
  isAgainstAccount: false,
  isHealthFromSum: false,
  compounding: 'binomial',
  halfOf: 'reserveDebt',
  smallPositionBase: 0n,
  smallestLeftoverBase: 0n,
  writesOffBadDebt: false,
  keepsZeroLoanToValue: true,
  rounding: { seized: 'nearest', worth: 'down', repaid: 'nearest', withoutBonus: 'nearest', fee: 'nearest' },
};
const AGAINST_ACCOUNT: PoolRevision = {
  isAgainstAccount: true,
  isHealthFromSum: true,
  compounding: 'taylor',
  halfOf: 'accountDebt',
  smallPositionBase: 2_000n * BASE_UNIT,
  smallestLeftoverBase: 1_000n * BASE_UNIT,
  writesOffBadDebt: true,
  keepsZeroLoanToValue: false,
  rounding: { seized: 'nearest', worth: 'down', repaid: 'up', withoutBonus: 'nearest', fee: 'nearest' },
};

/** Revisions by name. 3.0 and 3.6 are held to the deployed contracts in test/contracts, 3.7 to executed cases of its liquidation. */
export const POOL_REVISIONS = {
  '3.0': FIRST,
  '3.6': AGAINST_ACCOUNT,
  '3.7': { ...AGAINST_ACCOUNT, rounding: { seized: 'down', worth: 'up', repaid: 'up', withoutBonus: 'down', fee: 'up' } },
} as const satisfies Readonly<Record<string, PoolRevision>>;
