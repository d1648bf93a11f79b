import { POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import { isJudgedWhole } from '../packed/unit-requirement.ts';
import type { ScenarioTable } from '../scenario/scenario-table.ts';
import type { LimitKind, ProblemParts } from './build-problem.ts';
import type { ExcessEffect } from './hedge-problem.ts';
import { isLateForAny, latencyOf, type PackedCandidate, type RowChange } from './packed-candidate.ts';

/** Index of the limit of an account that is of a kind; undefined where it has none. */
export type FindLimit = (account: number, kind: LimitKind) => number | undefined;

/**
 * What one unit of a candidate does to every limit of the accounts it acts on, by retained scenario. USD per unit. Until it has surely arrived
 * it may have or not, so that in a scenario that comes sooner it counts only in so far as it takes: what was sent has left the payer and helps
 * nobody yet. What arrives later than the first of them opens nothing either, since trades count in all.
 */
export function excessEffects(
  { packed, retained, weights, earliestMinutes }: Pick<ProblemParts, 'packed' | 'retained' | 'weights' | 'earliestMinutes'>,
  candidate: PackedCandidate,
  findLimit: FindLimit,
): readonly ExcessEffect[] {
  const shares = { alive: weights.bufferShareOfRequirement, comfort: weights.comfortShareOfRequirement } as const;
  const effects = new Map<number, { readonly kind: LimitKind; readonly effectUsd: Float64Array }>();
  for (const change of candidate.changes) {
    const account = packed.positions.account[change.row]!;
    for (const kind of ['alive', 'comfort', 'opening'] as const) {
      const limit = findLimit(account, kind);
      if (limit === undefined) continue;
      const { effectUsd } = effects.get(limit) ?? { effectUsd: new Float64Array(kind === 'opening' ? 1 : retained.scenarios) };
      if (kind === 'opening') effectUsd[0] = effectUsd[0]! + openingEffect(packed, candidate, change);
      else addEffects({ packed, retained }, { candidate, change, effect: effectUsd, share: shares[kind] });
      effects.set(limit, { kind, effectUsd });
    }
  }
  const latency = latencyOf(candidate);
  const isLate = isLateForAny(candidate, earliestMinutes);
  return [...effects].map(([account, { kind, effectUsd }]) => ({
    account,
    effectUsd: effectUsd.map((effect, s) => ((kind === 'opening' ? isLate : latency > earliestMinutes[s]!) ? Math.min(0, effect) : effect)),
  }));
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
function openingEffect(packed: PackedBook, candidate: PackedCandidate, { row, units }: RowChange): number {
  const { positions, initial } = packed;
  const counted = countedFraction(packed, row, positions.initialFraction[row]!);
  if (positions.kind[row]! <= POSITION_KIND.debt) return units * initial.priceUsd[positions.asset[row]!]! * counted;
  const required = Math.abs(units) * candidate.initialRequirementUsd;
  return units * candidate.valueUsd * counted + (freesRequirement(packed, candidate) ? required : -required);
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
