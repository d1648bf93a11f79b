/** One collateral of a lending account. */
export type CollateralLine = { readonly token: string; readonly valueUsd: number; readonly thresholdFraction: number };

/** A lending account as the closed forms see it: values, thresholds, debt. USD. */
export type LendingState = { readonly collateral: readonly CollateralLine[]; readonly debtUsd: number };

/** What may be done to the account. Slip is charged on the collateral sold. */
export type CollateralAction =
  | { readonly type: 'repay'; readonly availableUsd: number }
  | { readonly type: 'deleverage'; readonly token: string; readonly slipFraction: number }
  | { readonly type: 'topUp'; readonly token: string; readonly availableUsd: number }
  | { readonly type: 'switch'; readonly fromToken: string; readonly toToken: string; readonly slipFraction: number };

/** Size of the action and the account after it; `healthFactor` is Infinity when the debt is gone. */
export type SizedAction =
  | { readonly status: 'alreadyMet' | 'sized'; readonly amountUsd: number; readonly after: LendingState; readonly healthFactor: number }
  | { readonly status: 'unreachable' }
  | { readonly status: 'exceedsAvailable' };

/** Debt at or below this is repaid: a millionth of a cent is rounding, not debt. */
const noDebtUsd = 1e-9;

/**
 * Health factor Σ value × threshold / debt; Infinity when there is no debt left to speak of.
 */
export function healthFactor(state: LendingState): number {
  return state.debtUsd <= noDebtUsd ? Number.POSITIVE_INFINITY : resourcesUsd(state) / state.debtUsd;
}

/**
 * The smallest amount r >= 0 of an action that brings the health factor to a target T, with S = Σ value × threshold:
 * repay D − S/T; deleverage (T·D − S)/(T − LT(1 + slip)); topUp (T·D − S)/LT; switch (T·D − S)/(LT_to(1 − slip) − LT_from).
 * An action that does not raise the health factor is `unreachable`; one that needs more than there is `exceedsAvailable`.
 *
 * @param target health factor aimed at, > 0
 * Source: each form follows from setting (S + change of S) = T × (D + change of D); checked by applying the action.
 */
export function sizeCollateralAction(state: LendingState, action: CollateralAction, target: number): SizedAction {
  const gapUsd = target * state.debtUsd - resourcesUsd(state);
  if (state.debtUsd === 0 || gapUsd <= 0) {
    return { status: 'alreadyMet', amountUsd: 0, after: state, healthFactor: healthFactor(state) };
  }
  const effect = effectPerUsd(state, action, target);
  if (!(effect > 0)) return { status: 'unreachable' };
  const amountUsd = gapUsd / effect;
  if (amountUsd > availableUsd(state, action) * (1 + 1e-12)) return { status: 'exceedsAvailable' };
  const after = applyCollateralAction(state, action, amountUsd);
  return { status: 'sized', amountUsd, after, healthFactor: healthFactor(after) };
}

/** The account after an action of a given size; debt never goes below zero by rounding. */
export function applyCollateralAction(state: LendingState, action: CollateralAction, amountUsd: number): LendingState {
  switch (action.type) {
    case 'repay':
      return { collateral: state.collateral, debtUsd: Math.max(0, state.debtUsd - amountUsd) };
    case 'deleverage':
      return {
        collateral: moved(state.collateral, action.token, -amountUsd * (1 + action.slipFraction)),
        debtUsd: Math.max(0, state.debtUsd - amountUsd),
      };
    case 'topUp':
      return { collateral: moved(state.collateral, action.token, amountUsd), debtUsd: state.debtUsd };
    case 'switch':
      return {
        collateral: moved(moved(state.collateral, action.fromToken, -amountUsd), action.toToken, amountUsd * (1 - action.slipFraction)),
        debtUsd: state.debtUsd,
      };
  }
}

function resourcesUsd(state: LendingState): number {
  return state.collateral.reduce((sum, line) => sum + line.valueUsd * line.thresholdFraction, 0);
}

/** Rise of S − T·D per USD of the action. */
function effectPerUsd(state: LendingState, action: CollateralAction, target: number): number {
  switch (action.type) {
    case 'repay':
      return target;
    case 'deleverage':
      return target - thresholdOf(state, action.token) * (1 + action.slipFraction);
    case 'topUp':
      return thresholdOf(state, action.token);
    case 'switch':
      return thresholdOf(state, action.toToken) * (1 - action.slipFraction) - thresholdOf(state, action.fromToken);
  }
}

function availableUsd(state: LendingState, action: CollateralAction): number {
  switch (action.type) {
    case 'repay':
      return Math.min(action.availableUsd, state.debtUsd);
    case 'deleverage':
      return Math.min(valueOf(state, action.token) / (1 + action.slipFraction), state.debtUsd);
    case 'topUp':
      return action.availableUsd;
    case 'switch':
      return valueOf(state, action.fromToken);
  }
}

/** A token that the account does not hold counts for nothing: threshold 0, value 0. */
function thresholdOf(state: LendingState, token: string): number {
  return state.collateral.find((line) => line.token === token)?.thresholdFraction ?? 0;
}

function valueOf(state: LendingState, token: string): number {
  return state.collateral.find((line) => line.token === token)?.valueUsd ?? 0;
}

function moved(collateral: readonly CollateralLine[], token: string, byUsd: number): readonly CollateralLine[] {
  return collateral.map((line) => (line.token === token ? { ...line, valueUsd: line.valueUsd + byUsd } : line));
}
