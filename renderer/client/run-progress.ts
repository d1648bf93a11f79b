import { create } from 'zustand';
import type { AppEvent } from '../../main/contract/events.ts';

/** How far a piece of long work is. */
export type RunProgress = {
  readonly runId: string;
  readonly topic: string;
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** When the first report arrived, by this window's clock, ms; for the time left. */
  readonly startedMs: number;
  readonly nowMs: number;
};

type RunStore = {
  readonly runs: ReadonlyMap<string, RunProgress>;
  /** Run this window started last, by topic. */
  readonly own: ReadonlyMap<string, string>;
  /** Announces work that was just asked for, before its first report. */
  readonly begin: (runId: string, topic: string) => void;
  readonly end: (runId: string) => void;
  readonly hear: (event: AppEvent) => void;
};

/** Work under way in this window or reported by the host. */
export const useRuns = create<RunStore>()((set) => ({
  runs: new Map(),
  own: new Map(),
  begin: (runId, topic) =>
    set((state) => {
      const nowMs = performance.now();
      const started = { runId, topic, phase: 'starting', done: 0, total: 0, startedMs: nowMs, nowMs };
      return { runs: new Map(state.runs).set(runId, started), own: new Map(state.own).set(topic, runId) };
    }),
  end: (runId) => set((state) => without(state.runs, runId)),
  hear: (event) =>
    set((state) => {
      if (event.type === 'run.finished') return without(state.runs, event.runId);
      if (event.type !== 'run.progress') return state;
      const nowMs = performance.now();
      const startedMs = state.runs.get(event.runId)?.startedMs ?? nowMs;
      const { runId, topic, phase, done, total } = event;
      return { runs: new Map(state.runs).set(runId, { runId, topic, phase, done, total, startedMs, nowMs }) };
    }),
}));

function without(runs: ReadonlyMap<string, RunProgress>, runId: string): { runs: ReadonlyMap<string, RunProgress> } {
  if (!runs.has(runId)) return { runs };
  const left = new Map(runs);
  left.delete(runId);
  return { runs: left };
}

/** Progress of one run; null when it is not under way. */
export function useRunProgress(runId: string | null): RunProgress | null {
  return useRuns((state) => (runId === null ? null : (state.runs.get(runId) ?? null)));
}

/** Id of the run this window has under way on a topic; null when there is none. */
export function useOwnRun(topic: string): string | null {
  return useRuns((state) => {
    const runId = state.own.get(topic);
    return runId !== undefined && state.runs.has(runId) ? runId : null;
  });
}

/** Milliseconds left by the pace so far; null while nothing can be said. */
export function timeLeftMs(progress: RunProgress): number | null {
  const passedMs = progress.nowMs - progress.startedMs;
  if (progress.done <= 0 || progress.total <= progress.done || passedMs < 300) return null;
  return (passedMs / progress.done) * (progress.total - progress.done);
}
