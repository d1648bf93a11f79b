import type { AnalysisResult } from '../../contract/analysis.ts';
import type { Cell } from '../../contract/cell.ts';
import type { WhatIf, WhatIfQuick } from '../../contract/what-if.ts';
import type { Session } from '../session.ts';

/** What is known of a hypothetical book, so that its figures can be explained. Cascades may be of the book before its last edit. */
export type KnownWhatIf = {
  readonly told: WhatIf;
  readonly quick: WhatIfQuick | null;
  readonly full: { readonly analysis: AnalysisResult; readonly edits: string } | null;
  readonly cost: { readonly costUsd: Cell; readonly edits: string } | null;
};

/** The edits of a hypothetical book as one text: by it one sees whether a figure is older than the last of them. */
export function editsOf({ edits }: { readonly edits: readonly { readonly id: string }[] }): string {
  return edits.map(({ id }) => id).join(' ');
}

/** Adds to what is known of a hypothetical book. */
export function remember(session: Session, told: WhatIf, part: Partial<Omit<KnownWhatIf, 'told'>>): void {
  const former = session.whatIf.get(told.id);
  const { quick = null, full = null, cost = null } = former ?? {};
  session.whatIf.set(told.id, { told, quick, full, cost, ...part });
}
