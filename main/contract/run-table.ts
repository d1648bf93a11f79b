import { fail, succeed, type Result } from '../domain/failure.ts';

/** The runs under way in this process, by id, so that any caller can cancel one. */
export type RunTable = {
  /** Enters a run; fails with 'conflict' while another of the same id is under way. The caller's own signal cancels it too. */
  readonly start: (runId: string, callerSignal?: AbortSignal) => Result<AbortSignal>;
  readonly finish: (runId: string) => void;
  /** True when such a run was under way. */
  readonly cancel: (runId: string) => boolean;
  readonly cancelAll: () => void;
  /** A signal for calls that cannot be cancelled. */
  readonly neverFires: () => AbortSignal;
};

/** What a run table needs of the platform: the contract itself knows none. */
export type Abortable = { readonly signal: AbortSignal; readonly abort: () => void };

/** Makes an empty table; `newAbortable` makes one cancellable signal, which also fires when `callerSignal` does. */
export function createRunTable(newAbortable: (callerSignal?: AbortSignal) => Abortable): RunTable {
  const running = new Map<string, Abortable>();
  const never = newAbortable();
  return {
    start(runId, callerSignal) {
      if (running.has(runId))
        return fail('conflict', `a run with the id ${runId} is under way`, { remedy: 'Give the new run another id.' });
      const abortable = newAbortable(callerSignal);
      running.set(runId, abortable);
      return succeed(abortable.signal);
    },
    finish: (runId) => void running.delete(runId),
    cancel(runId) {
      const abortable = running.get(runId);
      abortable?.abort();
      return abortable !== undefined;
    },
    cancelAll() {
      for (const abortable of running.values()) abortable.abort();
    },
    neverFires: () => never.signal,
  };
}
