import { setImmediate } from 'node:timers/promises';
import { fail, succeed } from '../domain/failure.ts';
import { jobs } from './jobs.ts';
import type { Job, Pool } from './pool-types.ts';
import { makeSharedRegister } from './shared-values.ts';

/** A pool without threads, for tests that are not about threads: the same jobs in this thread, one after the other. */
export function createInlinePool(): Pool {
  const register = makeSharedRegister();
  return {
    workers: 1,
    share: (id, value) => {
      register.add(id, value);
    },
    run: async ({ name, inputs }, signal, onProgress) => {
      const outputs: unknown[] = [];
      const job = jobs[name] as Job<unknown, unknown>;
      for (const input of inputs) {
        if (signal.aborted) return fail('cancelled', `${name} was cancelled after ${outputs.length} of ${inputs.length} parts`);
        try {
          outputs.push(await job(input, register.values));
        } catch (cause) {
          return fail('internal', `${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`);
        }
        onProgress?.(outputs.length, inputs.length);
        await setImmediate();
      }
      return succeed(outputs as never);
    },
    close: async () => undefined,
  };
}
