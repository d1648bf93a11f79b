import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';
import { positionRequirement, UNIT_VALUE, UNIT_VALUES, valueUnit } from './position-value.ts';
import { scenarioRequirement } from './scenario-account.ts';
import { standardRequirement } from './standard-account.ts';

/**
 * Measures of every own account in one state, USD. Lending families: requirement = debt, resources = Σ collateral ×
 * threshold. Margin families: requirement = maintenance margin, resources = equity after haircuts. Custody: requirement 0.
 * excess = resources − requirement. An account falls when its excess is below zero.
 */
export type AccountMeasures = {
  readonly equityUsd: Float64Array;
  readonly resourcesUsd: Float64Array;
  readonly requirementUsd: Float64Array;
  /** On the scale of `resourcesUsd`; for lending debt × Σ collateral × threshold / Σ collateral × loan-to-value. */
  readonly initialRequirementUsd: Float64Array;
  readonly excessUsd: Float64Array;
  /** Σ |value| of holdings, debts and options + notional of futures. */
  readonly grossUsd: Float64Array;
};

/** Empty measures for a number of accounts. */
export function makeAccountMeasures(accounts: number): AccountMeasures {
  return {
    equityUsd: new Float64Array(accounts),
    resourcesUsd: new Float64Array(accounts),
    requirementUsd: new Float64Array(accounts),
    initialRequirementUsd: new Float64Array(accounts),
    excessUsd: new Float64Array(accounts),
    grossUsd: new Float64Array(accounts),
  };
}

/** Below this debt (USD) or collateral (units) a row counts as empty. */
export const EMPTY_DEBT = 1e-9;

const unit = new Float64Array(UNIT_VALUES);
const requirement = new Float64Array(2);

/** Fills the measures of every own account, nothing liquidated. Claims of the state must have been priced. */
export function evaluateAccounts(packed: PackedBook, state: MarketState, out: AccountMeasures): void {
  for (let account = 0; account < packed.accounts.count; account += 1) evaluateAccount(packed, account, state, out);
}

/** The same for one account. */
export function evaluateAccount(packed: PackedBook, account: number, state: MarketState, out: AccountMeasures): void {
  const { positions, accounts } = packed;
  const family = accounts.family[account]!;
  const isLending = family >= FAMILY.lendingPool && family <= FAMILY.baseMarket;
  let equity = 0;
  let weighted = 0;
  let holdings = 0;
  let initialWeighted = 0;
  let debt = 0;
  let maintenance = 0;
  let initial = 0;
  let gross = 0;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    const quantity = positions.quantity[p]!;
    if (quantity === 0) continue;
    valueUnit(packed, p, state, unit);
    const value = quantity * unit[UNIT_VALUE.valueUsd]!;
    const kind = positions.kind[p]!;
    equity += value;
    if (kind === POSITION_KIND.holding) {
      const counted = quantity > 0 ? value * positions.collateralFraction[p]! : value;
      weighted += counted;
      holdings += counted;
      initialWeighted += quantity > 0 ? value * positions.initialFraction[p]! : value;
      gross += Math.abs(value);
    } else if (kind === POSITION_KIND.debt) {
      debt -= value;
      gross += Math.abs(value);
    } else {
      weighted += value * positions.collateralFraction[p]!;
      gross += kind >= POSITION_KIND.linearOption ? Math.abs(value) : Math.abs(quantity) * unit[UNIT_VALUE.notionalUsd]!;
      positionRequirement(packed, p, quantity, state, unit, requirement);
      maintenance += requirement[0]!;
      initial += requirement[1]!;
    }
  }
  if (family >= FAMILY.scenarioMargin) {
    if (family === FAMILY.scenarioMargin) scenarioRequirement(packed, account, state, requirement);
    else standardRequirement(packed, account, state, requirement);
    maintenance = requirement[0]!;
    // Opening may count collateral at less; on the scale of the resources that is as much more to require.
    initial = requirement[1]! + holdings - initialWeighted;
  }
  out.equityUsd[account] = equity;
  out.grossUsd[account] = gross;
  if (family === FAMILY.custody) {
    out.resourcesUsd[account] = equity;
    out.requirementUsd[account] = 0;
    out.initialRequirementUsd[account] = 0;
  } else if (isLending) {
    out.resourcesUsd[account] = weighted;
    out.requirementUsd[account] = debt;
    out.initialRequirementUsd[account] = debt <= 0 ? 0 : initialWeighted > 0 ? (debt * weighted) / initialWeighted : Infinity;
  } else {
    out.resourcesUsd[account] = weighted - debt;
    out.requirementUsd[account] = maintenance;
    out.initialRequirementUsd[account] = initial;
  }
  out.excessUsd[account] = out.resourcesUsd[account] - out.requirementUsd[account];
}

/**
 * Whether an account with these measures is liquidated: a margin account without positions and a lending account without
 * debt cannot fall; exactly zero excess holds.
 */
export function hasFallen(family: number, excessUsd: number, requirementUsd: number): boolean {
  return family !== FAMILY.custody && excessUsd < 0 && requirementUsd > EMPTY_DEBT;
}
