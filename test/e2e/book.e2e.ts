import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookContents } from '../../main/domain/book.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';
import { accessibilityTroubles, openScreen, pageTroubles, settled } from './screen-checks.ts';

let station: Workstation;
let contents: BookContents;

async function quantityOf(positionId: string): Promise<string | undefined> {
  const result = await station.client.call('book.contents', {});
  return result.ok ? result.value.positions.find((position) => position.id === positionId)?.quantity : undefined;
}

/** The row of a position that is on the screen, with its id. */
async function firstPosition(): Promise<string> {
  const id = await station.page.locator('.book .ag-row[row-index]:not(.grid-group):not([row-id="total"])').first().getAttribute('row-id');
  if (id === null) throw new Error('no position on the screen');
  return id;
}

beforeAll(async () => {
  station = await openWorkstation();
  await station.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const result = await station.client.call('book.contents', {});
  if (!result.ok) throw new Error(result.failure.message);
  contents = result.value;
  await openScreen(station, '2', 'Book');
  await station.page.locator('.book .ag-row').first().waitFor();
}, 120_000);

afterAll(() => station.close());

describe('the Book of the demo', () => {
  it('counts its positions, and its tabs split them', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: `All positions ${contents.positions.length}` }).waitFor();
    const options = contents.positions.filter(
      (position) => contents.instruments.find((entry) => entry.id === position.instrumentId)?.kind === 'option',
    );
    await page.getByRole('tab', { name: `Options ${options.length}` }).waitFor();
    expect(await page.locator('.panel-foot').textContent()).toMatch(/\d+ of \d+ positions, [\d.]+\u2009% of gross value priced/);
  });

  it('filters by F and words', async () => {
    const { page } = station;
    await page.keyboard.press('f');
    await page.keyboard.type('mrp-1');
    await page.locator('.grid-group', { hasText: 'MRP-1' }).first().waitFor();
    await page.locator('.book .grid-group').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('.book .grid-group').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.locator('.book .grid-group').nth(1).waitFor();
  });

  it('edits a quantity in place and takes it back with Ctrl Z', async () => {
    const { page } = station;
    await settled(page);
    const id = await firstPosition();
    const before = await quantityOf(id);
    await page.locator(`.ag-row[row-id="${id}"] .ag-cell[col-id="quantity"]`).click();
    await page.keyboard.press('F2');
    await page.locator('.ag-cell-inline-editing input').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1,234.5');
    await page.keyboard.press('Enter');
    await page.getByText('Quantity changed').waitFor();
    expect(await quantityOf(id)).toBe('1234.5');
    await settled(page);
    await page.locator(`.ag-row[row-id="${id}"] .ag-cell[col-id="quantity"]`).click();
    await page.keyboard.press('Control+Z');
    await page.getByText('Undone').waitFor();
    expect(await quantityOf(id)).toBe(before);
  });

  it('refuses what is no quantity and changes nothing', async () => {
    const { page } = station;
    await settled(page);
    const id = await firstPosition();
    const before = await quantityOf(id);
    await page.locator(`.ag-row[row-id="${id}"] .ag-cell[col-id="quantity"]`).click();
    await page.keyboard.press('F2');
    await page.locator('.ag-cell-inline-editing input').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1e5');
    await page.keyboard.press('Enter');
    await page.getByText('“1e5” is not a quantity').waitFor();
    expect(await quantityOf(id)).toBe(before);
  });

  it('copies raw, unrounded values with Ctrl C', async () => {
    const { page } = station;
    await settled(page);
    const id = await firstPosition();
    await page.locator(`.ag-row[row-id="${id}"] .ag-cell[col-id="value"]`).click();
    await page.keyboard.press('Control+C');
    await page.getByText('1 row copied').waitFor();
    const [head, row] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    expect(head?.split('\t')[0]).toBe('Account / instrument');
    expect(row?.split('\t')[6]).toMatch(/^-?\d+(\.\d+)?(e-?\d+)?$/);
  });

  it('folds an account with Enter and opens it again', async () => {
    const { page } = station;
    const group = page.locator('.book .grid-group').first();
    const id = (await group.getAttribute('row-id')) ?? '';
    const account = id.replace('account ', '');
    const members = contents.positions.filter((position) => position.accountId === account).length;
    await group.locator('.ag-cell').first().click();
    await page.keyboard.press('Enter');
    await page.locator(`[row-id="${id}"] [aria-expanded="false"]`).waitFor();
    await page.keyboard.press('Enter');
    await page.locator(`[row-id="${id}"] [aria-expanded="true"]`).waitFor();
    expect(members).toBeGreaterThan(0);
  });

  it('has no serious accessibility violation in either theme', async () => {
    expect(await accessibilityTroubles(station.page)).toEqual([]);
  });

  it('runs without an error, a failed request or a breach of the content policy', () => {
    expect(pageTroubles(station)).toEqual([]);
  });
});
