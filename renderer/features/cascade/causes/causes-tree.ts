import type { CascadeResult } from '../../../../main/contract/analysis.ts';
import { cascadeKey } from '../../../../main/contract/question-key.ts';
import { shockChips } from '../shock-text.ts';

/** What a line of the tree tells: a fall, the shock, a move of a price, a seller, or what is left over. */
type Subject =
  | { readonly kind: 'fall'; readonly id: string }
  | { readonly kind: 'move'; readonly id: string }
  | { readonly kind: 'seller'; readonly id: string }
  | { readonly kind: 'shock' }
  | { readonly kind: 'rest'; readonly words: string };

/** One line. `share` is of the line above it, null for a fall; `path` names it among all lines. */
export type CauseNode = { readonly path: string; readonly depth: number; readonly share: number | null; readonly subject: Subject };

/** A visible line with its words. */
export type CauseRow = CauseNode & {
  readonly words: string;
  readonly accountId: string | null;
  /** What its figure can be asked about; null for what is left over and for the shock behind a seller. */
  readonly why: { readonly metric: string; readonly subjectId: string } | null;
  readonly isOpen: boolean;
  readonly canOpen: boolean;
};

/** The lines to be shown: falls, and below every open line its causes, each chain ending at the shock. */
export function causeRows(cascade: CascadeResult, open: ReadonlySet<string>): readonly CauseRow[] {
  const rows: CauseRow[] = [];
  const key = cascadeKey(cascade);
  const visit = (node: CauseNode): void => {
    const children = childrenOf(cascade, node);
    const isOpen = children.length > 0 && open.has(node.path);
    rows.push({ ...node, ...tell(cascade, node.subject), why: whyOf(key, node), isOpen, canOpen: children.length > 0 });
    if (isOpen) children.forEach(visit);
  };
  roots(cascade).forEach(visit);
  return rows;
}

/** The metric behind a line; the shock's part belongs to the fall above it, which its path names. */
function whyOf(key: string, { subject, path, depth }: CauseNode): CauseRow['why'] {
  switch (subject.kind) {
    case 'fall':
      return { metric: 'cascade.causes.falls.atFallUsd', subjectId: `${key} ${subject.id}` };
    case 'move':
      return { metric: 'cascade.causes.moves.moved', subjectId: `${key} ${subject.id}` };
    case 'seller':
      return { metric: 'cascade.causes.sellers.soldUsd', subjectId: `${key} ${subject.id}` };
    case 'shock':
      return depth === 1 ? { metric: 'cascade.causes.falls.shockUsd', subjectId: `${key} ${path.split('/')[0] ?? ''}` } : null;
    case 'rest':
      return null;
  }
}

/** The falls themselves, first to fall first. */
export function roots({ causes }: CascadeResult): readonly CauseNode[] {
  return causes.falls.map((fall) => ({ path: fall.accountId, depth: 0, share: null, subject: { kind: 'fall', id: fall.accountId } }));
}

/** Direct causes of a line, with their shares of it: they add up to 1. */
export function childrenOf(cascade: CascadeResult, { path, depth, subject }: CauseNode): readonly CauseNode[] {
  const child = (share: number, to: Subject): CauseNode => ({
    path: `${path}/${to.kind}${'id' in to ? ` ${to.id}` : ''}`,
    depth: depth + 1,
    share,
    subject: to,
  });
  if (subject.kind === 'fall') return causesOfFall(cascade, subject.id, child);
  if (subject.kind === 'move') {
    const move = cascade.causes.moves.find((each) => each.id === subject.id);
    if (move === undefined || move.moved === 0) return [];
    const other = move.otherMoved / move.moved;
    return [
      ...move.shares.map((share) => child(share.moved / move.moved, { kind: 'seller', id: share.sellerId })),
      ...(Math.abs(other) > 1e-6
        ? [child(other, { kind: 'rest', words: 'no sale: recovery, cross-impact or another rule of the market' })]
        : []),
    ];
  }
  if (subject.kind !== 'seller') return [];
  const seller = cascade.causes.sellers.find((each) => each.id === subject.id);
  if (seller === undefined) return [];
  if (seller.kind === 'account') return causesOfFall(cascade, seller.accountId ?? '', child);
  if (seller.reasons.length === 0) return [child(1, { kind: 'shock' })];
  return seller.reasons.map((reason) => child(reason.share, { kind: 'move', id: reason.moveId }));
}

function causesOfFall(
  { causes }: CascadeResult,
  accountId: string,
  child: (share: number, to: Subject) => CauseNode,
): readonly CauseNode[] {
  const fall = causes.falls.find((each) => each.accountId === accountId);
  if (fall === undefined) return [];
  const lostUsd = fall.shockUsd + fall.restUsd + fall.parts.reduce((sum, part) => sum + part.excessUsd, 0);
  if (lostUsd === 0) return [];
  return [
    child(fall.shockUsd / lostUsd, { kind: 'shock' }),
    ...fall.parts.map((part) => child(part.excessUsd / lostUsd, { kind: 'move', id: part.moveId })),
    ...(fall.restUsd === 0 ? [] : [child(fall.restUsd / lostUsd, { kind: 'rest', words: 'smaller moves' })]),
  ];
}

function tell(cascade: CascadeResult, subject: Subject): { readonly words: string; readonly accountId: string | null } {
  const { falls, moves, sellers } = cascade.causes;
  switch (subject.kind) {
    case 'fall':
      return { words: falls.find((fall) => fall.accountId === subject.id)?.words ?? subject.id, accountId: subject.id };
    case 'move':
      return { words: moves.find((move) => move.id === subject.id)?.words ?? subject.id, accountId: null };
    case 'seller': {
      const seller = sellers.find((each) => each.id === subject.id);
      return { words: seller?.words ?? subject.id, accountId: seller?.accountId ?? null };
    }
    case 'shock':
      return { words: `the shock: ${shockChips(cascade.shock).join(', ')}`, accountId: null };
    case 'rest':
      return { words: subject.words, accountId: null };
  }
}

/** What an arrow key does at a line: opens or closes it, or goes to another. */
export function stepTree(
  rows: readonly CauseRow[],
  at: number,
  key: string,
): { readonly at: number } | { readonly open: string } | { readonly close: string } | null {
  const row = rows[at];
  if (row === undefined) return null;
  const parent = rows.findLastIndex((each, index) => index < at && each.depth < row.depth);
  switch (key) {
    case 'ArrowDown':
      return { at: Math.min(rows.length - 1, at + 1) };
    case 'ArrowUp':
      return { at: Math.max(0, at - 1) };
    case 'Home':
      return { at: 0 };
    case 'End':
      return { at: rows.length - 1 };
    case 'ArrowRight':
      return row.canOpen ? (row.isOpen ? { at: at + 1 } : { open: row.path }) : null;
    case 'ArrowLeft':
      return row.isOpen ? { close: row.path } : parent < 0 ? null : { at: parent };
    default:
      return null;
  }
}
