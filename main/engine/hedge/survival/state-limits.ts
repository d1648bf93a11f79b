import { POSITION_KIND, type PackedBook } from '../../packed/packed-book.ts';
import type { ScenarioTable } from '../../scenario/scenario-table.ts';
import type { PackedCandidate } from '../packed-candidate.ts';
import { lostOfRow, lostOfUnit, unitsNow, type LossContext, type SurvivalState, type SurvivalStates } from './survival-states.ts';

/** What states in which hedges are lost are judged with in the retained scenarios. */
export type StateContext = LossContext;

/** The context of the retained scenarios; null where nothing is taken to go wrong. */
export function stateContext(packed: PackedBook, retained: ScenarioTable, survival: SurvivalStates | null): StateContext | null {
  return survival === null ? null : { packed, days: retained, survival, nowUsd: unitsNow(packed) };
}

/** An account in a state: its excess in every retained scenario before any action. USD. */
export type AccountInState = { readonly account: number; readonly state: SurvivalState; readonly effectUsd: Float64Array };

/**
 * Excess of an account in a state, scenario by scenario: less the part of its contracts' gains that is not kept, and less what its holdings of
 * a depegged coin are worth less, both as far as they count. What it owes is not worth less, and what a deleveraged position requires is not
 * freed: how much of it was closed nobody knows. A halt takes nothing from it; it stops what would come from there.
 */
export function excessInState(
  context: StateContext,
  { account, state }: Omit<AccountInState, 'effectUsd'>,
  excessUsd: Float64Array,
): Float64Array {
  const { accounts, positions } = context.packed;
  const inState = excessUsd.slice();
  if (state.kind === 'frozen') return inState;
  for (let row = accounts.positionStart[account]!; row < accounts.positionStart[account + 1]!; row++) {
    const quantity = positions.quantity[row]!;
    if (quantity === 0) continue;
    for (let s = 0; s < inState.length; s++) {
      inState[s] = inState[s]! - positions.collateralFraction[row]! * lostOfRow(context, { day: s, state }, row, quantity);
      inState[s] = inState[s]! - lostOfHolding(context, { state, scenario: s }, row, quantity);
    }
  }
  return inState;
}

/** Takes from a candidate's effect on an account what of it is lost in a state. */
export function lostEffect(context: StateContext, candidate: PackedCandidate, { account, state, effectUsd }: AccountInState): void {
  const { positions } = context.packed;
  if (state.kind === 'frozen') return;
  if (candidate.targetAccount === account) {
    const counted = positions.collateralFraction[candidate.targetRow]!;
    for (let s = 0; s < effectUsd.length; s++) effectUsd[s] = effectUsd[s]! - counted * lostOfUnit(context, { day: s, state }, candidate);
  }
  for (const { row, units } of candidate.changes) {
    if (positions.account[row] !== account) continue;
    for (let s = 0; s < effectUsd.length; s++) effectUsd[s] = effectUsd[s]! - lostOfHolding(context, { state, scenario: s }, row, units);
  }
}

/** Whether a candidate's money comes, or may have to come, from a venue that is halted. */
export function isStopped({ accounts }: PackedBook, candidate: PackedCandidate, { kind, subject }: SurvivalState): boolean {
  if (kind !== 'frozen' || candidate.payerAccount === candidate.targetAccount) return false;
  return [candidate.payerAccount, ...(candidate.waitsFor ?? [])].some((account) => accounts.venue[account] === subject);
}

/** What some units of a holding count less in a state, USD: of the depegged coin itself. */
function lostOfHolding(
  { packed: { positions }, days, survival }: StateContext,
  { state, scenario }: { readonly state: SurvivalState; readonly scenario: number },
  row: number,
  units: number,
): number {
  if (state.kind !== 'depegged' || positions.kind[row] !== POSITION_KIND.holding || positions.asset[row] !== state.subject) return 0;
  return survival.depegFraction * units * days.unitValueUsd[scenario * days.positions + row]! * positions.collateralFraction[row]!;
}
