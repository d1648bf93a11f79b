import { POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import { isJudgedWhole } from '../packed/unit-requirement.ts';
import type { ScenarioTable } from '../scenario/scenario-table.ts';
import type { LimitName, ProblemParts } from './build-problem.ts';
import type { ExcessEffect } from './hedge-problem.ts';
import { isLateForAny, latencyOf, type PackedCandidate, type RowChange } from './packed-candidate.ts';
import { isStopped, lostEffect, type StateContext } from './survival/state-limits.ts';

/** What effects are worked out with: the retained scenarios, how soon they may come, and the limits of each account with their places. */
export type EffectParts = Pick<ProblemParts, 'packed' | 'retained' | 'weights' | 'earliestMinutes'> & {
  readonly limitsOf: (account: number) => readonly (LimitName & { readonly index: number })[];
  /** null where nothing is taken to go wrong with hedges. */
  readonly states: StateContext | null;
};

/**
 * What one unit of a candidate does to every limit of the accounts it acts on, by retained scenario. USD per unit. Until it has surely arrived
 * it may have or not, so that in a scenario that comes sooner it counts only in so far as it takes: what was sent has left the payer and helps
 * nobody yet. What arrives later than the first of them opens nothing either, since trades count in all. What comes from a venue that is
 * halted never arrives.
 */
export function excessEffects(parts: EffectParts, candidate: PackedCandidate): readonly ExcessEffect[] {
  const { packed, weights, earliestMinutes } = parts;
  const latency = latencyOf(candidate);
  const isLate = isLateForAny(candidate, earliestMinutes);
  const accounts = new Set(candidate.changes.map(({ row }) => packed.positions.account[row]!));
  return [...accounts].flatMap((account) => {
    const alive = retainedEffect(parts, candidate, { account, share: weights.bufferShareOfRequirement });
    return parts.limitsOf(account).map(({ kind, state, index }): ExcessEffect => {
      if (kind === 'opening') {
        const effect = openingEffect(packed, candidate, account);
        return { account: index, effectUsd: Float64Array.of(isLate ? Math.min(0, effect) : effect) };
      }
      const effectUsd =
        kind === 'comfort' ? retainedEffect(parts, candidate, { account, share: weights.comfortShareOfRequirement }) : alive.slice();
      if (state !== null && parts.states !== null) lostEffect(parts.states, candidate, { account, state, effectUsd });
      const never = state !== null && isStopped(packed, candidate, state);
      for (let s = 0; s < effectUsd.length; s++) if (never || earliestMinutes[s]! < latency) effectUsd[s] = Math.min(0, effectUsd[s]!);
      return { account: index, effectUsd };
    });
  });
}

/** Change of an account's excess by one unit of a candidate in every retained scenario, with everything arrived. USD. */
function retainedEffect(
  { packed, retained }: Pick<ProblemParts, 'packed' | 'retained'>,
  candidate: PackedCandidate,
  { account, share }: { readonly account: number; readonly share: number },
): Float64Array {
  const effect = new Float64Array(retained.scenarios);
  for (const change of candidate.changes)
    if (packed.positions.account[change.row] === account) addEffects({ packed, retained }, { candidate, change, effect, share });
  return effect;
}

type Adding = { readonly candidate: PackedCandidate; readonly change: RowChange; readonly effect: Float64Array; readonly share: number };

/**
 * Adds the change of the account's excess by a row's change in every retained scenario: value that counts, less requirement taken. What is
 * kept beyond the requirement is a share of it, so that repaying a debt needs that share of the debt less.
 */
function addEffects(
  { packed, retained }: { readonly packed: PackedBook; readonly retained: ScenarioTable },
  { candidate, change, effect, share }: Adding,
): void {
  const { row, units } = change;
  const isContract = packed.positions.kind[row]! > POSITION_KIND.debt;
  const counted = countedFraction(packed, row, packed.positions.collateralFraction[row]!);
  const frees = freesRequirement(packed, candidate);
  const isLong = frees ? units < 0 : units > 0;
  const requirementUsd = isLong ? retained.unitLongRequirementUsd : retained.unitShortRequirementUsd;
  const requiring = isContract ? Math.abs(units) * (frees ? 1 : -1) : 0;
  const keptUsd =
    packed.positions.kind[row] === POSITION_KIND.debt ? share * units * packed.initial.priceUsd[packed.positions.asset[row]!]! : 0;
  for (let s = 0; s < effect.length; s++) {
    const at = s * retained.positions + row;
    effect[s] = effect[s]! + units * retained.unitValueUsd[at]! * counted + keptUsd;
    if (requiring !== 0) effect[s] = effect[s]! + requiring * requirementUsd[at]!;
  }
}

/** The same now, against what opening a position, drawing a loan or taking collateral out requires. */
function openingEffect(packed: PackedBook, candidate: PackedCandidate, account: number): number {
  const { positions, initial } = packed;
  let effectUsd = 0;
  for (const { row, units } of candidate.changes) {
    if (positions.account[row] !== account) continue;
    const counted = countedFraction(packed, row, positions.initialFraction[row]!);
    if (positions.kind[row]! <= POSITION_KIND.debt) {
      effectUsd += units * initial.priceUsd[positions.asset[row]!]! * counted;
      continue;
    }
    const required = Math.abs(units) * candidate.initialRequirementUsd;
    effectUsd += units * candidate.valueUsd * counted + (freesRequirement(packed, candidate) ? required : -required);
  }
  return effectUsd;
}

/** A debt counts whole, everything else at its share. */
function countedFraction({ positions }: PackedBook, row: number, fraction: number): number {
  return positions.kind[row] === POSITION_KIND.debt ? 1 : fraction;
}

/**
 * Whether closing frees a position's own requirement. Where an account is judged whole that is not known per unit: closing is then
 * taken as adding the opposite, whose own requirement is the most it can cost.
 */
function freesRequirement(packed: PackedBook, candidate: PackedCandidate): boolean {
  return candidate.isReducing && !isJudgedWhole(packed.accounts.family[candidate.targetAccount]!);
}
