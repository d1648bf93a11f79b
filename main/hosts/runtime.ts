import { randomUUID } from 'node:crypto';
import { dispatch as dispatchCall } from '../contract/dispatch.ts';
import type { AppEvent } from '../contract/events.ts';
import { createRunTable, type Abortable } from '../contract/run-table.ts';
import type { Result } from '../domain/failure.ts';
import { composeServices, type Workplace } from './compose-services.ts';
import { readLastBook, writeLastBook } from './last-book.ts';
import { createLog } from './log.ts';

/** What a host says about itself when it starts the workstation. */
export type RuntimeOptions = {
  readonly host: 'electron' | 'browser' | 'cli' | 'test';
  /** Book to open first. */
  readonly bookPath?: string;
  /** What to open when no book is named: the last one, or a fresh demo book where there is none; the demo book; or nothing. */
  readonly otherwise: 'lastOrDemo' | 'demo' | 'nothing';
  readonly dataFolder: string;
  /** The engine's worker as a file URL. */
  readonly workerUrl: URL;
  /** Threads of the engine; by default one less than the machine's, at least one. */
  readonly workers?: number;
  /** Starts one of them at once, while the first book opens: for who is going to compute. */
  readonly startsAhead?: boolean;
  readonly emit: (event: AppEvent) => void;
};

/** The workstation of one process, without a host around it. */
export type Runtime = {
  /** Fulfilled when the first book is open, or with why it is not. Calls wait for it by themselves. */
  readonly ready: Promise<Result<unknown>>;
  /** The only way to the services; never throws. `signal` cancels when the caller goes away. */
  readonly dispatch: (name: string, input: unknown, signal?: AbortSignal) => Promise<Result<unknown>>;
  /** Cancels what is under way, then ends the threads, then closes the book. */
  readonly stop: () => Promise<void>;
};

/** Starts services in the order they need each other; `stop` goes the other way. */
export function startRuntime(options: RuntimeOptions): Runtime {
  const log = createLog(options.dataFolder);
  const runs = createRunTable(newAbortable);
  const announce = options.emit;
  const workplace = composeServices({ ...options, runs, announce });
  const context = { services: workplace.services, runs, announce, log: log.fault, newRunId: () => randomUUID() };
  const openPath = (): string | null => {
    const book = workplace.session.book();
    return book.ok ? book.value.path : null;
  };
  let noted = readLastBook(options.dataFolder);
  const send = async (name: string, input: unknown, signal?: AbortSignal): Promise<Result<unknown>> => {
    const answer = await dispatchCall(signal === undefined ? context : { ...context, signal }, name, input);
    const path = openPath();
    if (path !== null && path !== noted && options.otherwise === 'lastOrDemo') {
      writeLastBook(options.dataFolder, path);
      noted = path;
    }
    return answer;
  };
  const ready = openFirstBook(options, noted, send);
  return {
    ready,
    async dispatch(name, input, signal) {
      await ready;
      return send(name, input, signal);
    },
    stop: () => stop(runs.cancelAll, workplace, ready),
  };
}

async function openFirstBook(options: RuntimeOptions, last: string | null, send: Runtime['dispatch']): Promise<Result<unknown>> {
  if (options.bookPath !== undefined) return send('book.open', { path: options.bookPath });
  if (options.otherwise === 'nothing') return { ok: true, value: null };
  if (options.otherwise === 'lastOrDemo' && last !== null) {
    const opened = await send('book.open', { path: last });
    if (opened.ok) return opened;
  }
  return send('book.openDemo', {});
}

async function stop(cancelAll: () => void, workplace: Workplace, ready: Promise<unknown>): Promise<void> {
  cancelAll();
  await ready;
  await workplace.pool.close();
  workplace.session.close();
}

function newAbortable(callerSignal?: AbortSignal): Abortable {
  const controller = new AbortController();
  const signal = callerSignal === undefined ? controller.signal : AbortSignal.any([controller.signal, callerSignal]);
  return { signal, abort: () => controller.abort() };
}
