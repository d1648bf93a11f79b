import { withQuantities, type PackedBook } from '../packed/packed-book.ts';
import type { OptionKernel } from '../pricing/option-block.ts';
import { scalarOptionKernel } from '../pricing/option-kernel.ts';

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

/** Name under which a worker holds its compiled option kernel. */
export const OPTION_KERNEL = 'optionKernel';

/** The kernel to revalue options with: the worker's compiled one, or its twin of the same bits where there is none. */
export function sharedKernel(shared: SharedValues): OptionKernel {
  return (shared.get(OPTION_KERNEL) as OptionKernel | undefined) ?? scalarOptionKernel;
}
