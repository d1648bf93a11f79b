import { useQuery } from '@tanstack/react-query';
import type { HedgeRefresh } from '../../main/contract/hedge-refresh.ts';
import { callLatestJob, topicOf } from './client.ts';
import { type HedgeWish, type Loaded, type StandingWish, useBookInfo, useLoaded } from './queries.ts';
import { useOwnRun } from './run-progress.ts';

/** What the suggestion that stands was asked with; null where none was made before the book or its market changed. */
export function useStandingWish(): HedgeWish | null {
  const book = useBookInfo();
  const standing = useQuery({ queryKey: ['hedge standing'], queryFn: (): StandingWish | null => null, enabled: false });
  return standing.data?.path === book.value?.path ? (standing.data?.wish ?? null) : null;
}

/** The standing suggestion solved again on the book and market as they are now; asked again with each change while a screen shows it. */
export function useRefresh(): Loaded<HedgeRefresh> & { readonly runId: string | null } {
  const isStanding = useStandingWish() !== null;
  const runId = useOwnRun(topicOf('hedge.refresh'));
  return { ...useLoaded(['hedge.refresh'], () => callLatestJob('hedge.refresh', {}), isStanding), runId };
}
