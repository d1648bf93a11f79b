import type { Page } from 'playwright-core';

/** What a scroll through a grid showed. Gaps lie between animation frames while it scrolled, ms. */
export type ScrollFigures = {
  readonly frames: number;
  readonly medianGapMs: number;
  readonly p95GapMs: number;
  readonly longestGapMs: number;
  /** Most rows that the page held at any frame. */
  readonly mostRows: number;
  /** Least rows in the window at the end of any turn of the wheel; 0 = it stood empty. The pinned total does not count. */
  readonly leastVisibleRows: number;
};

const VIEWPORT = '.book .ag-grid-viewport';
/** A notch of a wheel, and how many of them are turned at each depth. */
const NOTCH_PX = 120;

/**
 * Scrolls the Book's grid from top to bottom: at `depths` places, spread evenly, the wheel is turned `notches` times, and from one
 * place to the next the thumb is dragged. Frames are timed in the page itself.
 */
export async function scrollThrough(page: Page, depths: number, notches: number): Promise<ScrollFigures> {
  await page.locator(VIEWPORT).hover();
  await page.evaluate(watchFrames);
  for (let depth = 0; depth <= depths; depth += 1) {
    await page.evaluate(dragThumb, { selector: VIEWPORT, share: depth / depths });
    for (let notch = 0; notch < notches; notch += 1) {
      await page.mouse.wheel(0, depth === depths ? -NOTCH_PX : NOTCH_PX);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await page.evaluate(countVisible, VIEWPORT);
  }
  await page.evaluate(dragThumb, { selector: VIEWPORT, share: 1 });
  return page.evaluate(readFrames);
}

type Watch = { gaps: number[]; mostRows: number; leastVisibleRows: number; isOn: boolean };
type Watched = { frameWatch?: Watch };

function watchFrames(): void {
  const watch: Watch = { gaps: [], mostRows: 0, leastVisibleRows: Infinity, isOn: true };
  (globalThis as Watched).frameWatch = watch;
  let formerMs = performance.now();
  const frame = (nowMs: number): void => {
    watch.gaps.push(nowMs - formerMs);
    formerMs = nowMs;
    watch.mostRows = Math.max(watch.mostRows, document.querySelectorAll('.book .ag-row').length);
    if (watch.isOn) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function countVisible(selector: string): void {
  const watch = (globalThis as Watched).frameWatch;
  const window = document.querySelector(selector)?.getBoundingClientRect();
  if (watch === undefined || window === undefined) throw new Error('the frames are not watched, or the grid is gone');
  const isVisible = (row: Element): boolean => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > window.top && top < window.bottom;
  };
  const rows = [...document.querySelectorAll('.book .ag-row[row-index]:not(.ag-row-pinned)')];
  watch.leastVisibleRows = Math.min(watch.leastVisibleRows, rows.filter(isVisible).length);
}

function dragThumb({ selector, share }: { selector: string; share: number }): Promise<number> {
  const viewport = document.querySelector(selector);
  if (viewport !== null) viewport.scrollTop = share * (viewport.scrollHeight - viewport.clientHeight);
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function readFrames(): ScrollFigures {
  const watch = (globalThis as Watched).frameWatch;
  if (watch === undefined) throw new Error('the frames were not watched');
  watch.isOn = false;
  const gaps = watch.gaps.slice(1).sort((a, b) => a - b);
  const at = (share: number): number => gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))] ?? NaN;
  return {
    frames: gaps.length,
    medianGapMs: at(0.5),
    p95GapMs: at(0.95),
    longestGapMs: at(1),
    mostRows: watch.mostRows,
    leastVisibleRows: watch.leastVisibleRows,
  };
}
