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
    await page.getByRole('slider', { name: 'Depth thinning' }).fill('0.8');
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

  it('takes back the last change of the bar, and names what differs from the reference', async () => {
    const { page } = station;
    const before = await page.locator('.stress-totals').textContent();
    await page.getByRole('radiogroup', { name: 'Crowd' }).getByText('alone', { exact: true }).click();
    await page.getByText('changed: crowd').waitFor();
    await page.getByRole('radiogroup', { name: 'Latency' }).getByText('2', { exact: true }).click();
    await page.getByText('changed: latency, crowd').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('changed: crowd').waitFor();
    await page.getByRole('button', { name: 'Reference' }).click();
    await expect.poll(() => page.locator('.stress-totals').textContent()).toBe(before);
  });

  it('opens the causes of a fall by keys down to the shock', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Root causes' }).click();
    const lines = page.getByRole('treeitem');
    expect(await page.getByRole('treeitem', { level: 1 }).count()).toBe(analysis.cascade.fallen.length);
    const before = await lines.count();
    await lines.first().focus();
    await page.keyboard.press('ArrowLeft');
    expect(await lines.count()).toBeLessThan(before);
    await page.keyboard.press('ArrowRight');
    expect(await lines.count()).toBe(before);
    await page.getByText('the shock: ETH').first().waitFor();
  });

  it('draws the money of a round, and has its numbers as a table', async () => {
    const { page } = station;
    await page.locator('.stress-card').nth(1).click();
    await page.getByRole('tab', { name: 'Money flow' }).click();
    const chart = page.getByRole('group', { name: 'Money flow of round 1, USD' });
    await chart.focus();
    await page.keyboard.press('t');
    expect(await chart.locator('tbody tr').count()).toBe(analysis.cascade.rounds[1]?.flows.length);
  });

  it('maps phases, and runs the cascade of a cell chosen by key', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Phase map' }).click();
    await page.getByText('Accounts begin to fall only because others sell').waitFor({ timeout: 60_000 });
    await page.getByRole('group', { name: /Phase map/ }).focus();
    for (const key of ['ArrowRight', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await page.getByText('changed: shock, depth').waitFor();
    await page.getByRole('button', { name: 'Reference' }).click();
  });

  it('shows policies with who bears what, the fate of each hedge, and how often each account falls in the draws', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Policies' }).click();
    await page.locator('.policy-bars canvas').waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Hedges' }).click();
    await page.locator('.policy-legs tbody tr').first().waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Fan' }).click();
    await page.locator('.fan-falls', { hasText: '±' }).waitFor({ timeout: 60_000 });
    await page.locator('.fan-ends', { hasText: 'one outcome' }).waitFor({ timeout: 60_000 });
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
