import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { succeed, type Result } from '../../../domain/failure.ts';
import { worstFallUsd } from '../../../engine/hedge/table-figures.ts';
import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import { measurePlan, type HedgeMeasures } from '../measures.ts';
import type { Candidate } from '../proposals/candidates.ts';
import { runCascades, type Setting } from '../setting.ts';
import { listText } from '../words/words.ts';
import { planOfLegs, type KeepsBand, type StagedLeg } from './staged-legs.ts';

/** The legs that are staged, judged by the full cascade like every other set of legs. */
export type StagedPlan = {
  readonly legs: readonly StagedLeg[];
  readonly measures: HedgeMeasures;
  readonly falls: readonly string[];
  /** Why legs inside their bands are changed as well; null where they stay. */
  readonly whyBands: string | null;
};

/** Cash may be overdrawn by this without being called so: lots and gas are rounded. USD. */
const roundingUsd = 100;

/**
 * Standing amounts inside the bands and fresh ones outside were each judged beside the standing legs, not beside each other. So the mixture
 * is run as a whole. Where somebody falls with it that would not with the fresh legs, or pays with cash that is not there, the legs of
 * those accounts give up their bands; where that does not mend it, all legs do and the fresh ones are staged.
 */
export async function stagedPlan(
  setting: Setting,
  refresh: HedgeRefresh,
  legsOf: (keepsBand: KeepsBand) => readonly StagedLeg[],
): Promise<Result<StagedPlan>> {
  const first = await judge(
    setting,
    refresh,
    legsOf(() => true),
  );
  if (!first.ok) return first;
  if (first.value.wrong.length === 0) return succeed({ ...first.value, whyBands: null });
  const { wrong } = first.value;
  const second = await judge(
    setting,
    refresh,
    legsOf((candidate) => !accountsOf(candidate).some((id) => wrong.includes(id))),
  );
  if (!second.ok) return second;
  const who = wrong.length === 1 ? `${listText(wrong)} does` : `${listText(wrong)} do`;
  const cause = `left as they stand beside the others, ${who} not hold`;
  if (second.value.wrong.length === 0)
    return succeed({ ...second.value, whyBands: `Legs of ${listText(wrong)} inside their no-trade bands are changed as well: ${cause}.` });
  return succeed({
    legs: legsOf(() => false),
    measures: refresh.fresh,
    falls: refresh.freshFalls,
    whyBands: `All legs inside their no-trade bands are changed as well: ${cause}.`,
  });
}

type Judged = Omit<StagedPlan, 'whyBands'> & {
  /** Accounts that fall though they would not with the fresh legs, or that pay with more than they hold. */
  readonly wrong: readonly string[];
};

async function judge(setting: Setting, refresh: HedgeRefresh, legs: readonly StagedLeg[]): Promise<Result<Judged>> {
  const outcome = await measurePlan(setting, planOfLegs(legs));
  if (!outcome.ok) return outcome;
  const { quantities, measures } = outcome.value;
  const falls = await fallsWithin(setting, quantities);
  if (!falls.ok) return falls;
  const fallen = falls.value.filter((id) => !refresh.freshFalls.includes(id));
  return succeed({ legs, measures, falls: falls.value, wrong: [...new Set([...fallen, ...overdrawnBy(setting, quantities, legs)])] });
}

/** Accounts that a leg acts on. */
function accountsOf({ target, payer, carries }: Candidate): readonly string[] {
  return [target, payer, ...(carries === undefined ? [] : [carries.from, carries.to])].map(({ accountId }) => accountId);
}

/** Accounts that fall in some retained scenario with these quantities. */
async function fallsWithin(setting: Setting, quantities: Float64Array): Promise<Result<string[]>> {
  const retained = await runCascades(setting, { shocks: setting.shocks.retained, quantities });
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  return succeed(setting.pack.accountIds.filter((_, account) => Number.isFinite(worstUsd[account])));
}

/** Accounts whose holding would pay for more than it holds. A trade settles in its own account, whose excess judges it. */
function overdrawnBy({ pack: { packed, accountIds } }: Setting, quantities: Float64Array, legs: readonly StagedLeg[]): readonly string[] {
  const { positions } = packed;
  const isOverdrawn = (row: number): boolean =>
    positions.kind[row] !== POSITION_KIND.debt &&
    (positions.quantity[row] ?? 0) >= 0 &&
    (quantities[row] ?? 0) * (packed.initial.priceUsd[positions.asset[row] ?? -1] ?? 0) < -roundingUsd &&
    legs.some(({ candidate }) => candidate.payerRow === row && candidate.kind !== 'trade');
  const rows = [...new Set(legs.map(({ candidate }) => candidate.payerRow))].filter(isOverdrawn);
  return [...new Set(rows.map((row) => accountIds[positions.account[row] ?? -1] ?? ''))];
}
