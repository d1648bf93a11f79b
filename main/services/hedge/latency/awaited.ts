import { latencyOf } from '../../../engine/hedge/packed-candidate.ts';
import { FAMILY, type PackedBook } from '../../../engine/packed/packed-book.ts';
import type { Candidate } from '../proposals/candidates.ts';

/** What is sent on from custody: the candidates, and how soon each retained scenario may come. */
type Timed = { readonly packed: PackedBook; readonly candidates: readonly Candidate[]; readonly earliestMinutes: Float64Array };

/**
 * What custody pays with may first have to come there: withdrawn from a venue, or sold for. Nobody requires anything of custody, so that no
 * limit would see the money missing. Hence a payment is two where that matters for some scenario: one out of what lies there now and at most so
 * much, and one that waits for the slowest that fills its row. Out of a row that holds nothing there is only the second.
 */
export function withAwaited({ packed, candidates, earliestMinutes }: Timed): readonly Candidate[] {
  const waits = fillMinutes(packed, candidates);
  const isSent = ({ payerRow, payerAccount, targetAccount }: Candidate): boolean => payerAccount !== targetAccount && waits.has(payerRow);
  const matters = (candidate: Candidate): boolean => {
    const [prompt, awaited] = [latencyOf(candidate), latencyOf(candidate) + (waits.get(candidate.payerRow) ?? 0)];
    return earliestMinutes.some((minutes) => minutes >= prompt && minutes < awaited);
  };
  const split = new Set(candidates.filter((each) => isSent(each) && matters(each)));
  return candidates.flatMap((candidate): Candidate[] => {
    const { payerRow, id, shared = [] } = candidate;
    if (!split.has(candidate)) return [candidate];
    const latencyMinutes = latencyOf(candidate) + (waits.get(payerRow) ?? 0);
    if (!((packed.positions.quantity[payerRow] ?? 0) > 0)) return [{ ...candidate, latencyMinutes, isAwaited: true }];
    const row = [...split].filter((each) => each.payerRow === payerRow);
    const now = { name: `what ${candidate.payer.accountId} holds of ${candidate.payer.instrumentId} now`, isCash: true };
    return [
      { ...candidate, shared: [...shared, { ...now, mostUsd: heldUsd(packed, row) }] },
      { ...candidate, id: `${id}:awaited`, latencyMinutes, isAwaited: true },
    ];
  });
}

/** Slowest arrival in each row of custody that something fills: what is withdrawn, and what is sold, which may have been withdrawn before. */
function fillMinutes(packed: PackedBook, candidates: readonly Candidate[]): ReadonlyMap<number, number> {
  const minutes = new Map<number, number>();
  const fill = (row: number, by: number): void => void minutes.set(row, Math.max(by, minutes.get(row) ?? 0));
  const isCustody = (account: number): boolean => packed.accounts.family[account] === FAMILY.custody;
  for (const each of candidates) if (each.kind === 'withdraw') fill(each.targetRow, latencyOf(each));
  const withdrawn = new Map(minutes);
  for (const each of candidates)
    if (each.kind === 'trade' && isCustody(each.targetAccount)) fill(each.payerRow, latencyOf(each) + (withdrawn.get(each.targetRow) ?? 0));
  return minutes;
}

/** What the payments of a row may come to, so that none of them, costs included, draws more than it holds. USD. */
function heldUsd({ positions, initial }: PackedBook, payments: readonly Candidate[]): number {
  const worth = payments.map(({ payerRow, payerUnits, notionalUsd }) => {
    const priceUsd = initial.priceUsd[positions.asset[payerRow] ?? 0] ?? 0;
    return ((positions.quantity[payerRow] ?? 0) * notionalUsd) / -payerUnits / (priceUsd > 0 ? 1 : Number.POSITIVE_INFINITY);
  });
  return Math.min(...worth);
}
