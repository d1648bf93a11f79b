import { type ReactElement, useEffect } from 'react';
import type { HedgeRefresh } from '../../../main/contract/hedge-refresh.ts';
import { useHedge } from '../../client/queries.ts';
import { useRefresh, useStandingWish } from '../../client/standing-queries.ts';
import { notify, withdrawNotice } from '../../parts/notify.tsx';
import { openStage } from '../../parts/stage/stage-store.ts';
import { HalfMark } from '../../parts/half-mark.tsx';
import { useNavigation } from '../navigation.ts';

const ALARM = 'standing alarm';

/** Watches the standing suggestion: it is solved again with each change of book or market, and what that means is said in the status bar. */
export function StandingAlarm(): ReactElement | null {
  const { value, runId } = useHedge();
  const isStanding = useStandingWish() !== null;
  return isStanding && value === null && runId === null ? <Watch /> : null;
}

function Watch(): ReactElement | null {
  const { value, isStale } = useRefresh();
  const screen = useNavigation((state) => state.screen);
  const alarm = value === null || isStale ? null : alarmOf(value);
  const fact = alarm?.fact ?? null;
  const reason = alarm?.reason ?? '';
  useEffect(() => {
    // The Hedges screen leads with it; a notice above it would only stand in the way.
    if (fact === null || screen === 'hedge') withdrawNotice(ALARM);
    else
      notify({
        id: ALARM,
        tone: 'danger',
        fact,
        reason,
        action: { title: 'Review', run: openStage },
      });
  }, [fact, reason, screen]);
  useEffect(() => () => withdrawNotice(ALARM), []);
  if (value === null || isStale || value.isStandingEnough) return null;
  return (
    <li>
      <button type="button" className={`status-alarm ${alarm === null ? 'state-watch' : 'state-danger'}`} onClick={openStage}>
        {alarm === null ? (
          <>
            <HalfMark /> suggestion overtaken
          </>
        ) : (
          <>◆ {alarm.fact}</>
        )}
      </button>
    </li>
  );
}

/** Who falls with the standing legs though the fresh ones would keep them; null where nobody does. */
function alarmOf({ standingFalls, freshFalls, changes }: HedgeRefresh): { readonly fact: string; readonly reason: string } | null {
  const falling = standingFalls.filter((id) => !freshFalls.includes(id));
  if (falling.length === 0) return null;
  const since = changes.length === 0 ? '' : `Since it was suggested: ${changes.join('; ')}. `;
  return {
    fact: `${falling.join(', ')} ${falling.length === 1 ? 'falls' : 'fall'} with the standing suggestion`,
    reason: `${since}A blotter that keeps ${falling.length === 1 ? 'it' : 'them'} alive is ready; nothing is sent anywhere.`,
  };
}
