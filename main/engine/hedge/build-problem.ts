import { evaluateAccounts, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { FAMILY, POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import type { ScenarioTable } from '../scenario/scenario-table.ts';
import { excessEffects } from './excess-effects.ts';
import { withNeeded, type Decision, type HedgeProblem, type MandateUse } from './hedge-problem.ts';
import { limitsThatMatter, type Limit } from './survival/limits-that-matter.ts';
import { excessInState, stateContext, type StateContext } from './survival/state-limits.ts';
import { impactKnots, leastImpactUsd, mostImpactUsd } from './market-impact.ts';
import { gainOf, isLateForAny, withMostImpact, type PackedCandidate } from './packed-candidate.ts';
import {
  lostOfBook,
  lostOfUnit,
  lostScenarios,
  scenarioWeights,
  unitsNow,
  type LossContext,
  type LostScenario,
  type SurvivalState,
  type SurvivalStates,
} from './survival/survival-states.ts';
import { availableUsd, pursesOf, purseUses } from './purses.ts';
import { finalState } from './table-figures.ts';

/** What counts for how much in the program. */
export type ProblemWeights = {
  /** Dollars of expected shortfall that a dollar of cost has to take off. */
  readonly costWeight: number;
  /** Dollars of expected shortfall that a dollar of cash left where it lies is worth. */
  readonly cashPreference: number;
  /** Share of what is required now that every account keeps in every retained scenario. */
  readonly bufferShareOfRequirement: number;
  /** The share it is to keep where that is worth its price. */
  readonly comfortShareOfRequirement: number;
};

/** A priced candidate with the most units that may be done of it. */
export type BoundedCandidate = PackedCandidate & {
  readonly upper: number;
  /** What keeping one unit is expected to cost, >= 0: it counts like a cost but is paid later, so that no budget is charged with it. USD. */
  readonly carryUsd: number;
};

/**
 * What the program is built from. `retained` holds the scenarios in which every account has to stay above its requirement,
 * at the prices that the market's own cascade ends in while none of the book's accounts sells: if the limits hold there,
 * none of them does sell, so these are the prices. `days` holds the days of the loss distribution after their full cascade.
 */
export type ProblemParts = {
  readonly packed: PackedBook;
  readonly candidates: readonly BoundedCandidate[];
  readonly weights: ProblemWeights;
  readonly retained: ScenarioTable;
  /** How soon each retained scenario may come, minutes; Infinity = not before everything has arrived. */
  readonly earliestMinutes: Float64Array;
  readonly days: ScenarioTable;
  /** Loss of each day before any action, USD. */
  readonly lossesUsd: Float64Array;
  readonly confidence: number;
  readonly budgetUsd: number | null;
  /** What each account must keep beyond the usual buffer, because a former suggestion let it fall. USD. */
  readonly extraBufferUsd: Float64Array;
  /** What may go wrong with hedges on the worst days; null = nothing does. */
  readonly survival: SurvivalStates | null;
  /** Bounds of the trader's own, with what one unit of each candidate adds to their sum. */
  readonly mandates: readonly { readonly leastUsd: number; readonly perUnitUsd: Float64Array }[];
};

/**
 * What a limit of an account is about: `alive` = it holds in every retained scenario; `comfort` = with a margin that is
 * wished for, not needed; `opening` = its initial requirement now, which trades are opened against; `inState` = it holds in
 * every retained scenario though a hedge is lost or money is stopped.
 */
export type LimitKind = 'alive' | 'comfort' | 'opening' | 'inState';

/** Which limit it is: of an account, of a kind, and in which state where it is about one. */
export type LimitName = { readonly account: number; readonly kind: LimitKind; readonly state: SurvivalState | null };

/** A problem with the way back from its accounts and purses to the book. */
export type BuiltProblem = {
  readonly problem: HedgeProblem;
  /** Own account and meaning of each limit of the problem. */
  readonly limits: readonly LimitName[];
  /** Days of the distribution; the program's scenarios are these, and after them the ones in which hedges are lost. */
  readonly days: number;
  readonly lost: readonly LostScenario[];
  /** Packed row of each purse: a holding that is drawn on, or a debt that cannot be repaid more than once. */
  readonly purseRows: readonly number[];
};

/** Writes accounts, cash and candidates as a hedging problem. */
export function buildProblem(parts: ProblemParts): BuiltProblem {
  const { packed } = parts;
  const days = parts.lossesUsd.length;
  const loss = lostOf(parts);
  const states = stateContext(packed, parts.retained, parts.survival);
  const limits = limitsOf(parts, states);
  const ofAccount = Array.from({ length: packed.accounts.count }, (_, account) =>
    limits.flatMap((limit, index) => (limit.account === account ? [{ ...limit, index }] : [])),
  );
  const effectParts = { ...parts, states, limitsOf: (account: number) => ofAccount[account]! };
  const mandates = [...parts.mandates, ...impactKnots(parts.candidates, parts.weights.costWeight)];
  const charged = parts.candidates.map((candidate) => withMostImpact(packed, candidate));
  const purseRows = pursesOf(packed, charged);
  const purseIndex = new Map(purseRows.map((row, index) => [row, index]));
  const decisions = parts.candidates.map((candidate, index): Decision => ({
    costUsd:
      parts.weights.costWeight * (candidate.costUsd + leastImpactUsd(candidate) + candidate.carryUsd) +
      (candidate.isTrade ? 0 : parts.weights.cashPreference * candidate.valueUsd),
    spendUsd: candidate.costUsd + mostImpactUsd(candidate),
    lower: 0,
    upper: candidate.upper,
    reductionUsd: reductionOf(parts, candidate, loss),
    excess: excessEffects(effectParts, charged[index]!),
    cash: purseUses(packed, charged[index]!, { purseIndex, isLate: isLateForAny(candidate, parts.earliestMinutes) }),
    mandates: mandateUses({ mandates }, index),
  }));
  const kept = limitsThatMatter(limits, decisions);
  const accounts = kept.limits.map(({ bufferUsd, excessUsd }) => ({ bufferUsd, excessUsd }));
  return {
    problem: withNeeded({
      confidence: parts.confidence,
      weights: scenarioWeights(days, loss.lost),
      lossesUsd: lossesWithLost(parts, loss),
      decisions: kept.decisions,
      accounts,
      purses: purseRows.map((row) => ({ availableUsd: availableUsd(packed, row) })),
      budgetUsd: parts.budgetUsd,
      mandates,
    }),
    limits: kept.limits,
    days,
    lost: loss.lost,
    purseRows,
  };
}

/** The scenarios in which hedges are lost, with what they are judged by; no context where nothing goes wrong. */
type Lost = { readonly lost: readonly LostScenario[]; readonly context: LossContext | null };

function lostOf({ packed, days, lossesUsd, survival }: ProblemParts): Lost {
  const lost = lostScenarios(lossesUsd, survival);
  return { lost, context: survival === null ? null : { packed, days, survival, nowUsd: unitsNow(packed) } };
}

/** Loss of every day, and of each day again with what is lost of the book's own hedges. */
function lossesWithLost({ lossesUsd }: ProblemParts, { lost, context }: Lost): Float64Array {
  const all = new Float64Array(lossesUsd.length + lost.length);
  all.set(lossesUsd);
  if (context === null) return all;
  lost.forEach((each, index) => {
    all[lossesUsd.length + index] = lossesUsd[each.day]! + lostOfBook(context, each);
  });
  return all;
}

function limitsOf(parts: ProblemParts, states: StateContext | null): readonly Limit[] {
  const { packed, retained } = parts;
  const accounts = packed.accounts.count;
  const measures = makeAccountMeasures(accounts);
  const excess = Array.from({ length: accounts }, () => new Float64Array(retained.scenarios));
  for (let s = 0; s < retained.scenarios; s++) {
    evaluateAccounts(packed, finalState(retained, s), measures);
    for (let a = 0; a < accounts; a++) excess[a]![s] = measures.excessUsd[a]!;
  }
  evaluateAccounts(packed, packed.initial, measures);
  const limits: Limit[] = [];
  for (let account = 0; account < accounts; account++) {
    const family = packed.accounts.family[account]!;
    if (family === FAMILY.custody) continue;
    const requirementUsd = measures.requirementUsd[account]!;
    const buffers = { alive: parts.weights.bufferShareOfRequirement, comfort: parts.weights.comfortShareOfRequirement } as const;
    for (const kind of ['alive', 'comfort'] as const) {
      limits.push({
        account,
        kind,
        state: null,
        bufferUsd: buffers[kind] * requirementUsd + parts.extraBufferUsd[account]!,
        excessUsd: excess[account]!,
      });
    }
    // Trades are opened, loans drawn and collateral taken out against the initial requirement now; an account already below it must not get worse.
    const roomUsd = isLoan(family)
      ? borrowingRoomUsd(packed, account)
      : measures.resourcesUsd[account]! - measures.initialRequirementUsd[account]!;
    limits.push({ account, kind: 'opening', state: null, bufferUsd: Math.min(0, roomUsd), excessUsd: Float64Array.of(roomUsd) });
    if (states === null) continue;
    const bufferUsd = buffers.alive * requirementUsd + parts.extraBufferUsd[account]!;
    for (const state of states.survival.states)
      limits.push({ account, kind: 'inState', state, bufferUsd, excessUsd: excessInState(states, { account, state }, excess[account]!) });
  }
  return limits;
}

function isLoan(family: number): boolean {
  return family >= FAMILY.lendingPool && family <= FAMILY.baseMarket;
}

/** What could still be borrowed against a loan's collateral at its loan-to-value: Σ collateral × loan-to-value − debt. USD. */
function borrowingRoomUsd({ positions, accounts, initial }: PackedBook, account: number): number {
  let roomUsd = 0;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p++) {
    const valueUsd = positions.isUnpriced[p] === 1 ? 0 : positions.quantity[p]! * initial.priceUsd[positions.asset[p]!]!;
    roomUsd += positions.kind[p] === POSITION_KIND.debt ? valueUsd : valueUsd * positions.initialFraction[p]!;
  }
  return roomUsd;
}

/** Fall of each scenario's loss per unit, before costs. */
function reductionOf({ days }: ProblemParts, candidate: PackedCandidate, { lost, context }: Lost): Float64Array {
  const reduction = new Float64Array(days.scenarios + lost.length);
  for (let day = 0; day < days.scenarios; day++) reduction[day] = gainOf(days, candidate, day);
  if (context === null) return reduction;
  lost.forEach((each, index) => {
    reduction[days.scenarios + index] = reduction[each.day]! - lostOfUnit(context, each, candidate);
  });
  return reduction;
}

function mandateUses({ mandates }: Pick<ProblemParts, 'mandates'>, candidate: number): readonly MandateUse[] {
  return mandates.flatMap(({ perUnitUsd }, mandate) => {
    const use = perUnitUsd[candidate]!;
    return use === 0 ? [] : [{ mandate, perUnitUsd: use }];
  });
}

/** The same problem with some of its decisions, in the given order. */
export function subset(problem: HedgeProblem, kept: readonly number[]): HedgeProblem {
  return { ...problem, decisions: kept.map((index) => problem.decisions[index]!) };
}
