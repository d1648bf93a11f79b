import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

const SOLVING_MS = 120_000;
let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await station.client.call('analysis.run', {});
  await station.page.keyboard.press('6');
  await station.page.getByText('Nothing has been solved yet').waitFor();
}, 120_000);

afterAll(() => station.close());

describe('the Hedges screen on the demo book', () => {
  it('refuses a budget that is not a sum', async () => {
    const { page } = station;
    await page.getByLabel('within').fill('cheap');
    await page.getByRole('alert').getByText('Budget').waitFor();
    expect(await page.getByRole('button', { name: /Suggest hedges/ }).isDisabled()).toBe(true);
    await page.getByLabel('within').fill('');
  });

  it(
    'suggests legs with their reasons and says how sure the solver is',
    async () => {
      const { page } = station;
      await page.getByRole('button', { name: /Suggest hedges/ }).click();
      await page.locator('.hedge-leg').first().waitFor({ timeout: SOLVING_MS });
      for (const reason of await page.locator('.hedge-leg-words .secondary').allTextContents()) expect(reason.length).toBeGreaterThan(10);
      await page.locator('.hedge-solver', { hasText: /gap/ }).waitFor();
    },
    SOLVING_MS,
  );

  it(
    'prices the plan again when a leg is left out, and comes back when it is taken in',
    async () => {
      const { page } = station;
      const strip = page.locator('.hedge-strip');
      const before = await strip.textContent();
      const box = page.locator('.hedge-leg input').first();
      await box.focus();
      await page.keyboard.press('Space');
      expect(await box.isChecked()).toBe(false);
      await page.locator('.hedge-strip[aria-busy="false"]').waitFor({ timeout: SOLVING_MS });
      expect(await strip.textContent()).not.toBe(before);
      await page.keyboard.press('Space');
      await expect.poll(() => strip.textContent()).toBe(before);
    },
    SOLVING_MS,
  );

  it('shows every account with a requirement before and after', async () => {
    const { page } = station;
    const result = await station.client.call('analysis.run', {});
    if (!result.ok) throw new Error(result.failure.message);
    const required = result.value.accounts.filter((account) => account.maintenanceRequirementUsd !== null);
    expect(await page.locator('.hedge-effects tbody tr').count()).toBe(required.length);
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
