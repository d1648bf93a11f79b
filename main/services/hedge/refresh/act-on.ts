import { succeed, type Result } from '../../../domain/failure.ts';
import type { HedgeMeasures, Plan } from '../measures.ts';
import { rowsOf } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { listText } from '../words/words.ts';
import type { Verdict } from './judge-leg.ts';
import { judgePlan, type Judged } from './judge-plan.ts';

/** The legs in the amounts that they should have now, on the book and market as they are. */
export type Acted = {
  readonly verdicts: readonly Verdict[];
  readonly measures: HedgeMeasures;
  /** Accounts that fall in some retained scenario. */
  readonly falls: readonly string[];
  /** Why legs inside their bands change as well; null where they stay. */
  readonly whyBands: string | null;
};

/**
 * Standing amounts inside the bands and new ones outside were each judged beside the standing legs, not beside each other, so the mixture is
 * run as a whole. Where somebody falls with it whom the fresh legs keep alive, or pays with cash that is not there, the legs of those
 * accounts give up their bands; where that does not mend it all legs do, which is the fresh suggestion.
 */
export async function actOn(
  setting: Setting,
  verdicts: readonly Verdict[],
  { stood, fresh }: { readonly stood: Judged; readonly fresh: Pick<Acted, 'measures' | 'falls'> },
): Promise<Result<Acted>> {
  const first = verdicts.every(({ share }) => share === 0) ? succeed(stood) : await judgePlan(setting, actedPlan(verdicts));
  if (!first.ok) return first;
  const wrong = wrongWith(first.value, fresh.falls);
  if (wrong.length === 0) return succeed({ ...actedAs(first.value), verdicts, whyBands: null });
  const cause = `left as they stand, ${wrong.map((id) => `${id} ${first.value.falls.includes(id) ? 'falls' : 'pays with more than it holds'}`).join(' and ')}`;
  const some = verdicts.map((verdict) => (actsOn(verdict, wrong) ? wholly(verdict) : verdict));
  const second = await judgePlan(setting, actedPlan(some));
  if (!second.ok) return second;
  if (wrongWith(second.value, fresh.falls).length === 0) {
    const whyBands = `Legs of ${listText(wrong)} inside their no-trade bands are changed as well: ${cause}.`;
    return succeed({ ...actedAs(second.value), verdicts: some, whyBands });
  }
  const whyBands = `All legs inside their no-trade bands are changed as well: ${cause}.`;
  return succeed({ ...fresh, verdicts: verdicts.map(wholly), whyBands });
}

/** Units of a leg as it should be now; what is traded to the edge of a band goes to the next whole lot inside it. */
export function actedAmount({ change, share }: Verdict): number {
  const { candidate, standing, fresh } = change;
  const whole = fresh - standing;
  if (share >= 1) return fresh;
  const lot = Number(candidate.lotText);
  return standing + Math.sign(whole) * Math.min(Math.abs(whole), Math.ceil(Math.abs(share * whole) / lot - 1e-9) * lot);
}

function actedPlan(verdicts: readonly Verdict[]): Plan {
  return { candidates: verdicts.map(({ change }) => change.candidate), amounts: verdicts.map(actedAmount) };
}

function actedAs({ outcome, falls }: Judged): Pick<Acted, 'measures' | 'falls'> {
  return { measures: outcome.measures, falls };
}

/** Accounts that fall though they would not with the fresh legs, or that pay with more than they hold. */
function wrongWith({ falls, overdrawn }: Judged, freshFalls: readonly string[]): readonly string[] {
  return [...new Set([...falls.filter((id) => !freshFalls.includes(id)), ...overdrawn])];
}

function actsOn({ change }: Verdict, accountIds: readonly string[]): boolean {
  return rowsOf(change.candidate).some(({ accountId }) => accountIds.includes(accountId));
}

function wholly(verdict: Verdict): Verdict {
  return { ...verdict, share: verdict.change.fresh === verdict.change.standing ? 0 : 1 };
}
