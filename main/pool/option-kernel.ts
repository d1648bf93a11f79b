import { existsSync, readFileSync } from 'node:fs';
import { normalTable } from '../engine/math/normal-table.ts';
import { BLOCK_SUMS, SCENARIO_NUMBERS, type OptionBlock, type OptionKernel } from '../engine/pricing/option-block.ts';

/** What the compiled kernel exports; its arguments are columns, group ends, groups, scenarios, their count, output and group numbers. */
type Exports = { readonly memory: WebAssembly.Memory; readonly prices: Revalue; readonly sums: Revalue };
type Revalue = (...addressesAndCounts: readonly number[]) => void;

const PAGE_BYTES = 65_536;

/**
 * The compiled option kernel beside this program's files: *strict* gives the same bits on every machine, and the same as the scalar
 * twin; *relaxed* rounds as the processor likes, for live ticks only. Null in a run from the sources, which has the twin.
 */
export function loadOptionKernel(name: 'strict' | 'relaxed'): OptionKernel | null {
  const file = new URL(`./option-kernel-${name}.wasm`, import.meta.url);
  return existsSync(file) ? instantiateOptionKernel(name, new Uint8Array(readFileSync(file))) : null;
}

/**
 * The option kernel of compiled bytes, with memory of its own. The last block stays there, so that many calls for one block copy
 * it once. A block must not be changed after its first use.
 */
export function instantiateOptionKernel(name: 'strict' | 'relaxed', bytes: Uint8Array<ArrayBuffer>): OptionKernel {
  const { memory, ...run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
  ensure(memory, normalTable.byteLength);
  new Float64Array(memory.buffer).set(normalTable);
  let resident: OptionBlock | null = null;
  const bound =
    (revalue: Revalue): OptionKernel['prices'] =>
    (block, scenarios, out) => {
      const groups = block.groupEnd.length;
      if (groups === 0) return;
      const columns = normalTable.byteLength;
      const groupEnd = columns + block.columns.byteLength;
      const groupNumbers = groupEnd + 8 * Math.ceil(groups / 2);
      const input = groupNumbers + block.groupNumbers.byteLength;
      const output = input + scenarios.byteLength;
      const count = scenarios.length / (groups * SCENARIO_NUMBERS);
      const numbers = count * (revalue === run.sums ? BLOCK_SUMS : block.slots);
      ensure(memory, output + 8 * numbers);
      if (resident !== block) {
        new Float64Array(memory.buffer, columns).set(block.columns);
        new Int32Array(memory.buffer, groupEnd).set(block.groupEnd);
        new Float64Array(memory.buffer, groupNumbers).set(block.groupNumbers);
        resident = block;
      }
      new Float64Array(memory.buffer, input).set(scenarios);
      revalue(columns, groupEnd, groups, input, count, output, groupNumbers);
      out.set(new Float64Array(memory.buffer, output, numbers));
    };
  return { name, prices: bound(run.prices), sums: bound(run.sums) };
}

/** Grows the memory to hold that many bytes; what is in it stays. */
function ensure(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  if (missing > 0) memory.grow(missing);
}
