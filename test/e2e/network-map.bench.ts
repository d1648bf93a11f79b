import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Benchmark } from '../bench/benchmark.ts';
import { writeCopiedDemo } from '../support/copied-demo.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

/** Copies of two accounts of the demo: 5,000 nodes with 10,000 ties. */
const COPIES = 2_500;
const TURNS = 40;
const NOTCH_PX = 90;
/** Of twenty frames nineteen are there within this time, ms. */
const P95_GAP_LIMIT_MS = 100;
const ANALYSIS_LIMIT_MS = 300_000;

let station: Workstation;
const folder = makeTemporaryFolder();

async function openBook(): Promise<void> {
  const bookPath = join(folder.path, 'copies.interlock');
  writeCopiedDemo(bookPath, COPIES, true);
  station = await openWorkstation({ bookPath });
  await station.page.locator('main[aria-busy="false"]').waitFor({ timeout: ANALYSIS_LIMIT_MS });
}

async function openMap(): Promise<void> {
  await openBook();
  await showMap();
}

async function showMap(): Promise<void> {
  await station.page.keyboard.press('4');
  await station.page.locator('.network-stage[aria-busy="false"] .network-map').waitFor({ timeout: 30_000 });
}

/** Zooms in and out again by the wheel, with the frames timed in the page itself. */
async function zoomInAndOut(): Promise<unknown> {
  const { page } = station;
  const box = await page.locator('.network-map').boundingBox();
  if (box === null) throw new Error('no map');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(watchGaps);
  for (let turn = 0; turn < TURNS; turn += 1) await page.mouse.wheel(0, turn < TURNS / 2 ? -NOTCH_PX : NOTCH_PX);
  const { frames, median, p95, longest } = await readGaps(page);
  process.stderr.write(`  frame gaps ms: median ${median}, p95 ${p95}, longest ${longest} over ${frames} frames\n`);
  if (p95 > P95_GAP_LIMIT_MS) throw new Error(`a frame in twenty took more than ${P95_GAP_LIMIT_MS} ms`);
  return frames;
}

type Watched = { gaps?: number[]; areGapsWatched?: boolean };

function watchGaps(): void {
  const watched = globalThis as Watched;
  const gaps: number[] = [];
  watched.gaps = gaps;
  watched.areGapsWatched = true;
  let formerMs = performance.now();
  const frame = (nowMs: number): void => {
    gaps.push(nowMs - formerMs);
    formerMs = nowMs;
    if (watched.areGapsWatched === true) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function readGaps(page: Page): Promise<{ frames: number; median: number; p95: number; longest: number }> {
  const gaps = await page.evaluate(() => {
    const watched = globalThis as Watched;
    watched.areGapsWatched = false;
    return watched.gaps ?? [];
  });
  const sorted = gaps.slice(1).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN);
  return { frames: sorted.length, median: at(0.5), p95: at(0.95), longest: at(1) };
}

async function tearDown(): Promise<void> {
  await station.close();
  folder.remove();
}

/**
 * Seen on two crowded cores: median gap 17 ms, p95 33 ms, longest 280 ms. Only the first movement in a window is measured: in the software
 * stand-in for a graphics card that the carried Chromium draws with, later ones meet gaps of seconds while the page itself is idle, whatever
 * it draws.
 */
export const benchmarks: Benchmark[] = [
  {
    name: `a map of 5,000 nodes zoomed in and out, ${TURNS} turns of the wheel`,
    setUp: openMap,
    run: zoomInAndOut,
    tearDown,
    repeats: 1,
    limitElapsedMs: 30_000,
  },
  {
    name: 'the Network screen of 5,000 nodes chosen, up to its map',
    setUp: openBook,
    run: async () => {
      await station.page.keyboard.press('1');
      await station.page.locator('.network-screen').waitFor({ state: 'detached' });
      await showMap();
    },
    tearDown,
    repeats: 3,
    limitElapsedMs: 3_000,
  },
];
