import { createHash } from 'node:crypto';
import { succeed, type Result } from '../domain/failure.ts';
import type { Session, SlotOf } from './session.ts';

/** Names a question by everything that enters its answer: SHA-256 of its JSON, hex. */
export function questionDigest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Where an answer is kept, the name of its question, and the digest of the book it is asked of. */
export type Memory<T> = { readonly slot: SlotOf<T>; readonly key: string; readonly bookDigest: string };

/** An answer from memory, else computed and kept, unless the book was closed or edited meanwhile. The one asked for last is the newest kept. */
export async function remembered<T>(
  session: Pick<Session, 'book'>,
  { slot, key, bookDigest }: Memory<T>,
  compute: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const known = slot.get(key);
  if (known !== null) {
    slot.set(key, known);
    return succeed(known);
  }
  const opened = session.book();
  const result = await compute();
  const now = session.book();
  // What the book was then is answered, but not kept.
  const isStill = now.ok && opened.ok && now.value === opened.value && now.value.digest() === bookDigest;
  if (result.ok && isStill) slot.set(key, result.value);
  return result;
}
