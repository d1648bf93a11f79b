import type { AccountResult } from '../../../main/contract/analysis.ts';
import type { AccountState } from '../../../main/contract/cell.ts';
import type { HedgeLeg, HedgeResult } from '../../../main/contract/hedge.ts';
import { distanceWords } from '../../format/share.ts';

export type HedgeMeasures = HedgeResult['before'];
export type HedgeEffect = HedgeResult['accounts'][number];

/** One row of before and after. Moves are relative along the common axis, money in USD. */
export type EffectRow = HedgeEffect & {
  readonly name: string;
  /** Where it falls when nobody sells; null = never. */
  readonly aloneMove: number | null;
  readonly state: AccountState;
  readonly hasRequirement: boolean;
  /** Change of the joint distance: positive = further away. Null where one of the two is never. */
  readonly gain: number | null;
};

/** Accounts with a requirement by their joint distance before, the first to fall on top. */
export function effectRows(effects: readonly HedgeEffect[], accounts: readonly AccountResult[]): readonly EffectRow[] {
  const byId = new Map(accounts.map((account) => [account.accountId, account]));
  return effects
    .map((effect): EffectRow => {
      const account = byId.get(effect.accountId);
      const { jointMoveBefore: before, jointMoveAfter: after } = effect;
      return {
        ...effect,
        name: account?.name ?? effect.accountId,
        aloneMove: account?.aloneMove ?? null,
        state: account?.state ?? 'none',
        hasRequirement: effect.excessBeforeUsd !== null,
        gain: before === null || after === null ? null : Math.abs(after) - Math.abs(before),
      };
    })
    .filter((row) => row.hasRequirement)
    .toSorted(
      (a, b) =>
        (a.jointMoveBefore === null ? 1 : 0) - (b.jointMoveBefore === null ? 1 : 0) ||
        Math.abs(a.jointMoveBefore ?? 0) - Math.abs(b.jointMoveBefore ?? 0) ||
        (a.accountId < b.accountId ? -1 : 1),
    );
}

/** The accounts as they are, as if a hedge of nothing had been suggested. */
export function effectsOfNothing(accounts: readonly AccountResult[]): readonly HedgeEffect[] {
  return accounts.map((account) => {
    const excessUsd = typeof account.excessUsd === 'number' ? account.excessUsd : null;
    return {
      accountId: account.accountId,
      jointMoveBefore: account.jointMove,
      jointMoveAfter: account.jointMove,
      excessBeforeUsd: excessUsd,
      excessAfterUsd: excessUsd,
      fallsBefore: account.fallsInRound,
      fallsAfter: account.fallsInRound,
    };
  });
}

/** A change of distance smaller than this is none. */
const NOTICEABLE = 0.002;

/** Who pays and who gains without a trade of their own: accounts that come nearer, and those saved by the others' legs. */
export function whoPays(
  rows: readonly EffectRow[],
  legs: readonly HedgeLeg[],
): { readonly payers: readonly EffectRow[]; readonly carried: readonly EffectRow[] } {
  const acting = new Set(legs.map((leg) => leg.accountId));
  return {
    payers: rows.filter((row) => row.gain !== null && row.gain < -NOTICEABLE),
    carried: rows.filter((row) => !acting.has(row.accountId) && (row.gain === null ? row.jointMoveBefore !== null : row.gain > NOTICEABLE)),
  };
}

/** Who pays and who is carried, in at most two sentences; empty when nobody does either. */
export function paysSentence(rows: readonly EffectRow[], legs: readonly HedgeLeg[]): string {
  const { payers, carried } = whoPays(rows, legs);
  const pays = payers.map((row) => `${row.accountId} from ${distanceWords(row.jointMoveBefore)} to ${distanceWords(row.jointMoveAfter)}`);
  const sentences = [
    ...(pays.length === 0 ? [] : [`Some pay for the others and come nearer: ${inWords(pays)}.`]),
    ...(carried.length === 0
      ? []
      : [
          `${inWords(carried.map((row) => row.accountId))} ${carried.length === 1 ? 'gains' : 'gain'} without a trade of ${carried.length === 1 ? 'its' : 'their'} own, because others no longer fall.`,
        ]),
  ];
  return sentences.join(' ');
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** Sum of cost and premium of the chosen legs, USD: shown at once while the other measures are computed. */
export function chosenCost(
  legs: readonly HedgeLeg[],
  chosen: ReadonlySet<string>,
): { readonly costUsd: number; readonly premiumUsd: number } {
  const kept = legs.filter((leg) => chosen.has(leg.id));
  return { costUsd: kept.reduce((sum, leg) => sum + leg.costUsd, 0), premiumUsd: kept.reduce((sum, leg) => sum + leg.premiumUsd, 0) };
}

/** Expected shortfall saved per dollar of cost; null for a leg that costs nothing. */
export function savedPerDollar(leg: Pick<HedgeLeg, 'expectedShortfallEffectUsd' | 'costUsd'>): number | null {
  return leg.costUsd > 0 ? -leg.expectedShortfallEffectUsd / leg.costUsd : null;
}

/** How the program ended, as a state with its words. */
export function solverState(status: HedgeResult['status']): { readonly tone: 'safe' | 'watch' | 'danger'; readonly words: string } {
  switch (status) {
    case 'optimal':
      return { tone: 'safe', words: 'solved' };
    case 'feasible':
      return { tone: 'watch', words: 'feasible, not proven best' };
    case 'timeLimit':
      return { tone: 'watch', words: 'time limit, best so far' };
    case 'infeasible':
      return { tone: 'danger', words: 'infeasible' };
    case 'nothingToDo':
      return { tone: 'safe', words: 'nothing to do' };
  }
}

/** Text of a budget field as USD: digits with grouping and an optional k or M; empty = no limit; null = not understood. */
export function parseBudget(text: string): { readonly budgetUsd: number | null } | null {
  const plain = text.replace(/[\s,_]|USD/gi, '');
  if (plain === '') return { budgetUsd: null };
  const match = /^(\d+(?:\.\d+)?)(k|m)?$/i.exec(plain);
  if (match === null) return null;
  const factor = match[2] === undefined ? 1 : match[2].toLowerCase() === 'k' ? 1e3 : 1e6;
  const budgetUsd = Number(match[1]) * factor;
  return Number.isFinite(budgetUsd) ? { budgetUsd } : null;
}

/** Text of a confidence field in percent as a fraction from 0.5 to 0.9999; null = not understood. */
export function parseConfidence(text: string): number | null {
  const plain = text.replace(/[\s%]/g, '');
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const fraction = Number(plain) / 100;
  return fraction >= 0.5 && fraction <= 0.9999 ? fraction : null;
}
