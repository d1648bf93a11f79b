import type { CascadeResult } from '../../../contract/analysis.ts';
import type { RootCauses } from '../../../contract/root-causes.ts';
import { dollars, percent } from '../table.ts';

/** Branches below these shares of their parent, and chains longer than this, are left to `--json`. */
const LEAST_SHARE = 0.05;
const DEEPEST = 5;

type Tree = RootCauses & { readonly shown: Set<string> };

/** Why each account fell, as an indented tree down to the shock: every line with its share of the line above. */
export function causesText({ causes }: CascadeResult): string {
  if (causes.falls.length === 0) return '';
  const tree: Tree = { ...causes, shown: new Set() };
  return [
    'Causes, back to the shock (share of the line above):\n',
    ...causes.falls.flatMap((fall) => fallLines(tree, fall.accountId)),
  ].join('');
}

function line(depth: number, share: number | null, words: string): string {
  return `${'  '.repeat(depth)}${share === null ? '' : `${percent(share).padStart(7)}  `}${words}\n`;
}

function fallLines(tree: Tree, accountId: string): string[] {
  const fall = tree.falls.find((each) => each.accountId === accountId);
  if (fall === undefined) return [];
  const lostUsd = fall.atFallUsd - fall.beforeUsd;
  return [
    line(1, null, `${fall.words}: ${dollars(fall.beforeUsd)} of excess before`),
    line(2, fall.shockUsd / lostUsd, 'the shock'),
    ...fall.parts.flatMap((part) => moveLines(tree, part.moveId, { share: part.excessUsd / lostUsd, depth: 2 })),
    ...(fall.restUsd === 0 ? [] : [line(2, fall.restUsd / lostUsd, 'smaller moves')]),
  ];
}

type At = { readonly share: number; readonly depth: number };

function moveLines(tree: Tree, moveId: string, { share, depth }: At): string[] {
  const move = tree.moves.find((each) => each.id === moveId);
  if (move === undefined || Math.abs(share) < LEAST_SHARE) return [];
  if (tree.shown.has(moveId) || depth >= DEEPEST)
    return [line(depth, share, `${move.words}${tree.shown.has(moveId) ? ' (see above)' : ' …'}`)];
  tree.shown.add(moveId);
  return [
    line(depth, share, move.words),
    ...move.shares.flatMap((each) => sellerLines(tree, each.sellerId, { share: each.moved / move.moved, depth: depth + 1 })),
    ...(Math.abs(move.otherMoved) > LEAST_SHARE * Math.abs(move.moved)
      ? [line(depth + 1, move.otherMoved / move.moved, 'no sale: other rules of the market')]
      : []),
  ];
}

function sellerLines(tree: Tree, sellerId: string, { share, depth }: At): string[] {
  const seller = tree.sellers.find((each) => each.id === sellerId);
  if (seller === undefined || Math.abs(share) < LEAST_SHARE) return [];
  return [
    line(depth, share, seller.words),
    ...seller.reasons.flatMap((reason) => moveLines(tree, reason.moveId, { share: reason.share, depth: depth + 1 })),
  ];
}
