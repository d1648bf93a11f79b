import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';
import { accessibilityTroubles, pageTroubles, settled } from './screen-checks.ts';

let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await settled(station.page);
}, 120_000);

afterAll(() => station.close());

describe('the window', () => {
  it('reaches every screen by its key and says which one it is', async () => {
    const { page } = station;
    const titles = ['Overview', 'Book', 'Accounts', 'Network', 'Stress', 'Hedges', 'Import', 'Reports'];
    for (const [index, title] of titles.entries()) {
      await page.keyboard.press(String(index + 1));
      await page.locator('.rail-button[aria-current="page"]', { hasText: title }).waitFor();
    }
    await page.keyboard.press('Backspace');
    await page.locator('.rail-button[aria-current="page"]', { hasText: 'Import' }).waitFor();
  });

  it('finds an account in the palette and goes to it, without a mouse', async () => {
    const { page } = station;
    await page.keyboard.press('Control+K');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('MRP-1');
    await page
      .getByRole('option', { name: /^MRP-1 / })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.rail-button[aria-current="page"]', { hasText: 'Accounts' }).waitFor();
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  it('shows its keys under ? and closes them with Escape', async () => {
    const { page } = station;
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard map' }).getByText('Go to, run or find').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  it('walks from panel to panel with F6', async () => {
    const { page } = station;
    await page.keyboard.press('1');
    await page.getByRole('region', { name: 'State of the book' }).waitFor();
    const names: (string | null)[] = [];
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press('F6');
      names.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby') ?? null));
    }
    expect(new Set(names).size).toBe(3);
    expect(names).not.toContain(null);
  });

  it('keeps the theme that was chosen over a reload', async () => {
    const { page } = station;
    const themeNow = () => page.evaluate(() => document.documentElement.dataset['theme']);
    const before = await themeNow();
    await page.keyboard.press('Control+Shift+L');
    const chosen = await themeNow();
    expect(chosen).not.toBe(before);
    await page.reload();
    await settled(page);
    expect(await themeNow()).toBe(chosen);
    await page.keyboard.press('Control+Shift+L');
  });

  it('tells the age of its sources, the coverage and what the numbers can be repeated with', async () => {
    const status = await station.page.locator('.status-bar').textContent();
    expect(status).toMatch(/Coverage \d/);
    expect(status).toMatch(/seed 7 · engine \S+ · [0-9a-f]{6}/);
  });

  it('has no serious accessibility violation in either theme, with the palette open too', async () => {
    const { page } = station;
    expect(await accessibilityTroubles(page)).toEqual([]);
    await page.keyboard.press('Control+K');
    await page.locator('[cmdk-input]').waitFor();
    expect(await accessibilityTroubles(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('runs without an error, a failed request or a breach of the content policy', () => {
    expect(pageTroubles(station)).toEqual([]);
  });
});
