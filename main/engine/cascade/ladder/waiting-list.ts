/*
 * Whom to look at next, and when. A cascade's prices have moved by M so far: the sum over its rounds of the most that a health
 * can have lost in the round, as a logarithm. No health falls by more, so a borrower seen with health h at movement M
 * cannot fall before the movement passes M + ln h. Until then it waits in the bucket of that movement and costs nothing.
 */

/** Movement per bucket, and how many there are: beyond the last (prices at e⁻⁴ of where they were) everyone left is looked at in every round. */
const BUCKET = 1 / 512;
const BUCKETS = 2048;

/** Entries waiting by movement: lists threaded through `next`, −1 ends one. */
export type WaitingList = { readonly head: Int32Array; readonly next: Int32Array };

/** An empty list for entries 0 … size − 1. */
export function makeWaitingList(size: number): WaitingList {
  return { head: new Int32Array(BUCKETS).fill(-1), next: new Int32Array(size) };
}

/** Nobody waits any more. */
export function emptyWaitingList(list: WaitingList): void {
  list.head.fill(-1);
}

/** Bucket in which a movement falls. */
export function bucketOf(movement: number): number {
  return Math.min(BUCKETS - 1, Math.max(0, Math.floor(movement / BUCKET)));
}

/** Lets an entry wait until the movement passes a mark. An entry waits in one place at a time. */
export function waitUntil(list: WaitingList, entry: number, movement: number): void {
  const bucket = bucketOf(movement);
  list.next[entry] = list.head[bucket]!;
  list.head[bucket] = entry;
}

/** Takes everyone of a bucket out: the first entry (−1 = nobody); the others follow by `next`. */
export function takeBucket(list: WaitingList, bucket: number): number {
  const first = list.head[bucket]!;
  list.head[bucket] = -1;
  return first;
}
