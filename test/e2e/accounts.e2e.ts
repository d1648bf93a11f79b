import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisResult } from '../../main/contract/analysis.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

let station: Workstation;
let analysis: AnalysisResult;

beforeAll(async () => {
  station = await openWorkstation();
  const result = await station.client.call('analysis.run', {});
  if (!result.ok) throw new Error(result.failure.message);
  analysis = result.value;
  await station.page.keyboard.press('3');
  await station.page.getByRole('listbox', { name: 'Accounts by joint distance' }).waitFor();
}, 120_000);

afterAll(() => station.close());

describe('the Accounts screen on the demo book', () => {
  it('lists every account, the first to fall on top', async () => {
    const names = await station.page.getByRole('listbox').locator('.account-list-name').allTextContents();
    expect(names.toSorted()).toEqual(analysis.accounts.map((account) => account.accountId).toSorted());
    expect(names[0]).toBe(analysis.totals.nearestAccountId);
  });

  it('shows an account that is chosen, by pointer and by arrow key', async () => {
    const { page } = station;
    const list = page.getByRole('listbox');
    await list.getByRole('option').nth(1).click();
    const second = await list.locator('.account-list-name').nth(1).textContent();
    await page.locator('.account-head .account-title', { hasText: second ?? '' }).waitFor();
    await list.getByRole('option').nth(1).press('ArrowDown');
    const third = await list.locator('.account-list-name').nth(2).textContent();
    await page.locator('.account-head .account-title', { hasText: third ?? '' }).waitFor();
  });

  it('says by which driver alone an account can never be liquidated', async () => {
    const safe = analysis.accounts.find((account) =>
      account.liquidationPoints.some((point) => point.downMove === null && point.upMove === null),
    );
    const point = safe?.liquidationPoints.find((each) => each.downMove === null && each.upMove === null);
    expect(safe).toBeDefined();
    await station.page
      .getByRole('listbox')
      .getByText(safe?.accountId ?? '', { exact: true })
      .click();
    await station.page.getByText(`cannot be liquidated by ${point?.driver ?? ''} alone`, { exact: true }).waitFor();
  });

  it('turns the curve into its table and back with T', async () => {
    const { page } = station;
    await page.getByRole('listbox').getByRole('option').first().click();
    await page.locator('.accounts-charts .chart').first().focus();
    await page.keyboard.press('t');
    await page.locator('.accounts-charts').getByRole('columnheader', { name: 'Move, %' }).waitFor();
    await page.keyboard.press('t');
    await page.locator('.accounts-charts canvas').first().waitFor();
  });

  it('explains the excess of the account', async () => {
    const { page } = station;
    await page.locator('.account-head .tile', { hasText: 'Excess' }).getByRole('button').click();
    await page.getByRole('dialog', { name: 'Explanation' }).getByText('Copy with inputs').waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows how the requirement moves, where that ends, and why', async () => {
    const { page } = station;
    await page.locator('.account-greeks').getByRole('rowheader', { name: 'ETH price' }).waitFor();
    expect(await page.locator('.account-switch').textContent()).toMatch(/^Next switch\. .*ETH/);
    await page.locator('.account-greeks').getByRole('button').first().click();
    await page.getByRole('dialog', { name: 'Explanation' }).getByText('Change of excess, alone').waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows the account under other rules and lets one be edited, refused by name when out of range, and removed', async () => {
    const { page } = station;
    await page.getByRole('listbox').getByText('AAV-CORE', { exact: true }).click();
    const rules = page.locator('.account-bottom');
    await rules.getByText('in force', { exact: true }).waitFor();
    await rules.getByText('USDC not borrowable in this eMode').first().waitFor();
    await page.keyboard.press('n');
    const sheet = page.getByRole('dialog', { name: 'Edit a rule' });
    await sheet.getByLabel(/New value/).fill('99');
    await sheet.getByRole('button', { name: 'Try it' }).click();
    await sheet.getByText(/Threshold of wstETH of 0.99 is out of range/).waitFor();
    await sheet.getByLabel(/New value/).fill('79.5');
    await page.keyboard.press('Enter');
    const edited = rules.locator('[row-id="edited:threshold:wstETH:0.795"]').first();
    await edited.locator('.hypothetical-value').first().click();
    await rules.getByRole('button', { name: /Remove edit/ }).click();
    await edited.waitFor({ state: 'detached' });
  });

  it('explains a number of another rule set, and shows the positions in the other tab', async () => {
    const { page } = station;
    const rules = page.locator('.account-bottom');
    await rules.locator('[row-id="revision:3.0"] [col-id="excessUsd"]').click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Explanation' }).getByText('excess = limit − used').waitFor();
    await page.keyboard.press('Escape');
    await rules.getByRole('tab', { name: /Positions/ }).click();
    await rules.getByText('Looks through to, k USD').waitFor();
    await rules.getByRole('tab', { name: 'Under other rules' }).click();
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
