import { cashProposals } from './cash-proposals.ts';
import { futureProposals } from './future-proposals.ts';
import type { HedgeBook } from '../hedge-book.ts';
import { loanProposals } from './loans/loan-proposals.ts';
import { filledByWithdrawals, withdrawals } from './loans/withdrawals.ts';
import { optionProposals } from './option-proposals.ts';
import type { Proposal } from './proposal.ts';

/** Everything that could be done, in a fixed order: cash actions, loan actions, futures and perpetuals, options. */
export function listProposals(book: HedgeBook): readonly Proposal[] {
  const taken = withdrawals(book);
  return [
    ...cashProposals(book, filledByWithdrawals(book, taken)),
    ...taken,
    ...loanProposals(book),
    ...futureProposals(book),
    ...optionProposals(book),
  ];
}
