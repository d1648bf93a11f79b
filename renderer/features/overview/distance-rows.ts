import type { AccountResult, AnalysisResult } from '../../../main/contract/analysis.ts';

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

/** Moves are negative: the largest is the nearest. */
function rank(row: DistanceRow, lens: string): number {
  if (!row.hasRequirement) return -3;
  return (lens === 'joint' ? row.jointMove : row.ownMove) ?? -2;
}
