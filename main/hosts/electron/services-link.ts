import { utilityProcess, type UtilityProcess } from 'electron';
import { fail, type Result } from '../../domain/failure.ts';
import type { AppEvent } from '../../contract/events.ts';
import type { FromServices, ToServices } from './services-message.ts';

/** Calls into the services process, which is started again when it dies. */
export type ServicesLink = {
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>;
  readonly stop: () => Promise<void>;
};

/** What the link is made from. */
export type LinkOptions = { readonly modulePath: string; readonly arguments: readonly string[]; readonly emit: (event: AppEvent) => void };

const MAX_RESTARTS = 3;

/** Starts the services process. A call under way when it dies is answered with a failure; the next one finds a new process. */
export function linkServices(options: LinkOptions): ServicesLink {
  const waiting = new Map<number, (answer: Result<unknown>) => void>();
  let nextId = 0;
  let restarts = 0;
  let isStopping = false;
  let whenStopped: () => void = () => undefined;
  let child: UtilityProcess | null = start();

  function start(): UtilityProcess {
    const started = utilityProcess.fork(options.modulePath, [...options.arguments], { serviceName: 'Interlock services' });
    started.on('message', (message: FromServices) => {
      if (message.kind === 'event') return options.emit(message.event);
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    });
    started.on('exit', (code) => {
      const lost = fail('internal', `the services process ended with code ${code}`, {
        remedy: 'It has been started again; repeat what you did.',
      });
      for (const settle of waiting.values()) settle(lost);
      waiting.clear();
      if (isStopping) return whenStopped();
      restarts += 1;
      child = restarts > MAX_RESTARTS ? null : start();
    });
    return started;
  }

  return {
    call: (name, input) =>
      new Promise((settle) => {
        if (child === null) return settle(fail('internal', 'the services process keeps ending', { remedy: 'Start Interlock again.' }));
        nextId += 1;
        waiting.set(nextId, settle);
        child.postMessage({ kind: 'call', id: nextId, name, input } satisfies ToServices);
      }),
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        if (child === null) return resolve();
        whenStopped = resolve;
        child.postMessage({ kind: 'stop' } satisfies ToServices);
      }),
  };
}
