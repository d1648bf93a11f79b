import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

const RUNNING_MS = 120_000;
let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await station.client.call('analysis.run', {});
  await station.page.keyboard.press('w');
  await station.page.getByText('No hypothetical book yet').waitFor();
}, 120_000);

afterAll(() => station.close());

describe('the What-if screen on the demo book', () => {
  it(
    'starts from the live book under a banner that says so, with the same figures',
    async () => {
      const { page } = station;
      await page.getByRole('button', { name: 'Start from the live book' }).click();
      await page.locator('.what-if-banner', { hasText: 'nothing is sent anywhere' }).waitFor();
      await page.locator('.what-if-compared th', { hasText: 'Live' }).waitFor({ timeout: RUNNING_MS });
      const tiles = await page.locator('.what-if-tiles .tile').allTextContents();
      expect(tiles).toHaveLength(6);
      expect(await page.locator('.what-if-against .hypothetical-value').count()).toBe(0);
    },
    RUNNING_MS,
  );

  it(
    're-prices an edit at once, marks what is older, and catches up',
    async () => {
      const { page } = station;
      await page.getByLabel('Kind of edit').selectOption('movePrice');
      await page.getByLabel('Asset, e.g. ETH').fill('ETH');
      await page.getByLabel('Move, %').fill('-5');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.locator('.what-if-list', { hasText: 'Move ETH −5 %' }).waitFor();
      await page.locator('.what-if-against .hypothetical-value').first().waitFor();
      await page.locator('.what-if-list', { hasText: 'priced' }).waitFor({ timeout: RUNNING_MS });
      await expect.poll(() => page.locator('.what-if-tiles .stale-value').count(), { timeout: RUNNING_MS }).toBe(0);
    },
    RUNNING_MS,
  );

  it(
    'takes the edit back with Ctrl Z and leaves the book as it was',
    async () => {
      const { page, client } = station;
      await page.locator('.what-if-banner').click();
      await page.keyboard.press('Control+z');
      await page.getByText('No edit yet').waitFor();
      const info = await client.call('book.info', {});
      expect(info.ok && info.value.canUndo).toBe(false);
    },
    RUNNING_MS,
  );

  it('shows its frame only while it is shown', async () => {
    const { page } = station;
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.locator('.what-if-screen').waitFor({ state: 'detached' });
    await page.keyboard.press('w');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('No hypothetical book yet').waitFor();
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
