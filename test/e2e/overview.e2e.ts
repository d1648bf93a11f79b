import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisResult } from '../../main/contract/analysis.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';
import { accessibilityTroubles, openScreen, pageTroubles } from './screen-checks.ts';

let station: Workstation;
let analysis: AnalysisResult;

beforeAll(async () => {
  station = await openWorkstation();
  const result = await station.client.call('analysis.run', {});
  if (!result.ok) throw new Error(result.failure.message);
  analysis = result.value;
  await openScreen(station, '1', 'Overview');
  await station.page.locator('.statement-headline').waitFor();
}, 120_000);

afterAll(() => station.close());

describe('the Overview of the demo book', () => {
  it('opens with the statement of the result', async () => {
    expect(await station.page.locator('.statement-headline').textContent()).toBe(analysis.statement.headline);
  });

  it('lists every account, the nearest to a joint breach on top', async () => {
    const rows = station.page.getByRole('region', { name: 'Accounts by distance to liquidation' }).locator('.ag-cell[col-id="account"]');
    expect(await rows.count()).toBe(analysis.accounts.length);
    const top = station.page.locator('.overview-distance .ag-row[row-index="0"] .ag-cell[col-id="account"]');
    expect(await top.textContent()).toBe(analysis.totals.nearestAccountId);
  });

  it('explains a tile by click and gives the focus back on Escape', async () => {
    const { page } = station;
    const surplus = page.locator('.tile', { hasText: 'Interconnection surplus' }).getByRole('button');
    await surplus.click();
    const dialog = page.getByRole('dialog', { name: 'Explanation' });
    await dialog.getByText('Copy with inputs').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await surplus.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('explains a cell of the grid with Space, by keyboard alone', async () => {
    const { page } = station;
    await page.locator('.overview-distance .ag-row[row-index="0"] .ag-cell[col-id="account"]').click();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.getByRole('dialog', { name: 'Explanation' }).getByText('Copy with inputs').waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows the index with its four parts, and what the whole loses beyond its parts', async () => {
    const { page } = station;
    const panel = page.getByRole('region', { name: 'What the ties cost' });
    const { value } = analysis.leverageIndex;
    expect(await panel.locator('.index-figure').textContent()).toBe(typeof value === 'number' ? value.toFixed(1) : '');
    expect(await panel.locator('.index-parts li').count()).toBe(4);
    await panel.getByRole('tab', { name: 'Whole against parts' }).click();
    await panel.getByRole('rowheader', { name: 'All together' }).waitFor();
  });

  it('shows what is assumed, what is missing and where prices come from', async () => {
    const { page } = station;
    const panel = page.getByRole('region', { name: 'What the numbers rest on' });
    expect(await panel.locator('.facts li').count()).toBe(analysis.assumptions.length);
    await panel.getByRole('tab', { name: /^Sources/ }).click();
    expect(await panel.locator('.facts li').count()).toBe(analysis.coverage.sources.length);
  });

  it('adds panels in a wide window and moves none', async () => {
    const { page } = station;
    await page.setViewportSize({ width: 2560, height: 1440 });
    await page.getByRole('region', { name: 'Profit and loss, M USD' }).waitFor();
    await page.getByRole('region', { name: 'Cascade at the reference shock' }).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('region', { name: 'Profit and loss, M USD' }).waitFor({ state: 'detached' });
  });

  it('has no serious accessibility violation in either theme', async () => {
    expect(await accessibilityTroubles(station.page)).toEqual([]);
  });

  it('suggests hedges on G and shows what they change', async () => {
    const { page } = station;
    await page.locator('.overview-statement').focus();
    await page.keyboard.press('g');
    await page.locator('.suggestion-foot, .suggestion-words').waitFor({ timeout: 120_000 });
  }, 130_000);

  it('runs without an error, a failed request or a breach of the content policy', () => {
    expect(pageTroubles(station)).toEqual([]);
  });
});
