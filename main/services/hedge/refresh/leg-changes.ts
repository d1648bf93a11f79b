import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { measuresNow } from '../../../engine/hedge/table-figures.ts';
import type { Plan } from '../measures.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { groupedText, moneyText, percentText } from '../words/words.ts';
import { coveredPlan } from './covered-plan.ts';
import type { Verdict } from './judge-leg.ts';

/** A leg of the standing or of the fresh suggestion: units as suggested, as still possible now, and as suggested now. */
export type LegChange = { readonly candidate: Candidate; readonly stood: number; readonly standing: number; readonly fresh: number };

/** Every leg of either plan; what the market no longer offers has no candidate now and cannot be done. */
export function legChanges(setting: Setting, standing: Plan, fresh: Plan): readonly LegChange[] {
  const possible = standingAmounts(setting, standing);
  const ids = [...new Set([...standing.candidates, ...fresh.candidates].map((candidate) => candidate.id))];
  return ids.flatMap((id): LegChange[] => {
    const candidate = setting.candidates.find((one) => one.id === id) ?? standing.candidates.find((one) => one.id === id);
    if (candidate === undefined) return [];
    return [{ candidate, stood: amountIn(standing, id), standing: amountIn(possible, id), fresh: amountIn(fresh, id) }];
  });
}

/** What can still be done of a standing plan: as the market now offers it, and as far as there is something to pay with. */
export function standingAmounts(setting: Setting, standing: Plan): Plan {
  const candidates = setting.candidates.filter(({ id }) => amountIn(standing, id) > 0);
  const amounts = candidates.map(({ id, upper }) => Math.min(amountIn(standing, id), upper));
  return coveredPlan(setting.pack.packed, { candidates, amounts });
}

function amountIn({ candidates, amounts }: Plan, id: string): number {
  return amounts[candidates.findIndex((one) => one.id === id)] ?? 0;
}

/** What became of a leg; a difference below its lot is none. */
export function changeOf({ candidate, stood, standing, fresh }: LegChange): HedgeRefresh['legs'][number]['change'] {
  if (stood > 0 && standing === 0) return 'impossible';
  if (Math.abs(fresh - standing) < Number(candidate.lotText)) return 'same';
  if (stood === 0) return 'new';
  if (fresh === 0) return 'dropped';
  return fresh > standing ? 'more' : 'less';
}

/** A requirement counts as moved from this sum on. USD. */
const LEAST_USD = 1000;

/** Why a leg changed: which way the excess of its account has moved since, or that the other legs did; and what its band says. */
export function whyChanged(now: Setting, former: Setting, verdict: Verdict): string {
  const { change, isNeeded } = verdict;
  const accountId = change.candidate.target.accountId;
  if (changeOf(change) === 'same') return 'As it stands.';
  if (changeOf(change) === 'impossible') return 'The market as it is now does not offer it.';
  const movedUsd = excessUsd(now, accountId) - excessUsd(former, accountId);
  const need = isNeeded ? 'It falls without the change.' : bandText(verdict);
  if (!Number.isFinite(movedUsd) || Math.abs(movedUsd) < LEAST_USD)
    return `${accountId} is as it was; the balance of the legs has moved. ${need}`.trim();
  return `${accountId} has ${moneyText(Math.abs(movedUsd))} USD ${movedUsd > 0 ? 'more' : 'less'} above its requirement than when it was suggested. ${need}`.trim();
}

/** What the band that decides over a leg is, in words; nothing where an ordinary one does. */
function bandText({ band, narrowest, share, together }: Verdict): string {
  if (band === null) {
    const shared =
      together.length === 0 ? '' : 'It is judged with the other legs that pay from the same holding, which does not reach for all.';
    if (narrowest.fraction >= 0.995) return shared;
    return `${shared} Its band is ${percentText(narrowest.fraction)} of its usual width, since ${narrowest.accountId} is near its requirement.`.trim();
  }
  const { driverId, deviationCoin, halfWidthCoin, narrowedBy } = band;
  const narrow = narrowedBy === null ? '' : `, narrowed since ${narrowedBy} is near its requirement`;
  const off = `The book's delta is ${coins(deviationCoin)} ${driverId} off; up to ${coins(halfWidthCoin)} nothing is traded${narrow}`;
  return share > 0 && share < 1 ? `${off}: it goes to the edge of the band.` : `${off}.`;
}

/** 1234.5 → '1,235'; 0.123 → '0.12'. */
function coins(count: number): string {
  return groupedText(Math.abs(count).toFixed(Math.abs(count) >= 100 ? 0 : 2));
}

function excessUsd({ pack }: Setting, accountId: string): number {
  const account = pack.accountIds.indexOf(accountId);
  return measuresNow(pack.packed, pack.packed.positions.quantity).excessUsd[account] ?? Number.NaN;
}
