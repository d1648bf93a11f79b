import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

const SOLVING_MS = 120_000;
let station: Workstation;

beforeAll(async () => {
  station = await openWorkstation();
  await station.client.call('analysis.run', {});
}, 120_000);

afterAll(() => station.close());

async function openTickets(): Promise<readonly string[]> {
  const blotter = await station.client.call('blotter.list', {});
  if (!blotter.ok) throw new Error(blotter.failure.message);
  return blotter.value.tickets.map(({ title, remainingQuantity }) => `${title}: ${remainingQuantity}`);
}

/** Takes a twentieth of what MRP-2 has pledged out of the book: it falls with what was suggested before. */
async function weakenLoan(): Promise<void> {
  const contents = await station.client.call('book.contents', {});
  if (!contents.ok) throw new Error(contents.failure.message);
  const pledged = contents.value.positions.find((position) => position.accountId === 'MRP-2' && Number(position.quantity) > 0);
  if (pledged === undefined) throw new Error('MRP-2 has nothing pledged');
  const row = { ...pledged, quantity: (Number(pledged.quantity) * 0.95).toFixed(4) };
  const edited = await station.client.call('book.edit', { label: 'Take some out', edits: [{ kind: 'putPosition', row }] });
  if (!edited.ok) throw new Error(edited.failure.message);
}

describe('staging the suggestion in the blotter', () => {
  it('says what to do first while nothing has been suggested', async () => {
    const { page } = station;
    await page.keyboard.press('1');
    await page.keyboard.press('s');
    const sheet = page.getByRole('dialog', { name: 'Stage the suggestion in the blotter' });
    await sheet.getByText(/no suggestion stands/).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  it(
    'shows every new ticket before it is made, makes none when it is cancelled, and all of them by the keyboard alone',
    async () => {
      const { page } = station;
      await page.keyboard.press('6');
      await page.getByRole('button', { name: /Suggest hedges/ }).click();
      await page.locator('.hedge-leg').first().waitFor({ timeout: SOLVING_MS });
      const legs = await page.locator('.hedge-leg').count();
      await page.keyboard.press('s');
      const rows = page.locator('.stage-table tbody tr');
      await rows.first().waitFor({ timeout: SOLVING_MS });
      expect(await page.locator('.stage-table tr[data-action="make"]').count()).toBe(legs);
      await page.keyboard.press('Escape');
      expect(await openTickets()).toEqual([]);
      await page.keyboard.press('s');
      await rows.first().waitFor({ timeout: SOLVING_MS });
      await page.keyboard.press('Enter');
      await page.getByText('The blotter is staged').waitFor();
      expect(await openTickets()).toHaveLength(legs);
    },
    SOLVING_MS,
  );

  it(
    'when an account comes to fall, says so in a notice and in the status bar, and changes only the tickets that it needs',
    async () => {
      const { page } = station;
      await page.keyboard.press('2');
      const before = await openTickets();
      await weakenLoan();
      await page.getByText('MRP-2 falls with the standing suggestion', { exact: true }).first().waitFor({ timeout: SOLVING_MS });
      await page.locator('.status-alarm', { hasText: 'MRP-2 falls' }).waitFor();
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await page.locator('.stage-table tr[data-action="change"]', { hasText: 'MRP-2' }).waitFor({ timeout: SOLVING_MS });
      await page.getByText(/MRP-2 falls with the standing legs and holds with these/).waitFor();
      const touched = await page.locator('.stage-table tbody tr:not([data-action="keep"])').count();
      await page.getByRole('button', { name: new RegExp(`^Stage ${touched} changes?`) }).click();
      await page.getByText('The blotter is staged').last().waitFor();
      const after = await openTickets();
      expect(after.filter((ticket) => !before.includes(ticket)).join()).toMatch(/Repay .* on MRP-2/);
      await page.locator('.status-alarm').waitFor({ state: 'detached', timeout: SOLVING_MS });
      await page.keyboard.press('Control+z');
      await expect.poll(openTickets).toEqual(before);
      await page.locator('.status-alarm', { hasText: 'MRP-2 falls' }).waitFor({ timeout: SOLVING_MS });
    },
    2 * SOLVING_MS,
  );

  it(
    'leads with the alarm on the Hedges screen, with the legs to act on first',
    async () => {
      const { page } = station;
      await page.keyboard.press('6');
      await page.locator('.hedge-statement.is-alarm', { hasText: 'MRP-2 falls' }).waitFor({ timeout: SOLVING_MS });
      expect(await page.locator('.hedge-leg.is-standing').first().textContent()).toContain('MRP-2');
      await page.getByRole('button', { name: /Stage as a blotter/ }).click();
      await page.locator('.stage-table tbody tr').first().waitFor({ timeout: SOLVING_MS });
      await page.keyboard.press('Escape');
    },
    SOLVING_MS,
  );

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
