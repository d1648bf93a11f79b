import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';
import { accessibilityTroubles, openScreen, pageTroubles } from './screen-checks.ts';

let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await openScreen(station, '8', 'Reports');
  await station.page.locator('iframe[title="Report"]').waitFor({ timeout: 120_000 });
}, 240_000);

afterAll(() => station.close());

describe('the Reports screen', () => {
  it('shows the report as it will be, unable to run anything', async () => {
    const frame = station.page.locator('iframe[title="Report"]');
    expect(await frame.getAttribute('sandbox')).toBe('');
    const heading = station.page.frameLocator('iframe[title="Report"]').locator('h1').first();
    expect((await heading.textContent())?.length ?? 0).toBeGreaterThan(0);
  });

  it('has no serious accessibility violation in either theme', async () => {
    expect(await accessibilityTroubles(station.page)).toEqual([]);
  });

  it('writes the five formats by key and lists each with size and digest', async () => {
    const { page } = station;
    await page.locator('.reporting-preview').focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('files written').waitFor({ timeout: 120_000 });
    const files = page.locator('.report-files li');
    expect(await files.count()).toBeGreaterThanOrEqual(5);
    for (const digest of await files.locator('code').allTextContents()) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  }, 130_000);

  it('lets the browser fetch a written file', async () => {
    const { page } = station;
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).first().click()]);
    expect(await download.failure()).toBeNull();
  });

  it('verifies a written file by a button, and says that it is reproduced', async () => {
    const { page } = station;
    const row = page.locator('.report-files li').filter({ hasText: 'interlock-report.pdf' });
    await row.getByRole('button', { name: 'Verify' }).click();
    const verdict = page.locator('.report-verdict');
    await verdict.waitFor({ timeout: 120_000 });
    expect(await verdict.textContent()).toContain('Reproduced');
    expect(await verdict.textContent()).toContain('the book that is open');
  }, 130_000);

  it('names the first difference of a file that was altered, and refuses one of another engine', async () => {
    const { page } = station;
    const written = await station.client.call('report.write', { formats: ['json'] });
    if (!written.ok) return expect.fail(written.failure.message);
    const text = await readFile(written.value.files[0]?.path ?? '', 'utf8');
    const choose = (name: string, altered: string): Promise<void> =>
      page
        .getByLabel('Report to verify', { exact: true })
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(altered) });
    await choose('altered.json', text.replace('"confidence":0.975,"elapsedMs"', '"confidence":0.9,"elapsedMs"'));
    const verdict = page.locator('.report-verdict').filter({ hasText: 'Differs' });
    await verdict.waitFor({ timeout: 120_000 });
    const words = (await verdict.textContent()) ?? '';
    for (const part of ['analysis.confidence', '0.9', '0.975']) expect(words).toContain(part);
    await choose('other.json', text.replace('"engineVersion":"', '"engineVersion":"9.'));
    await page.locator('.report-verify [role=alert]').waitFor({ timeout: 60_000 });
    expect(await page.locator('.report-verify [role=alert]').textContent()).toContain('computed by engine 9.');
  }, 260_000);

  it('runs without an error, a failed request or a breach of the content policy', () => {
    expect(pageTroubles(station)).toEqual([]);
  });
});
