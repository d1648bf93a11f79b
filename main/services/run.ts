import { succeed } from '../domain/failure.ts';
import type { Services } from '../contract/contract.ts';
import type { RunTable } from '../contract/run-table.ts';
import type { Session } from './session.ts';

/** The runs kept in the open book, and the way to cancel one that is under way. */
export function createRunServices(session: Session, runs: RunTable): Pick<Services, 'run.list' | 'run.cancel'> {
  return {
    'run.list': async ({ limit }) => {
      const book = session.book();
      return book.ok ? succeed(book.value.runs(limit)) : book;
    },
    'run.cancel': async ({ runId }) => succeed({ wasRunning: runs.cancel(runId) }),
  };
}
