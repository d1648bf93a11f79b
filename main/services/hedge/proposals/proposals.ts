import { cashProposals } from './cash-proposals.ts';
import { futureProposals } from './future-proposals.ts';
import type { HedgeBook } from '../hedge-book.ts';
import { optionProposals } from './option-proposals.ts';
import type { Proposal } from './proposal.ts';

/** Everything that could be done, in a fixed order: cash actions, futures and perpetuals, options. */
export function listProposals(book: HedgeBook): readonly Proposal[] {
  return [...cashProposals(book), ...futureProposals(book), ...optionProposals(book)];
}
