import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

const DRAWING_MS = 120_000;
let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await station.client.call('analysis.run', {});
}, 120_000);

afterAll(() => station.close());

describe('forecasts and trigger orders on the demo book', () => {
  it(
    'tells for an account what its excess may come to, and why',
    async () => {
      const { page } = station;
      await page.keyboard.press('3');
      await page.getByText('MKR-A').first().click();
      await page.getByRole('tab', { name: 'Forecast' }).click();
      await page.locator('.forecast-body').waitFor({ timeout: DRAWING_MS });
      expect(await page.locator('.forecast-figures tbody tr').count()).toBe(3);
      await page.locator('.forecast-figures tbody tr').last().locator('.explain').nth(3).click();
      await page.getByRole('dialog').getByText('Chance of liquidation').waitFor();
      await page.keyboard.press('Escape');
    },
    DRAWING_MS,
  );

  it(
    'tries trigger orders and names the best',
    async () => {
      const { page } = station;
      await page.keyboard.press('6');
      await page.getByRole('tab', { name: 'Trigger orders' }).click();
      await page.getByLabel('Account that borrows').selectOption('MKR-A');
      await page.getByRole('button', { name: 'Try orders' }).click();
      await page.locator('.trigger-body').waitFor({ timeout: DRAWING_MS });
      expect(await page.locator('.trigger-headline').textContent()).toContain('MKR-A: repay below');
      expect(await page.getByRole('heading', { name: 'Why it may not execute' }).locator('+ ul li').count()).toBe(10);
      await page.locator('.trigger-table tbody tr').nth(1).locator('.explain').first().click();
      await page.getByRole('dialog').getByText('Chance of liquidation with the order').waitFor();
      await page.keyboard.press('Escape');
      expect(station.troubles).toEqual([]);
    },
    DRAWING_MS,
  );
});
