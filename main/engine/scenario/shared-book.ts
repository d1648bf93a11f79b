import { withQuantities, type PackedBook } from '../packed/packed-book.ts';

/** Values a worker holds by name. */
export type SharedValues = ReadonlyMap<string, unknown>;

/** Which book a job works on: its id, and other quantities than the packed ones if any. */
export type BookReference = { readonly packedId: string; readonly quantities: Float64Array | null };

/** The packed book a job names. It must have been shared before: anything else is a bug. */
export function sharedBook(shared: SharedValues, { packedId, quantities }: BookReference): PackedBook {
  const packed = shared.get(packedId) as PackedBook | undefined;
  if (packed === undefined) throw new Error(`packed book ${packedId} was not shared with this worker`);
  return quantities === null ? packed : withQuantities(packed, quantities);
}
