import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';

/** Ranks below every distance: a move is at most 1 down, and a rise is bounded by the search. */
const NEVER = -1e6;
const NO_REQUIREMENT = -1e7;

/** An account with the distance it has alone under the chosen lens. */
export type DistanceRow = AccountResult & { readonly id: string; readonly hasRequirement: boolean; readonly ownMove: number | null };

/** Accounts nearest first; those that never fall after them, those without requirement last. */
export function distanceRows(analysis: AnalysisResult, lens: string): readonly DistanceRow[] {
  return analysis.accounts
    .map((account) => ({
      ...account,
      id: account.accountId,
      hasRequirement: account.maintenanceRequirementUsd !== null,
      ownMove: lens === 'joint' ? account.aloneMove : (account.liquidationPoints.find((point) => point.driver === lens)?.downMove ?? null),
    }))
    .toSorted((a, b) => rank(b, lens) - rank(a, lens));
}

/** The smaller the move, down or up, the nearer. */
function rank(row: DistanceRow, lens: string): number {
  if (!row.hasRequirement) return NO_REQUIREMENT;
  const move = lens === 'joint' ? row.jointMove : row.ownMove;
  return move === null ? NEVER : -Math.abs(move);
}
