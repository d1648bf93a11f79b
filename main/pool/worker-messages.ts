import type { JobName } from './jobs.ts';

/** What the pool sends to a worker. */
export type ToWorker =
  | { readonly kind: 'share'; readonly id: string; readonly value: unknown }
  | { readonly kind: 'drop'; readonly id: string }
  | { readonly kind: 'job'; readonly key: number; readonly name: JobName; readonly input: unknown };

/** What a worker answers: exactly once per job. */
export type FromWorker =
  | { readonly kind: 'done'; readonly key: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly key: number; readonly message: string };
