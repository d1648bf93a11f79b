import { join } from 'node:path';
import type { Benchmark } from '../bench/benchmark.ts';
import { writeLargeBook } from '../support/large-book.ts';
import { type ScrollFigures, scrollThrough } from '../support/scroll-grid.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

const POSITIONS = 100_000;
const DEPTHS = 20;
const NOTCHES = 10;
/** Of twenty frames nineteen are there within this time, ms: ten pictures a second at the worst on shared cores without a graphics card. */
const P95_GAP_LIMIT_MS = 100;
const ANALYSIS_LIMIT_MS = 300_000;

let station: Workstation;
const folder = makeTemporaryFolder();

async function openBook(): Promise<void> {
  const bookPath = join(folder.path, 'large.interlock');
  writeLargeBook(bookPath, POSITIONS, 'custody');
  station = await openWorkstation({ bookPath });
  await station.page.locator('.title-book strong').waitFor();
}

async function showValued(): Promise<void> {
  await openBook();
  await station.page.locator('main[aria-busy="false"]').waitFor({ timeout: ANALYSIS_LIMIT_MS });
  await showBook();
  await station.page.locator('.panel-foot strong').first().waitFor();
}

async function showBook(): Promise<void> {
  await station.page.keyboard.press('2');
  await station.page.locator('.book .ag-row[row-index]').first().waitFor();
}

async function scroll(): Promise<ScrollFigures> {
  const figures = await scrollThrough(station.page, DEPTHS, NOTCHES);
  process.stderr.write(
    `  frame gaps ms: median ${figures.medianGapMs.toFixed(1)}, p95 ${figures.p95GapMs.toFixed(1)}, ` +
      `longest ${figures.longestGapMs.toFixed(1)} over ${figures.frames} frames; at most ${figures.mostRows} rows in the page\n`,
  );
  if (figures.p95GapMs > P95_GAP_LIMIT_MS) throw new Error(`a frame in twenty took more than ${P95_GAP_LIMIT_MS} ms`);
  return figures;
}

async function tearDown(): Promise<void> {
  await station.close();
  folder.remove();
}

/**
 * Seen on two shared cores: median gap 17 ms, p95 33 ms, longest 100 to 180 ms; 51 rows in the page, as with 5,000 positions. Only the
 * first scroll of a window is measured: in the software stand-in for a graphics card that the carried Chromium draws with, later ones
 * meet gaps of a second while the page itself is idle, with any number of rows; without that stand-in there are none. The elapsed time
 * is mostly the way of each turn of the wheel into the browser.
 */
export const benchmarks: Benchmark[] = [
  {
    name: `${POSITIONS} positions scrolled from top to bottom, ${(DEPTHS + 1) * NOTCHES} turns of the wheel`,
    setUp: showValued,
    run: scroll,
    tearDown,
    repeats: 1,
    limitElapsedMs: 45_000,
  },
  {
    name: `the Book screen of ${POSITIONS} positions chosen, up to its first row`,
    setUp: showValued,
    run: async () => {
      await station.page.keyboard.press('1');
      await station.page.locator('.book').waitFor({ state: 'detached' });
      await showBook();
    },
    tearDown,
    repeats: 3,
    limitElapsedMs: 3000,
  },
];
