import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Workstation } from '../support/workstation.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Waits until the screen has been analysed and drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('main[aria-busy="false"]') !== null && document.querySelector('.progress') === null,
  );
}

/** Goes to a screen by its key. */
export async function openScreen(station: Workstation, key: string, title: string): Promise<void> {
  await settled(station.page);
  await station.page.keyboard.press(key);
  await station.page.locator('.rail-button[aria-current="page"]', { hasText: title }).waitFor();
}

/**
 * Troubles of the page itself. The browser also reports as aborted what is none: the start page leaves while its answer is still being closed, and a screen
 * that is left takes back the work it has asked for.
 */
export function pageTroubles(station: Workstation): readonly string[] {
  return station.troubles.filter((trouble) => !/\/(session|call\/\S+) net::ERR_ABORTED/.test(trouble));
}

type AxeResult = {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
};

/** Serious and critical violations of WCAG 2.2 A and AA in both themes, as short lines; empty when there is none. */
export async function accessibilityTroubles(page: Page): Promise<readonly string[]> {
  const first = await violationsNow(page);
  await page.keyboard.press('Control+Shift+L');
  await page.waitForTimeout(300);
  const second = await violationsNow(page);
  await page.keyboard.press('Control+Shift+L');
  return [...first, ...second];
}

async function violationsNow(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const result: AxeResult = await page.evaluate(`axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} } })`);
  const theme = await page.evaluate(() => document.documentElement.dataset['theme']);
  return result.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) =>
      violation.nodes
        .slice(0, 4)
        .map((node) => `${theme}: ${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`),
    );
}
