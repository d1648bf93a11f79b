import { useCallback, useEffect, useMemo, useReducer } from 'react';
import type { CascadeResult } from '../../../main/contract/analysis.ts';
import { useCommands } from '../../app/commands.ts';
import { type Playback, type PlaybackStep, ROUND_MS, stepPlayback } from './cascade-playback.ts';

/** The playhead of a cascade: it starts where the last of the book's accounts falls, moves by keys, by itself or by hand. */
export function usePlayback(cascade: CascadeResult): { readonly playback: Playback; readonly step: (step: PlaybackStep) => void } {
  const rounds = cascade.rounds.length;
  const reduce = useCallback((state: Playback, step: PlaybackStep) => stepPlayback(state, step, rounds), [rounds]);
  const start = useMemo(() => tellingRound(cascade), [cascade]);
  const [playback, step] = useReducer(reduce, { round: start, isPlaying: false });
  useEffect(() => step({ kind: 'reset', round: start }), [start, cascade]);
  useEffect(() => {
    if (!playback.isPlaying) return;
    const timer = setInterval(() => step({ kind: 'tick' }), ROUND_MS);
    return () => clearInterval(timer);
  }, [playback.isPlaying]);
  useCommands(
    useMemo(
      () => [
        { id: 'cascade.back', title: 'Former round of the cascade', group: 'Panel' as const, key: ',', run: () => step({ kind: 'back' }) },
        {
          id: 'cascade.forward',
          title: 'Next round of the cascade',
          group: 'Panel' as const,
          key: '.',
          run: () => step({ kind: 'forward' }),
        },
        { id: 'cascade.play', title: 'Play the cascade', group: 'Panel' as const, key: 'Space', run: () => step({ kind: 'toggle' }) },
      ],
      [],
    ),
  );
  return { playback, step };
}

/** Position of the last round in which one of the book's accounts falls; the shock where none does. */
function tellingRound(cascade: CascadeResult): number {
  return Math.max(
    0,
    cascade.rounds.findLastIndex((round) => round.fallen.length > 0),
  );
}
