import { parentPort } from 'node:worker_threads';

/* A worker that ends its thread when a job tells it to, and is an ordinary worker otherwise. */
parentPort?.on('message', (message: { kind: string; input?: { exit?: boolean } }) => {
  if (message.kind === 'job' && message.input?.exit === true) process.exit(3);
});
await import('../../main/pool/worker.ts');
