import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { measuresNow } from '../../../engine/hedge/table-figures.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { moneyText, percentText } from '../words/words.ts';

/** A leg of the standing or of the fresh suggestion: units as suggested, as still possible now, and as suggested now. */
export type LegChange = { readonly candidate: Candidate; readonly stood: number; readonly standing: number; readonly fresh: number };

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

/** A changed leg, whether its account falls without the change, and how wide its band is and whose account narrows it. */
export type ChangedLeg = {
  readonly change: LegChange;
  readonly isNeeded: boolean;
  readonly band: { readonly fraction: number; readonly accountId: string };
};

/** Why a leg changed: which way the excess of its account has moved since, or that the other legs did. */
export function whyChanged(now: Setting, former: Setting, leg: ChangedLeg): string {
  const { change, isNeeded, band } = leg;
  const accountId = change.candidate.target.accountId;
  if (changeOf(change) === 'same') return 'As it stands.';
  if (changeOf(change) === 'impossible') return 'The market as it is now does not offer it.';
  const movedUsd = excessUsd(now, accountId) - excessUsd(former, accountId);
  const narrow =
    band.fraction < 0.995
      ? ` Its band is ${percentText(band.fraction)} of its usual width, since ${band.accountId} is near its requirement.`
      : '';
  const need = isNeeded ? ` It falls without the change.` : narrow;
  if (!Number.isFinite(movedUsd) || Math.abs(movedUsd) < LEAST_USD)
    return `${accountId} is as it was; the balance of the legs has moved.${need}`;
  return `${accountId} has ${moneyText(Math.abs(movedUsd))} USD ${movedUsd > 0 ? 'more' : 'less'} above its requirement than when it was suggested.${need}`;
}

function excessUsd({ pack }: Setting, accountId: string): number {
  const account = pack.accountIds.indexOf(accountId);
  return measuresNow(pack.packed, pack.packed.positions.quantity).excessUsd[account] ?? Number.NaN;
}
