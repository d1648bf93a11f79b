/** Where the playhead stands and whether it moves by itself. `round` is a position in the list of rounds, 0 = the shock. */
export type Playback = { readonly round: number; readonly isPlaying: boolean };

/** Time on one round while playing, ms. */
export const ROUND_MS = 700;

export type PlaybackStep =
  | { readonly kind: 'back' }
  | { readonly kind: 'forward' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'scrub'; readonly round: number }
  | { readonly kind: 'reset'; readonly round: number };

/** Next state of the playhead for a cascade of `rounds` rounds. Stepping and scrubbing stop it; play at the end starts again. */
export function stepPlayback(playback: Playback, step: PlaybackStep, rounds: number): Playback {
  const last = Math.max(0, rounds - 1);
  const clamped = (round: number) => Math.min(last, Math.max(0, round));
  switch (step.kind) {
    case 'back':
      return { round: clamped(playback.round - 1), isPlaying: false };
    case 'forward':
      return { round: clamped(playback.round + 1), isPlaying: false };
    case 'scrub':
    case 'reset':
      return { round: clamped(step.round), isPlaying: false };
    case 'toggle':
      if (playback.isPlaying || last === 0) return { round: clamped(playback.round), isPlaying: false };
      return { round: playback.round >= last ? 0 : playback.round, isPlaying: true };
    case 'tick':
      if (!playback.isPlaying) return playback;
      return { round: clamped(playback.round + 1), isPlaying: playback.round + 1 < last };
  }
}
