import type { ReactElement } from 'react';
import { cancelRun } from '../client/client.ts';
import { timeLeftMs, useRunProgress } from '../client/run-progress.ts';
import { count } from '../format/number.ts';
import { elapsed } from '../format/time.ts';
import { Button } from './button.tsx';

/** Long work: bar, phase, count, time left and Cancel. Nothing when the run is not under way. */
export function RunProgressBar({ runId, title }: { readonly runId: string | null; readonly title: string }): ReactElement | null {
  const progress = useRunProgress(runId);
  if (runId === null || progress === null) return null;
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
  const left = timeLeftMs(progress);
  return (
    <div className="progress" role="group" aria-label={title}>
      <span className="progress-title">{title}</span>
      <Bar share={share} label={`${title}: ${progress.phase}`} />
      <span className="progress-words">
        {progress.phase}
        {progress.total > 1 && ` · ${count(progress.done)} of ${count(progress.total)}`}
        {left !== null && ` · ${elapsed(left)} left`}
      </span>
      <Button onClick={() => cancelRun(runId)} shortcut="Esc">
        Cancel
      </Button>
    </div>
  );
}

/** A bar that fills; without a share it only says that work goes on. */
function Bar({ share, label }: { readonly share: number | null; readonly label: string }): ReactElement {
  return (
    <div
      className={share === null ? 'progress-bar progress-endless' : 'progress-bar'}
      role="progressbar"
      aria-label={label}
      {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
    >
      <div style={{ width: share === null ? '30%' : `${share * 100}%` }} />
    </div>
  );
}
