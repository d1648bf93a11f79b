import { parentPort } from 'node:worker_threads';
import { OPTION_KERNEL } from '../engine/scenario/shared-book.ts';
import { jobs } from './jobs.ts';
import { loadOptionKernel } from './option-kernel.ts';
import type { Job } from './pool-types.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/* Entry of a worker thread: keeps shared values by id and runs jobs by name, one at a time as the pool sends them. */
const shared = new Map<string, unknown>();
const kernel = loadOptionKernel('strict');
if (kernel !== null) shared.set(OPTION_KERNEL, kernel);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'share') shared.set(message.id, message.value);
  else if (message.kind === 'drop') shared.delete(message.id);
  else void runJob(message);
});

async function runJob({ key, name, input }: Extract<ToWorker, { kind: 'job' }>): Promise<void> {
  try {
    const job = jobs[name] as Job<unknown, unknown>;
    reply({ kind: 'done', key, output: await job(input, shared) });
  } catch (cause) {
    reply({ kind: 'failed', key, message: cause instanceof Error ? cause.message : String(cause) });
  }
}

function reply(message: FromWorker): void {
  parentPort?.postMessage(message);
}
