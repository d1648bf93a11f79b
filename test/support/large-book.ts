import { fileURLToPath } from 'node:url';
import { createBook } from '../../main/book/book-file.ts';
import { readDemo } from '../../main/market/demo.ts';
import type { Demo } from '../../main/market/demo.ts';

const resourcesFolder = fileURLToPath(new URL('../../resources', import.meta.url));
/** Decimals of a part of a lot: enough that the parts add up to the lot for valuation. */
const QUANTITY_DECIMALS = 10;

/**
 * The demo desk with its listed positions held in many small lots: exactly `count` positions in the same accounts, of the same
 * instruments and nearly the same sum, so that the requirements stay those of the demo while the grid and the book grow.
 */
export function largeDemo(count: number): Demo {
  const read = readDemo(resourcesFolder);
  if (!read.ok) throw new Error(read.failure.message);
  const { contents } = read.value;
  const listed = new Set(contents.instruments.flatMap((row) => ('underlyingId' in row ? [row.id] : [])));
  const split = contents.positions.filter((position) => listed.has(position.instrumentId));
  const whole = contents.positions.filter((position) => !listed.has(position.instrumentId));
  const lots = count - whole.length;
  const positions = split.flatMap((position, index) => {
    const parts = Math.floor((lots + index) / split.length);
    const quantity = (Number(position.quantity) / parts).toFixed(QUANTITY_DECIMALS).replace(/\.?0+$/, '');
    return Array.from({ length: parts }, (_, part) => ({ ...position, id: `${position.id}/${String(part).padStart(5, '0')}`, quantity }));
  });
  return { ...read.value, contents: { ...contents, positions: [...whole, ...positions] } };
}

/** Writes the large book as a file through the book's own way in; the file must not exist. */
export function writeLargeBook(path: string, count: number): void {
  const created = createBook(path, largeDemo(count));
  if (!created.ok) throw new Error(created.failure.message);
  created.value.close();
}
