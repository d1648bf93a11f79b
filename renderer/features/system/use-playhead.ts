import { useCallback, useMemo, useState } from 'react';
import type { ReplayResult } from '../../../main/contract/replay.ts';
import { useCommands } from '../../app/commands.ts';
import { stepAt } from './system-chart.ts';

/** The step that is looked at: at first the window's low; commas and points move it. */
export function usePlayhead(replay: ReplayResult): {
  readonly at: number;
  readonly moveTo: (step: number) => void;
  readonly move: (by: number) => void;
} {
  const last = replay.steps.length - 1;
  const [at, setAt] = useState(() => stepAt(replay.steps, replay.lowAt));
  const moveTo = useCallback((step: number) => setAt(Math.min(last, Math.max(0, step))), [last]);
  const move = useCallback((by: number) => setAt((now) => Math.min(last, Math.max(0, now + by))), [last]);
  useCommands(
    useMemo(
      () => [
        { id: 'system.back', title: 'Earlier step of the window', group: 'Panel' as const, key: ',', run: () => move(-1) },
        { id: 'system.forward', title: 'Later step of the window', group: 'Panel' as const, key: '.', run: () => move(1) },
      ],
      [move],
    ),
  );
  return { at, moveTo, move };
}
