import type { AccountResult, CascadeResult } from '../../../main/contract/analysis.ts';
import type { AccountState } from '../../../main/contract/cell.ts';

/** One row of 'what fell, and why': a fallen account, or one that holds with what is left. Money in USD. */
export type FallenRow = {
  readonly accountId: string;
  readonly name: string;
  /** null = holds. */
  readonly round: number | null;
  readonly aloneMove: number | null;
  readonly hasRequirement: boolean;
  readonly soldUsd: number | null;
  readonly lostUsd: number;
  readonly excessLeftUsd: number | null;
  readonly because: string;
  readonly causes: readonly string[];
  readonly state: AccountState;
};

/** Fallen accounts by round, then those that hold, the nearest to falling first, custody last. */
export function fallenRows(cascade: CascadeResult, accounts: readonly AccountResult[]): readonly FallenRow[] {
  const byId = new Map(accounts.map((account) => [account.accountId, account]));
  const fallen = cascade.fallen
    .toSorted((a, b) => a.round - b.round || b.soldUsd - a.soldUsd)
    .map((entry): FallenRow => ({
      accountId: entry.accountId,
      name: byId.get(entry.accountId)?.name ?? entry.accountId,
      round: entry.round,
      aloneMove: entry.aloneMove,
      hasRequirement: true,
      soldUsd: entry.soldUsd,
      lostUsd: cascade.lossByAccountUsd[entry.accountId] ?? entry.lostUsd,
      excessLeftUsd: null,
      because: entry.because,
      causes: entry.causes,
      state: 'danger',
    }));
  const holding = cascade.holding
    .toSorted((a, b) => (a.excessUsd ?? Infinity) - (b.excessUsd ?? Infinity) || (a.accountId < b.accountId ? -1 : 1))
    .map((entry): FallenRow => {
      const account = byId.get(entry.accountId);
      return {
        accountId: entry.accountId,
        name: byId.get(entry.accountId)?.name ?? entry.accountId,
        round: null,
        aloneMove: account?.aloneMove ?? null,
        hasRequirement: entry.excessUsd !== null,
        soldUsd: null,
        lostUsd: cascade.lossByAccountUsd[entry.accountId] ?? 0,
        excessLeftUsd: entry.excessUsd,
        because: '',
        causes: [],
        state: entry.excessUsd === null ? 'none' : 'safe',
      };
    });
  return [...fallen, ...holding];
}

/** What the book sold and lost, and how the loss splits into first and second round. USD. */
export function fallenTotals(cascade: CascadeResult): {
  readonly fallen: number;
  readonly accounts: number;
  readonly soldUsd: number;
  readonly lostUsd: number;
  readonly firstRoundUsd: number;
  readonly secondRoundUsd: number;
} {
  return {
    fallen: cascade.fallen.length,
    accounts: cascade.fallen.length + cascade.holding.length,
    soldUsd: cascade.fallen.reduce((sum, entry) => sum + entry.soldUsd, 0),
    lostUsd: cascade.totalLossUsd,
    firstRoundUsd: cascade.firstRoundLossUsd,
    secondRoundUsd: cascade.totalLossUsd - cascade.firstRoundLossUsd,
  };
}
