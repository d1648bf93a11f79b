import type { ReactElement } from 'react';
import type { AccountState } from '../../main/contract/cell.ts';

/** Use above which an account is watched and in danger, where the analysis carries no other. */
export const WATCH_USE_FRACTION = 0.7;
export const DANGER_USE_FRACTION = 0.85;

/** State by use alone: safe up to 70 %, watched up to 85 %, in danger above. */
export function stateOfUse(useFraction: number | null): AccountState {
  if (useFraction === null) return 'none';
  if (useFraction > DANGER_USE_FRACTION) return 'danger';
  return useFraction > WATCH_USE_FRACTION ? 'watch' : 'safe';
}

/** Use of a requirement as a bar of 8 px with both limits: grey while safe, in the colour of its state past them. */
export function HealthBar({ useFraction, label }: { readonly useFraction: number | null; readonly label: string }): ReactElement {
  const width = useFraction === null ? 0 : Math.min(1, Math.max(0, useFraction)) * 100;
  return (
    <div
      className={`health-bar health-${stateOfUse(useFraction)}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(width)}
    >
      <div className="health-fill" style={{ width: `${width}%` }} />
      <i style={{ left: `${WATCH_USE_FRACTION * 100}%` }} />
      <i style={{ left: `${DANGER_USE_FRACTION * 100}%` }} />
    </div>
  );
}
