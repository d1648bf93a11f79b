import { keepPreviousData, QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../main/contract/analysis.ts';
import type { BookInfo } from '../../main/contract/book.ts';
import type { InputOf, OutputOf, ProcedureName } from '../../main/contract/contract.ts';
import type { HedgeResult } from '../../main/contract/hedge.ts';
import type { ReplayResult } from '../../main/contract/replay.ts';
import type { RequirementResult } from '../../main/contract/requirement.ts';
import type { Failure, Result } from '../../main/domain/failure.ts';
import { call, callJob, callLatestJob, cancelRun, newRunId, openClient, topicOf } from './client.ts';
import { useOwnRun, useRuns } from './run-progress.ts';

/** What a view sees of an answer. `value` stays the last good one while a newer is under way (`isStale`). */
export type Loaded<T> = {
  readonly value: T | null;
  readonly failure: Failure | null;
  /** No value yet and none has failed. */
  readonly isLoading: boolean;
  /** The value shown is older than the book. */
  readonly isStale: boolean;
  readonly isFetching: boolean;
  readonly again: () => void;
};

/** One query cache per window. Answers stay until the book changes; nothing is asked again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      structuralSharing: false,
    },
  },
});

/** Asks a procedure and keeps the answer until the book changes. */
export function useCall<Name extends ProcedureName>(
  name: Name,
  input: InputOf<Name>,
  options: { readonly isEnabled?: boolean } = {},
): Loaded<OutputOf<Name>> {
  return useLoaded([name, input], () => call(name, input), options.isEnabled ?? true);
}

/** The analysis of the open book at its active snapshot and scenario set. Long: `runId` tells its progress. */
export function useAnalysis(): Loaded<AnalysisResult> & { readonly runId: string | null; readonly cancel: () => void } {
  const book = useBookInfo();
  const runId = useOwnRun('analysis');
  const loaded = useLoaded(['analysis.run'], () => callLatestJob('analysis.run', {}), book.value !== null);
  return { ...loaded, runId, cancel: useCancel(runId) };
}

/** How the requirements of the open book move. Long: asked for when a screen first shows it. */
export function useRequirement(): Loaded<RequirementResult> {
  const book = useBookInfo();
  return useLoaded(['requirement.greeks'], () => callLatestJob('requirement.greeks', {}), book.value !== null);
}

/** A recorded window replayed on the open book. Long: asked for when the System screen first shows it; the book's warnings enter it once judged. */
export function useReplay(windowId: string | null): Loaded<ReplayResult> & { readonly runId: string | null } {
  const book = useBookInfo();
  const runId = useOwnRun('replay');
  const input = { windowId: windowId ?? '' };
  const loaded = useLoaded(['replay.run', input], () => callLatestJob('replay.run', input), book.value !== null && windowId !== null);
  return { ...loaded, runId };
}

/** The suggestion for the current analysis. It is computed only when `suggest` is called, since it takes seconds. */
export function useHedge(): Loaded<HedgeResult> & {
  readonly runId: string | null;
  readonly suggest: (input?: Omit<InputOf<'hedge.suggest'>, 'runId'>) => void;
  readonly cancel: () => void;
} {
  const client = useQueryClient();
  const asked = useQuery({ queryKey: ['hedge.asked'], queryFn: () => ({}), enabled: false });
  const runId = useOwnRun('hedge');
  const input = asked.data;
  const loaded = useLoaded(['hedge.suggest', input ?? null], () => callLatestJob('hedge.suggest', input ?? {}), input !== undefined);
  const suggest = useCallback((wish: Omit<InputOf<'hedge.suggest'>, 'runId'> = {}) => client.setQueryData(['hedge.asked'], wish), [client]);
  // Without a wish there is no suggestion: the one of the former book must not stand in for it.
  const current = input === undefined ? { ...loaded, value: null, failure: null, isLoading: false, isStale: false } : loaded;
  return { ...current, runId, suggest, cancel: useCancel(runId) };
}

function useCancel(runId: string | null): () => void {
  return useCallback(() => {
    if (runId !== null) cancelRun(runId);
  }, [runId]);
}

/** The open book; its failure is `notFound` when none is open. */
export function useBookInfo(): Loaded<BookInfo> {
  return useCall('book.info', {});
}

/** A job started by a button: its run id while it is under way, its last answer, and a way to stop it. */
export function useJob<Name extends ProcedureName>(
  name: Name,
): {
  readonly runId: string | null;
  readonly result: Result<OutputOf<Name>> | null;
  readonly start: (input: Omit<InputOf<Name>, 'runId'>) => Promise<Result<OutputOf<Name>>>;
  readonly cancel: () => void;
  readonly clear: () => void;
} {
  const [runId, setRunId] = useState<string | null>(null);
  const [result, setResult] = useState<Result<OutputOf<Name>> | null>(null);
  const start = useCallback(
    async (input: Omit<InputOf<Name>, 'runId'>) => {
      const id = newRunId(topicOf(name));
      setRunId(id);
      const answer = await callJob(name, { ...input, runId: id } as InputOf<Name> & { readonly runId: string });
      setRunId((current) => (current === id ? null : current));
      setResult(answer);
      return answer;
    },
    [name],
  );
  const cancel = useCancel(runId);
  const clear = useCallback(() => setResult(null), []);
  return { runId, result, start, cancel, clear };
}

/** Hears the host for as long as the window lives: progress of runs, and that the book changed. */
export function useHostEvents(): void {
  useEffect(
    () =>
      openClient().on((event) => {
        useRuns.getState().hear(event);
        if (event.type === 'book.changed') (isSameBook(event.digest) ? ticketsChanged : bookChanged)();
      }),
    [],
  );
}

/** Everything derived from the book is asked again; what was suggested for the former book is dropped. */
export function bookChanged(): void {
  void queryClient.resetQueries({ queryKey: ['hedge.asked'] });
  queryClient.removeQueries({ queryKey: ['hedge.suggest'] });
  void queryClient.invalidateQueries({ predicate: (query) => !unaffected.has(String(query.queryKey[0])) });
}

/** Only the journal moved or the blotter changed: every figure stays as it is. */
export function ticketsChanged(): void {
  for (const name of ['book.info', 'book.journal', 'blotter.list']) void queryClient.invalidateQueries({ queryKey: [name] });
}

/** Whether the book has this digest already as far as this window knows. */
export function isSameBook(digest: string): boolean {
  return queryClient.getQueryData<BookInfo>(['book.info', {}])?.digest === digest;
}

const unaffected = new Set(['app.info', 'hedge.asked', 'hedge.suggest']);

class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

function useLoaded<T>(key: readonly unknown[], ask: () => Promise<Result<T>>, isEnabled: boolean): Loaded<T> {
  const query = useQuery({
    queryKey: key,
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const result = await ask();
      if (!result.ok) throw new FailureError(result.failure);
      return result.value;
    },
  });
  const { data, error, isFetching, isStale, isPlaceholderData, refetch } = query;
  return useMemo(() => {
    const failure = error instanceof FailureError ? error.failure : null;
    const value = (data ?? null) as T | null;
    return {
      value,
      failure,
      isLoading: value === null && failure === null,
      isStale: value !== null && (isFetching || isStale || isPlaceholderData),
      isFetching,
      again: () => void refetch(),
    };
  }, [data, error, isFetching, isStale, isPlaceholderData, refetch]);
}
