import type { ScenarioSet } from '../../../domain/scenario.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../engine/packed/market-state.ts';
import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from '../../../engine/packed/packed-book.ts';
import { isJudgedWhole } from '../../../engine/packed/unit-requirement.ts';
import type { PackResult } from '../../pack.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { Candidate } from './candidates.ts';

/** Candidates worth solving for, and in words what was left out and why. */
export type Relevant = { readonly candidates: readonly Candidate[]; readonly notConsidered: readonly string[] };

/** Where the accounts stand well beyond the reference shock: what each has to spare, below zero for one that needs something. USD. */
type Stand = { readonly packed: PackedBook; readonly state: MarketState; readonly spareUsd: Float64Array };

const loanKinds: ReadonlySet<string> = new Set(['deleverage', 'switchCollateral', 'switchDebt', 'migrate']);

/**
 * Leaves out the loan actions that would only make the program larger: those in accounts that hold well beyond the reference shock, those
 * that help their account less than others of the kind, withdrawals from accounts that can spare little, and what no withdrawal fills.
 * Trades, and cash that is there already, are always considered.
 */
export function relevantOf(pack: PackResult, set: ScenarioSet, candidates: readonly Candidate[]): Relevant {
  const stand = standBeyond(pack, set);
  const groups = new Map<string, { readonly candidate: Candidate; readonly rank: number }[]>();
  const dropped = new Map<string, number>();
  const drop = (why: string): void => void dropped.set(why, (dropped.get(why) ?? 0) + 1);
  const kept = new Set<Candidate>();
  for (const candidate of candidates) {
    const judged = judge(stand, candidate);
    if (judged === 'kept') kept.add(candidate);
    else if (typeof judged === 'string') drop(judged);
    else groups.set(judged.group, [...(groups.get(judged.group) ?? []), { candidate, rank: judged.rank }]);
  }
  for (const [group, ranked] of groups) {
    const most = group === WITHDRAWALS ? hedgeAssumptions.mostWithdrawals : hedgeAssumptions.perAccountAndKind;
    const sorted = ranked.toSorted((a, b) => b.rank - a.rank || (a.candidate.id < b.candidate.id ? -1 : 1));
    for (const { candidate } of sorted.slice(0, most)) kept.add(candidate);
    for (let n = most; n < sorted.length; n += 1) drop('help less than others of their kind in the same account');
  }
  const filled = new Set([...kept].filter(({ kind }) => kind === 'withdraw').map(({ targetRow }) => targetRow));
  const isEmpty = ({ kind, payerRow }: Candidate): boolean =>
    kind !== 'withdraw' && isEmptyCustody(stand.packed, payerRow) && !filled.has(payerRow);
  const chosen = candidates.filter((candidate) => kept.has(candidate));
  const left = chosen.filter((candidate) => !isEmpty(candidate));
  for (let n = left.length; n < chosen.length; n += 1) drop('would be paid from what no withdrawal fills');
  return { candidates: left, notConsidered: [...dropped].map(([why, count]) => `${count} ${count === 1 ? 'action' : 'actions'}: ${why}`) };
}

const WITHDRAWALS = 'withdrawals';

/** Whether a candidate is kept at once, left out for a reason, or ranked among its kind. */
function judge(stand: Stand, candidate: Candidate): 'kept' | (string & {}) | { readonly group: string; readonly rank: number } {
  const { packed, spareUsd } = stand;
  const { kind, targetAccount, payerAccount, payerRow } = candidate;
  const comesFromNothing = kind !== 'withdraw' && isEmptyCustody(packed, payerRow);
  if (kind === 'withdraw') {
    if (!spareUsd.some((spare) => spare < 0)) return 'take collateral out though no account needs anything';
    if (isNetted(packed, payerRow)) return 'take out coins that a venue nets against contracts';
    const spare = Math.min(spareUsd[payerAccount] ?? 0, (packed.positions.quantity[payerRow] ?? 0) * candidate.notionalUsd);
    return spare > hedgeAssumptions.leastLegUsd
      ? { group: WITHDRAWALS, rank: spare }
      : 'take collateral from accounts that cannot spare it';
  }
  if (!loanKinds.has(kind) && !comesFromNothing) return 'kept';
  if ((spareUsd[targetAccount] ?? 0) >= 0)
    return `act on accounts that hold at ${hedgeAssumptions.relevantMultiple} times the reference shock`;
  const helpUsd = helpPerDollar(stand, candidate);
  if (!(helpUsd > 0)) return 'do not help the account they act on';
  return { group: `${comesFromNothing ? `from ${payerRow}` : kind}:${targetAccount}`, rank: helpUsd };
}

function standBeyond({ packed, driverIds }: PackResult, { reference }: ScenarioSet): Stand {
  const multiple = hedgeAssumptions.relevantMultiple;
  const moves = Float64Array.from(driverIds, (id) => Math.max(-0.99, multiple * (reference.moves[id] ?? 0)));
  const state = copyState(packed.initial);
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, measures);
  const comfortUsd = measures.requirementUsd.map((required) => hedgeAssumptions.comfortShareOfRequirement * required);
  applyShock(packed, moves, multiple * reference.volatilityShift, state);
  evaluateAccounts(packed, state, measures);
  const spareUsd = measures.excessUsd.map((excess, a) =>
    packed.accounts.family[a] === FAMILY.custody ? 0 : excess - (comfortUsd[a] ?? 0),
  );
  return { packed, state, spareUsd };
}

/** What a candidate adds to the excess of the account it acts on there, per dollar of its size. */
function helpPerDollar({ packed, state }: Stand, { changes, targetAccount, notionalUsd }: Candidate): number {
  const { positions } = packed;
  let addedUsd = 0;
  for (const { row, units } of changes) {
    if (positions.account[row] !== targetAccount) continue;
    const counted = positions.kind[row] === POSITION_KIND.debt ? 1 : (positions.collateralFraction[row] ?? 0);
    addedUsd += units * (state.priceUsd[positions.asset[row] ?? 0] ?? 0) * counted;
  }
  return addedUsd / notionalUsd;
}

function isEmptyCustody({ positions, accounts }: PackedBook, row: number): boolean {
  return (
    positions.quantity[row] === 0 &&
    positions.kind[row] === POSITION_KIND.holding &&
    accounts.family[positions.account[row] ?? 0] === FAMILY.custody
  );
}

/** Coins that offset contracts where an account is judged whole: what taking them out requires is not known per unit. */
function isNetted({ positions, accounts }: PackedBook, row: number): boolean {
  return isJudgedWhole(accounts.family[positions.account[row] ?? 0] ?? 0) && (positions.market[row] ?? -1) >= 0;
}
