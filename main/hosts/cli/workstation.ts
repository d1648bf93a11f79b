import { createClient, type Client } from '../../contract/client.ts';
import type { AppEvent } from '../../contract/events.ts';
import type { Failure, Result } from '../../domain/failure.ts';
import { dataFolder, workerUrl } from '../folders.ts';
import { startRuntime, type RuntimeOptions } from '../runtime.ts';
import { plainJson } from '../../contract/codec.ts';
import { EXIT, exitCodeOf, failureText, type ExitCode, type Terminal } from './terminal.ts';

/** What every verb works with. */
export type Desk = {
  readonly client: Client;
  /** The untyped way, for `call`. */
  readonly dispatch: (name: string, input: unknown) => Promise<Result<unknown>>;
  readonly terminal: Terminal;
  readonly isJson: boolean;
};

/** What a verb asks of the workstation. */
export type DeskOptions = {
  readonly terminal: Terminal;
  readonly isJson: boolean;
  readonly bookPath?: string | undefined;
  readonly otherwise?: RuntimeOptions['otherwise'];
  readonly workers?: number | undefined;
  readonly startsAhead?: boolean;
  readonly signal?: AbortSignal | undefined;
};

/** A verb: does its work and says how it ended. */
export type Verb = (desk: Desk) => Promise<ExitCode>;

/** Starts the workstation, opens the book, runs the verb, and always closes the book again. */
export async function atDesk(options: DeskOptions, verb: Verb): Promise<ExitCode> {
  const { terminal, isJson } = options;
  const listeners = new Set<(event: AppEvent) => void>();
  const showProgress = progressLine(terminal, isJson);
  const runtime = startRuntime({
    host: 'cli',
    dataFolder: dataFolder(),
    workerUrl,
    otherwise: options.otherwise ?? 'nothing',
    startsAhead: options.startsAhead ?? false,
    emit: (event) => {
      showProgress(event);
      for (const listener of listeners) listener(event);
    },
    ...(options.bookPath === undefined ? {} : { bookPath: options.bookPath }),
    ...(options.workers === undefined ? {} : { workers: options.workers }),
  });
  const dispatch: Desk['dispatch'] = (name, input) => runtime.dispatch(name, input, options.signal);
  const on: Client['on'] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  try {
    const first = await runtime.ready;
    if (!first.ok) return reportFailure({ terminal, isJson }, first.failure);
    return await verb({ client: createClient({ call: dispatch, on }), dispatch, terminal, isJson });
  } finally {
    await runtime.stop();
  }
}

/** Prints a failure (as JSON with --json) and gives its exit code. */
export function reportFailure({ terminal, isJson }: Pick<Desk, 'terminal' | 'isJson'>, failure: Failure): ExitCode {
  if (isJson) terminal.write(`${plainJson({ failure }, 2)}\n`);
  else terminal.warn(`${failureText(failure)}\n`);
  return exitCodeOf(failure);
}

/** Prints an answer: JSON with --json, else the text that `describe` makes of it. */
export function reportAnswer<T>(desk: Desk, answer: Result<T>, describe: (value: T) => string): ExitCode {
  if (!answer.ok) return reportFailure(desk, answer.failure);
  desk.terminal.write(desk.isJson ? `${plainJson(answer.value, 2)}\n` : describe(answer.value));
  return EXIT.ok;
}

/** Shows progress on the error stream: one redrawn line on a terminal, else a line per phase; nothing with --json. */
function progressLine(terminal: Terminal, isJson: boolean): (event: AppEvent) => void {
  let phase = '';
  return (event) => {
    if (isJson) return;
    if (event.type === 'run.finished' && terminal.isInteractive && phase !== '') terminal.warn('\r\u001b[K');
    if (event.type !== 'run.progress') return;
    if (terminal.isInteractive) terminal.warn(`\r\u001b[K${event.phase} ${event.done}/${event.total}`);
    else if (event.phase !== phase) terminal.warn(`${event.phase} …\n`);
    phase = event.phase;
  };
}
