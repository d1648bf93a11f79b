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
  await station.page.keyboard.press('5');
  await station.page.locator('.stress-card').first().waitFor();
}, 120_000);

afterAll(() => station.close());

/** Position of the card under the playhead. */
async function playhead(): Promise<number> {
  const cards = await station.page.locator('.stress-card').evaluateAll((list) => list.map((card) => card.getAttribute('aria-current')));
  return cards.indexOf('step');
}

/** Waits until no cascade is under way. */
async function atRest(): Promise<void> {
  await station.page.locator('.stress-rounds:not(.is-waiting)').waitFor();
}

describe('the Stress screen on the demo book', () => {
  it('has a card for the shock and one for every round', async () => {
    expect(await station.page.locator('.stress-card').count()).toBe(analysis.cascade.rounds.length);
  });

  it('steps through the rounds with comma and full stop, and says a sentence for each', async () => {
    const { page } = station;
    await page.locator('.stress-card').first().click();
    expect(await playhead()).toBe(0);
    await page.locator('body').press('.');
    expect(await playhead()).toBe(1);
    expect(await page.locator('.round-sentence').textContent()).toBe(analysis.cascade.rounds[1]?.sentence);
    await page.locator('body').press(',');
    expect(await playhead()).toBe(0);
  });

  it('names what fell, and in which round', async () => {
    const rows = await station.page.locator('.stress-fallen tbody tr').allTextContents();
    expect(rows).toHaveLength(analysis.accounts.length);
    for (const fallen of analysis.cascade.fallen) {
      expect(rows.some((row) => row.includes(fallen.accountId) && row.includes(String(fallen.round)))).toBe(true);
    }
  });

  it('runs another cascade when the depth is thinner, marks the grid as of other assumptions, and comes back', async () => {
    const { page } = station;
    const before = await page.locator('.stress-totals').textContent();
    await page.getByRole('radiogroup', { name: 'Depth thinning' }).getByText('0.8', { exact: true }).click();
    await page.getByRole('button', { name: 'Reference' }).waitFor();
    await atRest();
    expect(await page.locator('.stress-totals').textContent()).not.toBe(before);
    await page.getByText('at the analysis’ assumptions').waitFor();
    await page.getByRole('button', { name: 'Reference' }).click();
    await expect.poll(() => page.locator('.stress-totals').textContent()).toBe(before);
  });

  it('runs the cascade of a heat cell chosen by key', async () => {
    const { page } = station;
    await page.locator('.stress-heat .chart').first().focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Reference' }).waitFor();
    await atRest();
    await page.getByRole('button', { name: 'Reference' }).click();
  });

  it('edits the shock in fields and refuses what is not a figure', async () => {
    const { page } = station;
    await page.locator('.stress-card').first().focus();
    await page.keyboard.press('e');
    const form = page.getByRole('form', { name: 'Shock' });
    await form.getByRole('textbox').first().fill('ten');
    await form.getByRole('alert').waitFor();
    await form.getByRole('textbox').first().fill('-5');
    await page.keyboard.press('Enter');
    await atRest();
    await page.getByRole('button', { name: 'Reference' }).click();
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
