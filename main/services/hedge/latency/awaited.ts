import { latencyOf } from '../../../engine/hedge/packed-candidate.ts';
import type { SurvivalStates } from '../../../engine/hedge/survival/survival-states.ts';
import { FAMILY, type PackedBook } from '../../../engine/packed/packed-book.ts';
import type { PackResult } from '../../pack.ts';
import type { Candidate } from '../proposals/candidates.ts';
import { rowWords } from '../words/rows.ts';

/** What is sent on from custody: the candidates, how soon each retained scenario may come, and which venues may halt. */
type Timed = {
  readonly pack: PackResult;
  readonly candidates: readonly Candidate[];
  readonly earliestMinutes: Float64Array;
  readonly survival: SurvivalStates | null;
};

/** What fills a row of custody: the slowest arrival, and the accounts it comes from. */
type Fill = { readonly minutes: number; readonly accounts: readonly number[] };

/**
 * What custody pays with may first have to come there: withdrawn from a venue, or sold for. Nobody requires anything of custody, so that no
 * limit would see the money missing. Hence a payment is two where that matters for some scenario, or where it may come from a venue that halts:
 * one out of what lies there now and at most so much, and one that waits for the slowest that fills its row. Out of a row that holds nothing
 * there is only the second.
 */
export function withAwaited({ pack, candidates, earliestMinutes, survival }: Timed): readonly Candidate[] {
  const { packed } = pack;
  const fills = fillsOf(packed, candidates);
  const halting = new Set((survival?.states ?? []).flatMap(({ kind, subject }) => (kind === 'frozen' ? [subject] : [])));
  const isFilled = ({ payerRow, payerAccount, targetAccount }: Candidate): boolean => payerAccount !== targetAccount && fills.has(payerRow);
  const held = ({ payerRow }: Candidate): boolean => (packed.positions.quantity[payerRow] ?? 0) > 0;
  const matters = (candidate: Candidate, { minutes, accounts }: Fill): boolean => {
    const prompt = latencyOf(candidate);
    const isTimely = earliestMinutes.some((earliest) => earliest >= prompt && earliest < prompt + minutes);
    return isTimely || accounts.some((account) => halting.has(packed.accounts.venue[account] ?? -1));
  };
  const split = candidates.filter((each) => isFilled(each) && held(each) && matters(each, fills.get(each.payerRow) ?? NO_FILL));
  const isSplit = new Set(split);
  return candidates.flatMap((candidate): Candidate[] => {
    const { payerRow, id, shared = [] } = candidate;
    if (!isFilled(candidate) || (held(candidate) && !isSplit.has(candidate))) return [candidate];
    const { minutes, accounts } = fills.get(payerRow) ?? NO_FILL;
    const waiting = { ...candidate, latencyMinutes: latencyOf(candidate) + minutes, waitsFor: accounts, isAwaited: true };
    if (!held(candidate)) return [waiting];
    const row = split.filter((each) => each.payerRow === payerRow);
    const now = { name: `${rowWords({ pack }, payerRow)} now`, isCash: true, mostUsd: heldUsd(packed, row) };
    return [
      { ...candidate, shared: [...shared, now] },
      { ...waiting, id: `${id}:awaited` },
    ];
  });
}

const NO_FILL: Fill = { minutes: 0, accounts: [] };

/** What fills each row of custody: what is withdrawn, and what is sold, which may have been withdrawn before. */
function fillsOf(packed: PackedBook, candidates: readonly Candidate[]): ReadonlyMap<number, Fill> {
  const fills = new Map<number, Fill>();
  const fill = (row: number, { minutes, accounts }: Fill): void => {
    const former = fills.get(row) ?? NO_FILL;
    fills.set(row, { minutes: Math.max(minutes, former.minutes), accounts: [...new Set([...former.accounts, ...accounts])] });
  };
  for (const each of candidates)
    if (each.kind === 'withdraw') fill(each.targetRow, { minutes: latencyOf(each), accounts: [each.payerAccount] });
  const withdrawn = new Map(fills);
  for (const each of candidates) {
    if (each.kind !== 'trade' || packed.accounts.family[each.targetAccount] !== FAMILY.custody) continue;
    const { minutes, accounts } = withdrawn.get(each.targetRow) ?? NO_FILL;
    fill(each.payerRow, { minutes: latencyOf(each) + minutes, accounts });
  }
  return fills;
}

/** What the payments of a row may come to, so that none of them, costs included, draws more than it holds. USD. */
function heldUsd({ positions, initial }: PackedBook, payments: readonly Candidate[]): number {
  const worth = payments.map(({ payerRow, payerUnits, notionalUsd }) => {
    const isPriced = (initial.priceUsd[positions.asset[payerRow] ?? 0] ?? 0) > 0;
    return isPriced ? ((positions.quantity[payerRow] ?? 0) * notionalUsd) / -payerUnits : 0;
  });
  return Math.min(...worth);
}
