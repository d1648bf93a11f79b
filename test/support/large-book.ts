import { fileURLToPath } from 'node:url';
import { createBook } from '../../main/book/book-file.ts';
import type { BookContents } from '../../main/domain/book.ts';
import { readDemo } from '../../main/market/demo.ts';
import type { Demo } from '../../main/market/demo.ts';

const resourcesFolder = fileURLToPath(new URL('../../resources', import.meta.url));
/** Decimals of a part of a lot: enough that the parts add up to the lot for valuation. */
const QUANTITY_DECIMALS = 10;

/** Which positions are held in lots: contracts (options, perpetuals, futures) or what lies in custody, which is quicker to value. */
export type Lots = 'contracts' | 'custody';

/**
 * The demo desk with some of its positions held in many small lots: exactly `count` positions in the same accounts, of the same
 * instruments and nearly the same sum, so that the requirements stay those of the demo while the grid and the book grow.
 */
export function largeDemo(count: number, lots: Lots = 'contracts'): Demo {
  const read = readDemo(resourcesFolder);
  if (!read.ok) throw new Error(read.failure.message);
  const { contents } = read.value;
  const chosen = chosenPositions(contents, lots);
  const split = contents.positions.filter((position) => chosen.has(position.id));
  const whole = contents.positions.filter((position) => !chosen.has(position.id));
  const positions = split.flatMap((position, index) => {
    const parts = Math.floor((count - whole.length + index) / split.length);
    const quantity = (Number(position.quantity) / parts).toFixed(QUANTITY_DECIMALS).replace(/\.?0+$/, '');
    return Array.from({ length: parts }, (_, part) => ({ ...position, id: `${position.id}/${String(part).padStart(5, '0')}`, quantity }));
  });
  return { ...read.value, contents: { ...contents, positions: [...whole, ...positions] } };
}

/** Writes the large book as a file through the book's own way in; the file must not exist. */
export function writeLargeBook(path: string, count: number, lots: Lots = 'contracts'): void {
  const created = createBook(path, largeDemo(count, lots));
  if (!created.ok) throw new Error(created.failure.message);
  created.value.close();
}

function chosenPositions({ instruments, accounts, venues, positions }: BookContents, lots: Lots): ReadonlySet<string> {
  const contracts = new Set(instruments.flatMap((row) => ('underlyingId' in row ? [row.id] : [])));
  const keepers = new Set(venues.flatMap((row) => (row.parameters.family === 'custody' ? [row.id] : [])));
  const custody = new Set(accounts.flatMap((row) => (keepers.has(row.venueId) ? [row.id] : [])));
  return new Set(
    positions
      .filter((position) => (lots === 'contracts' ? contracts.has(position.instrumentId) : custody.has(position.accountId)))
      .map((position) => position.id),
  );
}
