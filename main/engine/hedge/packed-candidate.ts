import { POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from '../packed/position-value.ts';
import { impactsUsd, mostImpactUsd, type MarketImpact } from './market-impact.ts';
import { isJudgedWhole, unitRequirement } from '../packed/unit-requirement.ts';
import type { ScenarioTable } from '../scenario/scenario-table.ts';

/** A row of the packed book and how many of its units one unit of a candidate adds to it. */
export type RowChange = { readonly row: number; readonly units: number };

/** Rows and terms of a candidate, before it is priced. */
export type CandidateTerms = {
  readonly targetRow: number;
  readonly payerRow: number;
  /** +1 adds to the target's row, −1 takes from it. */
  readonly sign: 1 | -1;
  /** What moves along beside target and payer: the collateral of a loan that is moved. None where left out. */
  readonly along?: readonly RowChange[];
  readonly isTrade: boolean;
  /** Closes (part of) a position that is held, so that it frees requirement instead of taking it. */
  readonly isReducing: boolean;
  /** Half the spread and the fee per unit: USD, or a share of the unit's value. */
  readonly cost: { readonly kind: 'usd' | 'share'; readonly value: number };
  /** What the price gives way, shared by all that trade the same market the same way; none where left out. */
  readonly impact?: MarketImpact;
  /** Paid once if it is done at all. USD. */
  readonly gasUsd: number;
  /** Time by which it has surely arrived, minutes; at once where left out. */
  readonly latencyMinutes?: number;
  /** Accounts from which its money may first have to come. */
  readonly waitsFor?: readonly number[];
};

/** Something that can be done, as rows of the packed book, priced now. Per unit, USD. */
export type PackedCandidate = CandidateTerms & {
  readonly targetAccount: number;
  readonly payerAccount: number;
  /** Units of the paying holding that one unit takes (negative) or brings. */
  readonly payerUnits: number;
  /** Every row that one unit changes: the target, the payer, and what moves along. */
  readonly changes: readonly RowChange[];
  readonly costUsd: number;
  /** What one unit of the target is worth to equity: premium of an option, amount of a cash action, profit since entry of a future. */
  readonly valueUsd: number;
  readonly notionalUsd: number;
  readonly isOption: boolean;
  /** Initial requirement of one unit by itself, now. */
  readonly initialRequirementUsd: number;
};

/**
 * Prices a candidate at the packed book's initial market. What the target is worth and the cost are paid by the paying
 * row at once (a holding that gets less, or a debt that grows), so that all changes together are worth −cost now.
 *
 * @returns null where a row is unpriced or the payer worth nothing
 */
export function priceCandidate(packed: PackedBook, terms: CandidateTerms): PackedCandidate | null {
  const { positions } = packed;
  const { targetRow, payerRow, sign, along = [] } = terms;
  if ([targetRow, payerRow, ...along.map(({ row }) => row)].some((row) => positions.isUnpriced[row] === 1)) return null;
  const unit = new Float64Array(UNIT_VALUES);
  const requirement = new Float64Array(2);
  valueUnit(packed, payerRow, packed.initial, unit);
  const payerPriceUsd = unit[UNIT_VALUE.valueUsd]!;
  let alongUsd = 0;
  for (const { row, units } of along) {
    valueUnit(packed, row, packed.initial, unit);
    alongUsd += units * unit[UNIT_VALUE.valueUsd]!;
  }
  valueUnit(packed, targetRow, packed.initial, unit);
  const valueUsd = unit[UNIT_VALUE.valueUsd]!;
  const notionalUsd = unit[UNIT_VALUE.notionalUsd]!;
  const isClosing = terms.isReducing && !isJudgedWhole(packed.accounts.family[positions.account[targetRow]!]!);
  unitRequirement(packed, targetRow, isClosing ? -sign : sign, packed.initial, unit, requirement);
  const costUsd = terms.cost.kind === 'usd' ? terms.cost.value : terms.cost.value * valueUsd;
  if (!(payerPriceUsd > 0) || !(notionalUsd > 0) || !Number.isFinite(costUsd)) return null;
  const payerUnits = -(sign * valueUsd + alongUsd + costUsd) / payerPriceUsd;
  return {
    ...terms,
    targetAccount: positions.account[targetRow]!,
    payerAccount: positions.account[payerRow]!,
    payerUnits,
    changes: [{ row: targetRow, units: sign }, { row: payerRow, units: payerUnits }, ...along],
    costUsd,
    valueUsd,
    notionalUsd,
    isOption: positions.kind[targetRow]! >= POSITION_KIND.linearOption,
    initialRequirementUsd: requirement[1]!,
  };
}

/**
 * The candidate with the most that its impact can come to taken from what pays: what limits on cash and accounts are judged by, so that
 * nobody is overdrawn by what a convex cost turns out to be.
 */
export function withMostImpact({ positions, initial }: PackedBook, candidate: PackedCandidate): PackedCandidate {
  const mostUsd = mostImpactUsd(candidate);
  if (mostUsd === 0) return candidate;
  const payerUnits = candidate.payerUnits - mostUsd / initial.priceUsd[positions.asset[candidate.payerRow]!]!;
  const paid = { row: candidate.payerRow, units: payerUnits };
  return { ...candidate, payerUnits, changes: [candidate.changes[0]!, paid, ...candidate.changes.slice(2)] };
}

/** Quantities of every packed position after doing each candidate in its amount; gas and impact come out of the same purse. */
export function quantitiesAfter(packed: PackedBook, candidates: readonly PackedCandidate[], amounts: ArrayLike<number>): Float64Array {
  return quantitiesBy(packed, { candidates, amounts }, Number.POSITIVE_INFINITY);
}

/** The same some minutes after everything was begun: what has not arrived is on its way, or not done where it happens all at once. */
export function quantitiesBy(
  packed: PackedBook,
  { candidates, amounts }: { readonly candidates: readonly PackedCandidate[]; readonly amounts: ArrayLike<number> },
  minutes: number,
): Float64Array {
  const quantity = packed.positions.quantity.slice();
  const impact = impactsUsd(candidates, amounts);
  candidates.forEach((candidate, index) => {
    const amount = amounts[index] ?? 0;
    if (amount === 0) return;
    const changes = changesBy(candidate, minutes);
    if (changes.length === 0) return;
    const payerPriceUsd = packed.initial.priceUsd[packed.positions.asset[candidate.payerRow]!]!;
    for (const { row, units } of changes) quantity[row] = quantity[row]! + units * amount;
    quantity[candidate.payerRow] = quantity[candidate.payerRow]! - (candidate.gasUsd + impact[index]!) / payerPriceUsd;
  });
  return quantity;
}

/** Minutes by which a candidate has surely arrived. */
export function latencyOf({ latencyMinutes = 0 }: CandidateTerms): number {
  return latencyMinutes;
}

/** Whether some scenario may come before a candidate has surely arrived. */
export function isLateForAny(candidate: CandidateTerms, earliestMinutes: Float64Array): boolean {
  return earliestMinutes.some((minutes) => minutes < latencyOf(candidate));
}

/**
 * What a candidate has changed some minutes after it was begun: everything once it has arrived. Before that what moves between accounts has
 * left the payer and is nowhere; what happens in one transaction, within an account or with a loan that moves, has not happened.
 */
function changesBy(candidate: PackedCandidate, minutes: number): readonly RowChange[] {
  if (latencyOf(candidate) <= minutes) return candidate.changes;
  const { payerAccount, targetAccount, payerRow, payerUnits, along = [] } = candidate;
  return payerAccount === targetAccount || along.length > 0 ? [] : [{ row: payerRow, units: payerUnits }];
}

/** What one unit gains by the end of a scenario, before its cost: how the value of every row it changes has moved. USD. */
export function gainOf(table: ScenarioTable, candidate: PackedCandidate, scenario: number): number {
  const at = scenario * table.positions;
  let gainUsd = candidate.costUsd;
  for (const { row, units } of candidate.changes) gainUsd += units * table.unitValueUsd[at + row]!;
  return gainUsd;
}

/** Losses of every scenario without what some candidates gained (costs included) in their amounts. USD. */
export function lossesWithout(
  table: ScenarioTable,
  lossesUsd: Float64Array,
  plan: { readonly candidates: readonly PackedCandidate[]; readonly amounts: ArrayLike<number> },
): Float64Array {
  const impact = impactsUsd(plan.candidates, plan.amounts);
  return lossesUsd.map((loss, scenario) => {
    let gained = 0;
    plan.candidates.forEach((candidate, index) => {
      const amount = plan.amounts[index] ?? 0;
      if (amount !== 0) gained += (gainOf(table, candidate, scenario) - candidate.costUsd) * amount - candidate.gasUsd - impact[index]!;
    });
    return loss + gained;
  });
}
