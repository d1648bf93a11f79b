import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLargeBook } from '../support/large-book.ts';
import { scrollThrough } from '../support/scroll-grid.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';
import { openScreen, pageTroubles } from './screen-checks.ts';

const POSITIONS = 100_000;
/** A window of 31 rows, ten above and ten below, and the total; room for the rows that one frame replaces. */
const MOST_ROWS = 80;

const folder = makeTemporaryFolder();
let station: Workstation;

beforeAll(async () => {
  const bookPath = join(folder.path, 'large.interlock');
  writeLargeBook(bookPath, POSITIONS, 'custody');
  station = await openWorkstation({ bookPath });
  station.page.setDefaultTimeout(120_000);
  await station.page.locator('.statement-headline').waitFor();
  await openScreen(station, '2', 'Book');
  await station.page.locator('.book .ag-row').first().waitFor();
}, 240_000);

afterAll(async () => {
  await station.close();
  folder.remove();
});

describe(`a Book of ${POSITIONS} positions`, () => {
  it('counts and values them all', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: `All positions ${POSITIONS}` }).waitFor();
    expect(await page.locator('.panel-foot').textContent()).toContain(`${POSITIONS} of ${POSITIONS} positions`);
  });

  it('keeps only the rows of the window in the page while it is scrolled from top to bottom', async () => {
    const { mostRows } = await scrollThrough(station.page, 10, 4);
    expect(mostRows).toBeGreaterThan(0);
    expect(mostRows).toBeLessThan(MOST_ROWS);
  });

  it('reaches the last row', async () => {
    const { page } = station;
    const contents = await station.client.call('book.contents', {});
    if (!contents.ok) throw new Error(contents.failure.message);
    const { positions } = contents.value;
    const groups = new Set(positions.map((position) => position.accountId)).size;
    const last = page.locator(`.book .ag-row[row-index="${POSITIONS + groups - 1}"]`);
    await last.waitFor();
    expect(await last.getAttribute('row-id')).toBe(positions.toSorted(byAccountThenId).at(-1)?.id);
  });

  it('runs without an error, a failed request or a breach of the content policy', () => {
    expect(pageTroubles(station)).toEqual([]);
  });
});

type Placed = { readonly accountId: string; readonly id: string };

/** The order of the grid before anything is sorted: the accounts as their positions come, which is by id. */
function byAccountThenId(left: Placed, right: Placed): number {
  return left.accountId === right.accountId ? (left.id < right.id ? -1 : 1) : left.accountId < right.accountId ? -1 : 1;
}
