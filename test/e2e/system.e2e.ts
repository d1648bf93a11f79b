import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  const result = await station.client.call('analysis.run', {});
  if (!result.ok) throw new Error(result.failure.message);
  await station.page.keyboard.press('9');
  await station.page.locator('.system-course canvas').waitFor({ timeout: 90_000 });
}, 120_000);

afterAll(() => station.close());

describe('the System screen on the demo book', () => {
  it('tells the window in a sentence and says what the model said at its low', async () => {
    const { page } = station;
    await page.locator('.system-told', { hasText: 'Liquidation cascade of 10 October' }).waitFor();
    await page.locator('.system-moment', { hasText: '10-10 21:25 UTC' }).waitFor();
    expect(await page.locator('.system-said tbody tr[aria-selected="true"]').count()).toBe(1);
  });

  it('moves the playhead by keys and by a row of the table', async () => {
    const { page } = station;
    await page.keyboard.press(',');
    await page.locator('.system-moment', { hasText: '10-10 21:20 UTC' }).waitFor();
    await page.locator('.system-said tbody tr').first().getByRole('button').click();
    await page.locator('.system-moment', { hasText: '10-09 00:05 UTC' }).waitFor();
  });

  it('shows the feedback and the critical leverage of the book as it stands', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Feedback now' }).click();
    await page.locator('.feedback-matrix canvas').first().waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Critical leverage' }).click();
    await page.locator('.leverage-table', { hasText: 'all together' }).waitFor();
    await page.getByRole('tab', { name: 'At the playhead' }).click();
  });

  it('shows every step as a table with T', async () => {
    const { page } = station;
    await page.locator('.system-course .chart').focus();
    await page.keyboard.press('t');
    await page.locator('.system-course').getByRole('columnheader', { name: 'Coverage' }).waitFor();
    await page.keyboard.press('t');
    await page.locator('.system-course canvas').waitFor();
  });

  it('refuses the index where a coin of the book has no price, and says why', async () => {
    const { page } = station;
    await page.getByRole('radio', { name: '2023-03' }).click();
    await page.locator('.system-told', { hasText: 'Depeg of USDC' }).waitFor({ timeout: 90_000 });
    await page.locator('.system-refused', { hasText: 'fresh price' }).waitFor();
  });

  it('names what the window does not record', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Rests on' }).click();
    await page.locator('.system-judged', { hasText: 'no bars in this window' }).waitFor();
  });

  it('offers to judge warnings and runs without an error of the page', async () => {
    await station.page.getByRole('tab', { name: 'Warnings' }).click();
    await station.page.getByRole('button', { name: 'Judge warnings' }).waitFor();
    expect(station.troubles).toEqual([]);
  });
});
