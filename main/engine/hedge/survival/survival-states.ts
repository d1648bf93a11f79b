import { POSITION_KIND, type PackedBook } from '../../packed/packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from '../../packed/position-value.ts';
import type { ScenarioTable } from '../../scenario/scenario-table.ts';
import type { PackedCandidate } from '../packed-candidate.ts';

/** How a hedge is lost: its venue is halted and the gain stays there; it is closed against bankrupt positions; what it is paid in is worth less. */
export type LossKind = 'frozen' | 'deleveraged' | 'depegged';

/** One state of the world beside "everything works": of a venue (frozen, deleveraged) or of an asset (depegged). */
export type SurvivalState = {
  readonly kind: LossKind;
  /** Packed venue, or packed asset. */
  readonly subject: number;
  /** Probability on a stressed day. */
  readonly fraction: number;
};

/** What may go wrong with hedges, as stated assumptions. */
export type SurvivalStates = {
  readonly states: readonly SurvivalState[];
  /** Share of the days, by loss, on which it may. */
  readonly stressedFraction: number;
  /** Part of its worth that a depegged asset loses. */
  readonly depegFraction: number;
  /** Move of an underlying up to which nobody is deleveraged; a leg that is keeps this part of the move. */
  readonly quietMove: number;
  /** Packed asset in which each row's gain is paid, −1 for none. */
  readonly settledIn: Int32Array;
};

/** One scenario that a state adds: the day it happens on. */
export type LostScenario = { readonly day: number; readonly state: SurvivalState };

/** The days with the largest losses, `stressedFraction` of all, in order of day. */
export function stressedDays(lossesUsd: Float64Array, stressedFraction: number): readonly number[] {
  const count = Math.min(lossesUsd.length, Math.ceil(stressedFraction * lossesUsd.length));
  const worst = [...lossesUsd.keys()].sort((a, b) => lossesUsd[b]! - lossesUsd[a]! || a - b).slice(0, count);
  return worst.sort((a, b) => a - b);
}

/** Every state on every stressed day, by day and then by state. */
export function lostScenarios(lossesUsd: Float64Array, survival: SurvivalStates | null): readonly LostScenario[] {
  if (survival === null || survival.states.length === 0) return [];
  return stressedDays(lossesUsd, survival.stressedFraction).flatMap((day) => survival.states.map((state) => ({ day, state })));
}

/**
 * Probability of every scenario: the days alike, a stressed one shared between "everything works" and its states.
 *
 * @returns days first, then the lost scenarios in their order; sums to 1
 */
export function scenarioWeights(days: number, lost: readonly LostScenario[]): Float64Array {
  const weights = new Float64Array(days + lost.length).fill(1 / days, 0, days);
  lost.forEach(({ day, state }, index) => {
    weights[days + index] = state.fraction / days;
    weights[day] = weights[day]! - state.fraction / days;
  });
  return weights;
}

/** What a lost scenario is judged with: the market at the end of its day, and the worth of every row's unit now. */
export type LossContext = {
  readonly packed: PackedBook;
  readonly days: ScenarioTable;
  readonly survival: SurvivalStates;
  /** Worth of one unit of each row at the packed market, USD. */
  readonly nowUsd: Float64Array;
};

/** Worth of one unit of every row at the packed market, USD. */
export function unitsNow(packed: PackedBook): Float64Array {
  const unit = new Float64Array(UNIT_VALUES);
  return Float64Array.from({ length: packed.positions.count }, (_, row) => {
    valueUnit(packed, row, packed.initial, unit);
    return unit[UNIT_VALUE.valueUsd]!;
  });
}

/**
 * What some units of a contract lose in a state against the same day without it, USD, >= 0: the part of its gain that is not kept. Holdings
 * and debts keep their worth: the states are about hedges, and a coin that is held and owed would otherwise count against itself.
 */
export function lostOfRow(context: LossContext, lost: LostScenario, row: number, units: number): number {
  const { packed, days, nowUsd } = context;
  if (packed.positions.kind[row]! <= POSITION_KIND.debt) return 0;
  const gainUsd = units * (days.unitValueUsd[lost.day * days.positions + row]! - nowUsd[row]!);
  return gainUsd > 0 ? gainUsd * (1 - keptOfGain(context, lost, row)) : 0;
}

/** Part of a contract's gain that is kept in a state; 1 = it is not touched. */
export function keptOfGain({ packed, days, survival }: LossContext, { day, state }: LostScenario, row: number): number {
  const { positions, accounts, initial } = packed;
  if (state.kind === 'depegged') return survival.settledIn[row] === state.subject ? 1 - survival.depegFraction : 1;
  if (accounts.venue[positions.account[row]!] !== state.subject) return 1;
  if (state.kind === 'frozen') return 0;
  // Options are not closed against bankrupt positions.
  if (positions.kind[row]! > POSITION_KIND.inverseFuture) return 1;
  const asset = positions.asset[row]!;
  const move = Math.abs(days.priceUsd[day * days.assets + asset]! / initial.priceUsd[asset]! - 1);
  return move > survival.quietMove ? survival.quietMove / move : 1;
}

/** What the book as it is loses more in a state. USD. */
export function lostOfBook(context: LossContext, lost: LostScenario): number {
  const { positions } = context.packed;
  let lostUsd = 0;
  for (let row = 0; row < positions.count; row++) {
    const quantity = positions.quantity[row]!;
    if (quantity !== 0) lostUsd += lostOfRow(context, lost, row, quantity);
  }
  return lostUsd;
}

/**
 * What one unit of a candidate loses in a state beside what the book loses. Closing a contract takes away what the book would have lost
 * with it: below zero.
 */
export function lostOfUnit(context: LossContext, lost: LostScenario, { targetRow, sign, isReducing }: PackedCandidate): number {
  return isReducing ? 0 - lostOfRow(context, lost, targetRow, -sign) : lostOfRow(context, lost, targetRow, sign);
}
