import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPage, openWorkstation } from '../support/workstation.ts';

/**
 * `npm run screens [-- overview book]`: pictures of every screen at two sizes in both themes, in test/screens/, and a list of every element
 * whose content is wider than its box. For looking at, not a test.
 */
const SCREENS = ['overview', 'book', 'accounts', 'network', 'stress', 'hedges', 'import', 'reports', 'system', 'what-if', 'blotter'];
/** Keys of the screens beyond nine. */
const KEYS: Readonly<Record<string, string>> = { 'what-if': 'w', blotter: 'b' };
const SIZES = [
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
const FOLDER = join(import.meta.dirname, '../screens');
const SETTLE_MS = 1_200;
const PATIENCE_MS = 60_000;

const wanted = process.argv.slice(2);
const station = await openWorkstation();
mkdirSync(FOLDER, { recursive: true });
await station.client.call('analysis.run', {});
for (const size of SIZES) {
  for (const theme of ['dark', 'light'] as const) {
    const { page, context, troubles } = await openPage(station.browser, station.host, { ...size, theme });
    // Keys reach the screens once the shell stands.
    await settle(page);
    for (const [at, name] of SCREENS.entries()) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      await page.keyboard.press(KEYS[name] ?? String(at + 1));
      await settle(page);
      const file = `${name}-${size.width}-${theme}.png`;
      await page.screenshot({ path: join(FOLDER, file) });
      process.stdout.write(`${file}\n`);
      for (const line of await overflowing(page)) process.stdout.write(`  wider than its box: ${line}\n`);
    }
    for (const trouble of troubles) process.stdout.write(`  ${trouble}\n`);
    await context.close();
  }
}
await station.close();

/** Waits until nothing reports that it is busy, then for charts to finish. */
async function settle(page: Page): Promise<void> {
  const isIdle = (): boolean => document.querySelector('[aria-busy="true"]') === null;
  await page.waitForTimeout(SETTLE_MS / 2);
  await page.waitForFunction(isIdle, undefined, { timeout: PATIENCE_MS }).catch(() => process.stdout.write('  still busy\n'));
  await page.waitForTimeout(SETTLE_MS);
}

/** Elements whose text is cut off or sticks out, as 'tag.class "text" by n px'. Scrolling areas and ellipses are meant. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isMeant = (style: CSSStyleDeclaration): boolean => /auto|scroll/.test(style.overflowX) || style.textOverflow === 'ellipsis';
    // Handles that widen a column stick out of its header by design.
    const isHidden = (element: Element): boolean => element.closest('.visually-hidden, .ag-header-cell') !== null;
    const isVisible = (element: Element): boolean => element.getClientRects().length > 0 && !isHidden(element);
    const elements = [...document.querySelectorAll('body *')].filter((element) => element instanceof HTMLElement && isVisible(element));
    return elements
      .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && !isMeant(getComputedStyle(element)))
      .map((element) => {
        const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60);
        return `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${text}" by ${element.scrollWidth - element.clientWidth} px`;
      });
  });
}
