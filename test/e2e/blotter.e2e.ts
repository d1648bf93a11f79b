import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

const SOLVING_MS = 120_000;
let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await station.client.call('analysis.run', {});
  await station.page.keyboard.press('b');
}, 120_000);

afterAll(() => station.close());

describe('the blotter on the demo book', () => {
  it('says what belongs there while it is empty', async () => {
    await station.page.getByText('Nothing to carry out').waitFor();
  });

  it(
    'takes the chosen legs of a suggestion, and keeps the suggestion',
    async () => {
      const { page } = station;
      await page.keyboard.press('6');
      await page.getByRole('button', { name: /Suggest hedges/ }).click();
      await page.locator('.hedge-leg').first().waitFor({ timeout: SOLVING_MS });
      const legs = await page.locator('.hedge-leg').count();
      await page.getByRole('button', { name: 'Promote to blotter' }).click();
      await page.getByRole('button', { name: 'Open the blotter' }).click();
      expect(await page.locator('.blotter-table tbody tr').count()).toBe(legs);
      await page.keyboard.press('6');
      expect(await page.locator('.hedge-leg').count()).toBe(legs);
      await page.keyboard.press('b');
    },
    SOLVING_MS,
  );

  it('books a fill, whose undo gives the book its digest back', async () => {
    const { page, client } = station;
    const digest = async (): Promise<string> => {
      const info = await client.call('book.info', {});
      return info.ok ? info.value.digest : info.failure.message;
    };
    const before = await digest();
    await page
      .getByRole('button', { name: /Book a fill of/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Book the fill' }).click();
    await page.locator('.blotter-table .chip-safe', { hasText: 'filled' }).waitFor();
    expect(await digest()).not.toBe(before);
    await page.keyboard.press('Control+z');
    await page.locator('.blotter-table .chip-safe').waitFor({ state: 'detached' });
    expect(await digest()).toBe(before);
  });

  it('changes what a ticket asks for, as a step that can be undone', async () => {
    const { page } = station;
    const row = page.locator('.blotter-table tbody tr').first();
    await row.click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Change the ticket' });
    await sheet.getByLabel('Reason').fill('By hand, before the close');
    await sheet.getByLabel(/Expires in/).fill('soon');
    expect(await sheet.getByRole('button', { name: 'Change' }).isDisabled()).toBe(true);
    await sheet.getByLabel(/Expires in/).fill('90');
    await sheet.getByRole('button', { name: 'Change' }).click();
    await row.getByText('By hand, before the close').waitFor();
    await page.keyboard.press('Control+z');
    await row.getByText('By hand, before the close').waitFor({ state: 'detached' });
  });

  it('hands the blotter over as a file', async () => {
    const { page } = station;
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('interlock-blotter.csv');
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
