import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';
import { accessibilityTroubles, openScreen, pageTroubles, settled } from './screen-checks.ts';

const HEADER =
  'ID,UserSeq,Date,Instrument,Type,Side,Amount,Base Amount,Position,Price,Mark Price,Index Price,Cash Flow,Funding,Fee Rate,Fee Charged,Fee Balance,Change,Balance,Equity,Trade ID,Order ID,Info,Note';

function row(index: number, amount: string): string {
  return `${118203341 + index},${84120 + index},2026-02-05 09:0${index}:02,BTC-27MAR26-55000-P,trade,open sell,${amount},${amount},-25.0,0.0285,0.029,63902,0,0,0.0003,0.0075,0,0.71,120.5,121,T-${index},O-${index},,`;
}

const folder = makeTemporaryFolder();
const path = join(folder.path, 'deribit_transaction_log.csv');
let station: Workstation;

async function digest(): Promise<string> {
  const info = await station.client.call('book.info', {});
  if (!info.ok) throw new Error(info.failure.message);
  return info.value.digest;
}

beforeAll(async () => {
  writeFileSync(path, [HEADER, row(0, '25.0'), row(1, '"1.200,0"'), row(2, '1e999'), row(3, '30.0'), ''].join('\n'));
  station = await openWorkstation();
  await openScreen(station, '7', 'Import');
}, 120_000);

afterAll(async () => {
  await station.close();
  folder.remove();
});

describe('the Import screen', () => {
  it('reads a file, shows what would happen and asks what the file leaves open', async () => {
    const { page } = station;
    const before = await digest();
    await page.getByLabel('File to import').setInputFiles(path);
    await page.getByRole('region', { name: 'What will happen' }).waitFor();
    await page.getByRole('group', { name: /which sign is decimal/ }).waitFor();
    await page
      .getByRole('region', { name: /^Rejected/ })
      .getByText('1e999 is not a finite number')
      .waitFor();
    expect(await page.locator('.boxed-rejected').first().textContent()).toBe('1e999');
    expect(await page.getByRole('button', { name: /^Write/ }).isDisabled()).toBe(true);
    expect(await digest()).toBe(before);
  });

  it('has no serious accessibility violation in either theme', async () => {
    expect(await accessibilityTroubles(station.page)).toEqual([]);
  });

  it('keeps the rejected rows as a file', async () => {
    const { page } = station;
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('deribit_transaction_log-rejected.csv');
  });

  it('writes once every question is answered, as one step that Undo takes back', async () => {
    const { page } = station;
    const before = await digest();
    await page.getByRole('radio', { name: /^Comma is decimal/ }).check();
    await page.getByRole('radio', { name: /^DRB-MAIN/ }).check();
    await page.getByRole('button', { name: /^Write 3 rows/ }).waitFor();
    await page.locator('.importing-foot').click();
    await page.keyboard.press('Control+Enter');
    await page.getByText('3 rows written').waitFor();
    expect(await digest()).not.toBe(before);
    await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone').waitFor();
    expect(await digest()).toBe(before);
    await settled(page);
  });

  it('names what is wrong with a file of no known layout', async () => {
    const { page } = station;
    const strange = join(folder.path, 'strange.csv');
    writeFileSync(strange, 'a,b,c\n1,2,3\n');
    await page.getByRole('button', { name: 'Another file' }).click();
    await page.getByLabel('File to import').setInputFiles(strange);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/a, b, c|layout/);
  });

  it('runs without an error, a failed request or a breach of the content policy', () => {
    expect(pageTroubles(station)).toEqual([]);
  });
});
