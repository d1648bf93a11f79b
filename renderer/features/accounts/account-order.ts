import type { AccountResult } from '../../../main/contract/analysis.ts';

/** Accounts by joint distance, the one that falls first on top; those that never fall next, those without a requirement last. */
export function byJointDistance(accounts: readonly AccountResult[]): readonly AccountResult[] {
  const rank = (account: AccountResult) => (account.maintenanceRequirementUsd === null ? 2 : account.jointMove === null ? 1 : 0);
  return accounts.toSorted(
    (a, b) => rank(a) - rank(b) || Math.abs(a.jointMove ?? 0) - Math.abs(b.jointMove ?? 0) || (a.accountId < b.accountId ? -1 : 1),
  );
}

/** The account that is shown: the selected one where it exists, else the one that falls first. */
export function shownAccount(accounts: readonly AccountResult[], selectedId: string | null): AccountResult | null {
  return accounts.find((account) => account.accountId === selectedId) ?? byJointDistance(accounts)[0] ?? null;
}

/** The accounts before and after one in the order of the list; it goes round. */
export function neighbours(
  accounts: readonly AccountResult[],
  accountId: string,
): { readonly former: AccountResult | null; readonly next: AccountResult | null } {
  const ordered = byJointDistance(accounts);
  const index = ordered.findIndex((account) => account.accountId === accountId);
  if (index < 0 || ordered.length < 2) return { former: null, next: null };
  return { former: ordered.at(index - 1) ?? null, next: ordered[(index + 1) % ordered.length] ?? null };
}
