import { searchBothEnds, type BothEnds } from '../cascade/axes/both-ends.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { sharedBook, type SharedValues } from './shared-book.ts';
import type { TraceRequest } from './trace-cascade.ts';

/** The outcomes of one shock from both ends. */
export function findBothEnds(input: TraceRequest, shared: SharedValues): BothEnds {
  return searchBothEnds(makeCascadeWorkspace(sharedBook(shared, input)), input, input.rules);
}
