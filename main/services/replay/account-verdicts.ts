import type { ReplayAccount } from '../../contract/replay.ts';
import { hasFallen } from '../../engine/packed/evaluate-accounts.ts';
import type { ReplayTable } from '../../engine/replay/replay-values.ts';
import { moveOrNull } from '../analysis/account-results.ts';
import type { PackResult } from '../pack.ts';
import type { ScenarioTable } from '../scenarios.ts';
import type { BookContents } from '../../domain/book.ts';

const HOUR_MS = 3_600_000;

/** First bar at which each account is below its requirement, at any of the tables' prices; −1 = never. */
export function firstFalls({ packed, accountIds }: PackResult, tables: readonly ReplayTable[]): number[] {
  const bars = (tables[0]?.excessUsd.length ?? 0) / Math.max(1, accountIds.length);
  return accountIds.map((_, a) => {
    for (let bar = 0; bar < bars; bar += 1)
      if (tables.some((table) => isBelow(packed.accounts.family[a] ?? 0, table, bar * accountIds.length + a))) return bar;
    return -1;
  });
}

/** Whether the account of a cell is below its requirement; a value that is no number is. */
export function isBelow(family: number, table: ReplayTable, at: number): boolean {
  const excess = table.excessUsd[at] ?? NaN;
  return Number.isNaN(excess) || hasFallen(family, excess, table.requirementUsd[at] ?? 0);
}

/** What verdicts are made from: `falls` by account as bars, `said` with one row per step, the end of each bar. */
export type VerdictInputs = {
  readonly pack: PackResult;
  readonly contents: BookContents;
  readonly falls: readonly number[];
  readonly said: ScenarioTable;
  readonly steps: readonly number[];
  readonly endMs: Float64Array;
  readonly start: { readonly joint: Float64Array; readonly alone: Float64Array };
};

/** By account: when the cascade of the fall so far first took it, when recorded prices did, and what to call it. */
export function accountVerdicts(given: VerdictInputs): ReplayAccount[] {
  const { contents, falls, said, steps, endMs, start } = given;
  return contents.accounts.map((account, a) => {
    const saidStep = steps.findIndex((_, s) => (said.fallenRound[s * said.accounts + a] ?? 0) > 0);
    const saidBar = saidStep < 0 ? -1 : (steps[saidStep] ?? -1);
    const fellBar = falls[a] ?? -1;
    const hours = saidBar < 0 || fellBar < 0 ? null : ((endMs[fellBar] ?? 0) - (endMs[saidBar] ?? 0)) / HOUR_MS;
    return {
      accountId: account.id,
      venueName: contents.venues.find((venue) => venue.id === account.venueId)?.name ?? account.venueId,
      saidAt: saidBar < 0 ? null : instantOf(endMs[saidBar] ?? 0),
      fellAt: fellBar < 0 ? null : instantOf(endMs[fellBar] ?? 0),
      leadHours: fellBar === 0 ? null : hours,
      startJointMove: moveOrNull(start.joint[a]),
      startAloneMove: moveOrNull(start.alone[a]),
      verdict: verdictOf(saidBar, fellBar),
    };
  });
}

function verdictOf(saidBar: number, fellBar: number): ReplayAccount['verdict'] {
  if (fellBar === 0) return 'belowAtStart';
  if (fellBar < 0) return saidBar < 0 ? 'held' : 'falseAlarm';
  return saidBar >= 0 && saidBar < fellBar ? 'foreseen' : 'missed';
}

/** An instant of the contract. */
export function instantOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
