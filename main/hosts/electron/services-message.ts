import type { AppEvent } from '../../contract/events.ts';
import type { Result } from '../../domain/failure.ts';

/** From the main process to the services process. */
export type ToServices =
  { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown } | { readonly kind: 'stop' };

/** From the services process to the main process. */
export type FromServices =
  { readonly kind: 'answer'; readonly id: number; readonly answer: Result<unknown> } | { readonly kind: 'event'; readonly event: AppEvent };
