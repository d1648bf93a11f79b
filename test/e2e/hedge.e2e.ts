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

  it(
    'compares the suggestion with other ways to hedge, can be cancelled, and loads a row as the suggestion',
    async () => {
      const { page } = station;
      await page.getByRole('button', { name: /Compare alternatives/ }).click();
      await page
        .getByRole('group', { name: 'Comparing' })
        .getByRole('button', { name: /Cancel/ })
        .click();
      await page.getByText('The comparison was cancelled').waitFor({ timeout: SOLVING_MS });
      await page.keyboard.press('c');
      const rows = page.locator('.hedge-alternatives tbody tr');
      await rows.first().waitFor({ timeout: SOLVING_MS });
      expect(await rows.count()).toBe(7);
      expect(await page.locator('.hedge-alternatives tr[aria-selected="true"]').textContent()).toContain('shown above');
      expect(await page.locator('.hedge-why-not').textContent()).toMatch(/A delta hedge takes ES from .* still fall/);
      await rows
        .filter({ hasText: 'Delta hedge' })
        .getByRole('button', { name: /actions of/ })
        .click();
      await page.getByText(/Still fall at the shock: /).waitFor();
      const before = await page.locator('.hedge-statement').textContent();
      await page.getByRole('button', { name: 'Program, 35 % of the cost', exact: true }).click();
      await expect.poll(() => page.locator('.hedge-statement').textContent(), { timeout: SOLVING_MS }).not.toBe(before);
      expect(await page.getByLabel('within').inputValue()).toMatch(/^[\d,]+$/);
      expect(await page.locator('.hedge-alternatives tr[aria-selected="true"]').textContent()).toContain('35 %');
    },
    SOLVING_MS,
  );

  it(
    'draws the frontier, walks it with the arrow keys and loads a point with Enter',
    async () => {
      const { page } = station;
      const chart = page.getByRole('group', { name: 'Cost against expected shortfall' });
      await chart.focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByLabel('within').inputValue(), { timeout: SOLVING_MS }).toBe('');
      await page.locator('.hedge-alternatives tr[aria-selected="true"]', { hasText: /^◆ Program/ }).waitFor({ timeout: SOLVING_MS });
      await chart.focus();
      await page.keyboard.press('t');
      expect(await page.locator('.hedge-right tbody tr').count()).toBeGreaterThan(8);
    },
    SOLVING_MS,
  );

  it('says what binds and what could go wrong behind the other tabs', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'What could go wrong' }).click();
    expect(await page.locator('.hedge-wrong dt').count()).toBeGreaterThan(0);
    await page.getByRole('tab', { name: 'What binds' }).click();
    expect(await page.locator('.hedge-duals dt').count()).toBeGreaterThan(0);
  });

  it(
    'keeps within the limits set in the sheet, and names them on their button',
    async () => {
      const { page } = station;
      await page.getByRole('button', { name: 'Limits …' }).click();
      const sheet = page.getByRole('dialog', { name: 'Limits of the suggestion' });
      await sheet.getByLabel(/Notional of all trades/).fill('lots');
      expect(await sheet.getByRole('button', { name: 'Set limits' }).isDisabled()).toBe(true);
      await sheet.getByText('A sum such as 100,000 or 50 k, or empty').waitFor();
      await sheet.getByLabel(/A venue halts/).fill('21');
      await sheet.getByText('From 0 to 20 %, or empty').waitFor();
      await sheet.getByRole('button', { name: 'Reset to usual' }).click();
      expect(await sheet.getByLabel(/A venue halts/).inputValue()).toBe('');
      await sheet.getByLabel(/Only close, repay and top up/).check();
      await sheet.getByRole('button', { name: 'Set limits' }).click();
      await page.getByRole('button', { name: '1 limit …' }).waitFor();
      await page.getByRole('note', { name: 'Not as usual' }).getByText('nothing new').waitFor();
      const before = await page.locator('.hedge-statement').textContent();
      // The key solves what the fields say, as the button does.
      await page.keyboard.press('g');
      await expect.poll(() => page.locator('.hedge-statement').textContent(), { timeout: SOLVING_MS }).not.toBe(before);
      const titles = await page.locator('.hedge-leg-title strong').allTextContents();
      expect(titles.length).toBeGreaterThan(0);
      expect(titles.filter((title) => /^Buy .*-P$/.test(title))).toEqual([]);
    },
    SOLVING_MS,
  );

  it(
    'takes hedges to be there whatever happens when the sheet says so, and compares alternatives with the same',
    async () => {
      const { page } = station;
      await page.keyboard.press('a');
      const sheet = page.getByRole('dialog', { name: 'Limits of the suggestion' });
      await sheet.getByLabel(/Take every hedge to be there/).check();
      expect(await sheet.getByLabel(/A venue halts/).isDisabled()).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByRole('note', { name: 'Not as usual' }).getByText('no hedge is ever lost').waitFor();
      await page.getByRole('button', { name: /Solve again/ }).click();
      await page.locator('.hedge-leg').first().waitFor({ timeout: SOLVING_MS });
      await page.getByRole('tab', { name: 'Alternatives' }).click();
      await page.getByRole('button', { name: /Compare again/ }).waitFor({ timeout: SOLVING_MS });
      expect(
        await page
          .locator('.hedge-leg')
          .getByText(/^Keeps .* of its gain/)
          .count(),
      ).toBe(0);
      await page.keyboard.press('c');
      await page.getByRole('button', { name: /Compare again/ }).waitFor({ state: 'detached', timeout: SOLVING_MS });
      await page.locator('.hedge-alternatives tr', { hasText: 'shown above' }).waitFor({ timeout: SOLVING_MS });
      await page.keyboard.press('a');
      await sheet.getByLabel(/Take every hedge to be there/).uncheck();
      await sheet.getByRole('button', { name: 'Set limits' }).click();
      await page.keyboard.press('g');
      await page.locator('.hedge-leg').first().waitFor({ timeout: SOLVING_MS });
    },
    2 * SOLVING_MS,
  );

  it(
    'after an edit says whether the standing suggestion is still right, why each leg changed, and makes it anew within its limits',
    async () => {
      const { page, client } = station;
      const contents = await client.call('book.contents', {});
      if (!contents.ok) throw new Error(contents.failure.message);
      const pledged = contents.value.positions.find((position) => position.accountId === 'MRP-1' && Number(position.quantity) > 0);
      if (pledged === undefined) throw new Error('MRP-1 has nothing pledged');
      const row = { ...pledged, quantity: (Number(pledged.quantity) * 0.98).toFixed(4) };
      const edited = await client.call('book.edit', { label: 'Take some out', edits: [{ kind: 'putPosition', row }] });
      if (!edited.ok) throw new Error(edited.failure.message);
      await page.getByRole('heading', { name: 'Standing suggestion' }).waitFor();
      await page.getByText(/Since then: .*one position edited/).waitFor({ timeout: SOLVING_MS });
      for (const reason of await page.locator('.hedge-leg.is-standing .secondary').allTextContents())
        expect(reason.length).toBeGreaterThan(10);
      expect(await page.locator('.hedge-leg.is-standing').count()).toBeGreaterThan(0);
      await page.getByRole('button', { name: '1 limit …' }).waitFor();
      await page.keyboard.press('g');
      await page.locator('.hedge-solver', { hasText: /gap/ }).waitFor({ timeout: SOLVING_MS });
      await page.getByRole('button', { name: '1 limit …' }).waitFor();
    },
    SOLVING_MS,
  );

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
