import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResult } from '../../main/contract/network.ts';
import { openWorkstation, type Workstation } from '../support/workstation.ts';

let station: Workstation;
let network: NetworkResult;

beforeAll(async () => {
  station = await openWorkstation();
  const result = await station.client.call('analysis.run', {});
  if (!result.ok) throw new Error(result.failure.message);
  network = result.value.network;
  await station.page.keyboard.press('4');
  await station.page.locator('.network-stage canvas').waitFor();
}, 120_000);

afterAll(() => station.close());

/** Label of the node that is announced as selected. */
async function selectedLabel(): Promise<string> {
  return (await station.page.locator('.network-screen > [aria-live]').textContent()) ?? '';
}

describe('the Network screen on the demo book', () => {
  it('lists every loop with its gain', async () => {
    await station.page.getByRole('tab', { name: 'Loops' }).click();
    const names = await station.page.locator('.network-loops tbody th').allTextContents();
    expect(names).toHaveLength(network.loops.length);
    for (const loop of network.loops) expect(names.some((name) => name.includes(loop.name))).toBe(true);
  });

  it('walks to the next loop with L and along edges with arrows', async () => {
    const { page } = station;
    const before = await selectedLabel();
    await page.locator('.network-stage .chart').focus();
    await page.keyboard.press('l');
    await expect.poll(selectedLabel).not.toBe(before);
    const onLoop = await selectedLabel();
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
    expect(network.nodes.some((node) => onLoop.startsWith(node.label))).toBe(true);
  });

  it('says the chain of the selection in words', async () => {
    const account = network.nodes.find((node) => node.kind === 'account' && node.isMine && (network.chains[node.id] ?? []).length > 0);
    const sentence = network.chains[account?.id ?? '']?.[0] ?? '';
    await station.page.keyboard.press('3');
    await station.page
      .getByRole('listbox')
      .getByText(account?.label ?? '', { exact: true })
      .click();
    await station.page.keyboard.press('4');
    await station.page.locator('.network-chain', { hasText: sentence }).waitFor();
  });

  it('shows the ties as a table with T', async () => {
    const { page } = station;
    await page.locator('.network-stage .chart').focus();
    await page.keyboard.press('t');
    await page.locator('.network-stage').getByRole('columnheader', { name: 'Value, M USD' }).waitFor();
    await page.keyboard.press('t');
    await page.locator('.network-stage canvas').waitFor();
  });

  it('tells what the failure of each node costs, largest first, and shows the node that is clicked', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: /What if one node fails/ }).click();
    const names = await page.locator('.network-failures tbody th').allTextContents();
    expect(names).toEqual(network.failures.map((failure) => failure.label));
    const lido = network.failures.find((failure) => failure.id === 'issuer:Lido');
    await page.locator('.network-failures tbody tr', { hasText: lido?.path ?? 'no such way' }).click();
    await expect.poll(selectedLabel).toContain('Lido, issuer');
  });

  it('shows which venue needs which protocol, and explains a figure of it', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Who needs whom' }).click();
    expect(await page.locator('.network-exposures tbody tr').count()).toBe(network.exposures.rows.length);
    await page.locator('.network-exposures tbody .explain').first().click();
    await page.getByRole('dialog').getByText('Held at one place, resting on another').waitFor();
    await page.keyboard.press('Escape');
  });

  it('lets the institution of a selected node fail, told by every model with what is assumed', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: /What if one node fails/ }).click();
    const aave = network.failures.find((failure) => failure.id === 'venue:aave');
    await page.locator('.network-failures tbody tr', { hasText: aave?.path ?? 'no such way' }).click();
    await page.getByRole('tab', { name: 'Contagion', exact: true }).click();
    const panel = page.locator('.network-wide');
    await expect.poll(() => panel.locator('select').inputValue(), { timeout: 30_000 }).toBe('aave');
    await panel.getByText('Aave fails and pays 50', { exact: false }).waitFor();
    expect(await panel.locator('tbody tr').count()).toBe(7);
    await panel.getByText('Assumed, not known', { exact: false }).waitFor();
    await panel.locator('select').selectOption('circle');
    await panel.getByText('Circle fails and pays 50', { exact: false }).waitFor();
    await panel.getByRole('radio', { name: '75' }).click();
    await panel.getByText('Circle fails and pays 75', { exact: false }).waitFor();
    await panel.locator('tbody .explain').first().click();
    await page.getByRole('dialog').getByText('Loss when one institution fails').waitFor();
    await page.keyboard.press('Escape');
  });

  it('plans transfers, with their cost and what stays missing', async () => {
    const { page } = station;
    await page.getByRole('tab', { name: 'Transfers', exact: true }).click();
    const panel = page.locator('.network-wide');
    await panel.getByText('transfers within 24 h cost', { exact: false }).waitFor();
    await panel.getByText('each account keeps a buffer of 5 %', { exact: false }).waitFor();
    await panel.locator('tbody .explain').first().click();
    await page.getByRole('dialog').getByText('Value of a transfer').waitFor();
    await page.keyboard.press('Escape');
    await panel.getByRole('radio', { name: '30 min' }).click();
    await panel.getByText('within 0.5 h', { exact: false }).waitFor();
    await page.getByRole('tab', { name: 'Loops' }).click();
  });

  it('explains every metric of the inspector', async () => {
    const { page } = station;
    const rows = page.locator('.network-metrics tbody tr');
    expect(await rows.count()).toBe(network.metrics.length);
    for (let row = 0; row < network.metrics.length; row += 4) {
      await rows.nth(row).locator('.explain').click();
      await page.getByRole('dialog').getByText('made of').waitFor();
      await page.keyboard.press('Escape');
    }
  });

  it('saves the graph as a drawing, a picture and its numbers', async () => {
    const { page } = station;
    for (const [title, ending] of [
      ['Drawing (SVG)', '.svg'],
      ['Picture (PNG)', '.png'],
      ['Numbers (CSV)', '.csv'],
    ] as const) {
      const saved = page.waitForEvent('download');
      await page.locator('.network-graph').getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('menuitem', { name: title }).click();
      expect((await saved).suggestedFilename()).toMatch(new RegExp(`^dependency-graph.*\\${ending}$`));
    }
  });

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
