import { keepPreviousData, QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../main/contract/analysis.ts';
import type { BookInfo } from '../../main/contract/book.ts';
import type { InputOf, OutputOf, ProcedureName } from '../../main/contract/contract.ts';
import type { HedgeAlternatives } from '../../main/contract/hedge-alternatives.ts';
import type { HedgeResult } from '../../main/contract/hedge.ts';
import type { ReplayResult } from '../../main/contract/replay.ts';
import type { FeedbackResult } from '../../main/contract/feedback.ts';
import type { RequirementResult } from '../../main/contract/requirement.ts';
import type { PartitionResult } from '../../main/contract/surplus.ts';
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

/** The book cut into blocks, and what they lose together and apart. Asked for again with every other wish; a former run is stopped. */
export function usePartition(
  input: Omit<InputOf<'surplus.partition'>, 'runId'>,
): Loaded<PartitionResult> & { readonly runId: string | null } {
  const book = useBookInfo();
  const runId = useOwnRun('surplus');
  return { ...useLoaded(['surplus.partition', input], () => callLatestJob('surplus.partition', input), book.value !== null), runId };
}

/** What the failure of one institution costs the book. Long: asked for when its panel first shows it, and again with every other wish. */
export function useFailureOf(
  input: Omit<InputOf<'contagion.failure'>, 'runId'>,
): Loaded<OutputOf<'contagion.failure'>> & { readonly runId: string | null } {
  const book = useBookInfo();
  const runId = useOwnRun('contagion');
  return { ...useLoaded(['contagion.failure', input], () => callLatestJob('contagion.failure', input), book.value !== null), runId };
}

/** The least-cost transfers of collateral. Long, as the failure above. */
export function useTransfers(
  input: Omit<InputOf<'transfers.plan'>, 'runId'>,
): Loaded<OutputOf<'transfers.plan'>> & { readonly runId: string | null } {
  const book = useBookInfo();
  const runId = useOwnRun('transfers');
  return { ...useLoaded(['transfers.plan', input], () => callLatestJob('transfers.plan', input), book.value !== null), runId };
}

/** How forced selling feeds on itself. Long: asked for when a screen first shows it. */
export function useFeedback(input: Omit<InputOf<'feedback.measure'>, 'runId'>): Loaded<FeedbackResult> & { readonly runId: string | null } {
  const book = useBookInfo();
  const runId = useOwnRun('feedback');
  return { ...useLoaded(['feedback.measure', input], () => callLatestJob('feedback.measure', input), book.value !== null), runId };
}

/** The suggestion for the current analysis. It is computed only when `suggest` is called, since it takes seconds. */
export function useHedge(): Loaded<HedgeResult> & {
  readonly runId: string | null;
  /** What the suggestion was asked with; null before the first time. */
  readonly wish: HedgeWish | null;
  readonly suggest: (wish?: HedgeWish) => void;
  readonly cancel: () => void;
} {
  const { ask, ...asked } = useAsked('hedge.suggest');
  return { ...asked, suggest: ask };
}

/** What a suggestion is asked with; no budget = as much as it takes. */
export type HedgeWish = Omit<InputOf<'hedge.suggest'>, 'runId'>;

/** A suggestion that was made for the book or market as they were: with what it was asked, and in which book. */
export type StandingWish = { readonly path: string; readonly wish: HedgeWish };

/** The suggestion beside other ways to hedge. It solves several programs, so it is computed only when `compare` is called. */
export function useAlternatives(): Loaded<HedgeAlternatives> & {
  readonly runId: string | null;
  /** What the comparison was asked with; null before the first time. */
  readonly wish: Omit<InputOf<'hedge.alternatives'>, 'runId'> | null;
  readonly compare: (wish?: Omit<InputOf<'hedge.alternatives'>, 'runId'>) => void;
} {
  const { ask, ...asked } = useAsked('hedge.alternatives');
  return { ...asked, compare: ask };
}

/** Work that is done when it is asked for, once per wish. */
function useAsked<Name extends 'hedge.suggest' | 'hedge.alternatives'>(name: Name) {
  type Wish = Omit<InputOf<Name>, 'runId'>;
  const client = useQueryClient();
  const wishKey = `${name} asked`;
  const asked = useQuery({ queryKey: [wishKey], queryFn: (): Wish => ({}) as Wish, enabled: false });
  const runId = useOwnRun(topicOf(name));
  const wish = asked.data;
  const loaded = useLoaded([name, wish ?? null], () => callLatestJob(name, wish ?? ({} as Wish)), wish !== undefined);
  const ask = useCallback(
    (next: Wish = {} as Wish) => {
      client.setQueryData([wishKey], next);
      // What failed or was cancelled is tried again; an answer that is there stays.
      const queryKey = [name, next];
      if (client.getQueryState(queryKey)?.status === 'error') void client.resetQueries({ queryKey, exact: true });
    },
    [client, name, wishKey],
  );
  // Without a wish there is no answer: the one of the former book must not stand in for it.
  const current = wish === undefined ? { ...loaded, value: null, failure: null, isLoading: false, isStale: false } : loaded;
  return { ...current, wish: wish ?? null, runId, ask, cancel: useCancel(runId) };
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

/** A job whose answer is kept until the book changes, by its input: its run id while it is under way, and a way to stop it. */
export function useCachedJob<Name extends ProcedureName>(
  name: Name,
  input: Omit<InputOf<Name>, 'runId'>,
  isEnabled = true,
): Loaded<OutputOf<Name>> & { readonly runId: string | null; readonly cancel: () => void } {
  const [started, setStarted] = useState<string | null>(null);
  const ask = (): Promise<Result<OutputOf<Name>>> => {
    const runId = newRunId(topicOf(name));
    setStarted(runId);
    return callJob(name, { ...input, runId } as InputOf<Name> & { readonly runId: string });
  };
  const loaded = useLoaded([name, input], ask, isEnabled);
  const runId = loaded.isFetching ? started : null;
  return { ...loaded, runId, cancel: useCancel(runId) };
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
  keepStanding();
  for (const name of ['hedge.suggest', 'hedge.alternatives']) {
    void queryClient.resetQueries({ queryKey: [`${name} asked`] });
    queryClient.removeQueries({ queryKey: [name] });
  }
  void queryClient.invalidateQueries({ predicate: (query) => !unaffected.has(String(query.queryKey[0])) });
}

/** The suggestion shown stands from now on. */
function keepStanding(): void {
  const wish = queryClient.getQueryData<HedgeWish>(['hedge.suggest asked']);
  const path = queryClient.getQueryData<BookInfo>(['book.info', {}])?.path;
  if (wish === undefined || path === undefined) return;
  if (queryClient.getQueryData(['hedge.suggest', wish]) === undefined) return;
  queryClient.setQueryData<StandingWish>(['hedge standing'], { path, wish });
}

/** Only the journal moved or the blotter changed: every figure stays as it is but what stands of the suggestion, which is what is open. */
export function ticketsChanged(): void {
  for (const name of ['book.info', 'book.journal', 'blotter.list', 'hedge.refresh'])
    void queryClient.invalidateQueries({ queryKey: [name] });
}

/** Whether the book has this digest already as far as this window knows. */
export function isSameBook(digest: string): boolean {
  return queryClient.getQueryData<BookInfo>(['book.info', {}])?.digest === digest;
}

const unaffected = new Set([
  'app.info',
  'hedge standing',
  'hedge.suggest',
  'hedge.suggest asked',
  'hedge.alternatives',
  'hedge.alternatives asked',
]);

class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Asks once and keeps the answer, under a key whose first part is the name of the procedure. */
export function useLoaded<T>(key: readonly unknown[], ask: () => Promise<Result<T>>, isEnabled = true): Loaded<T> {
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
