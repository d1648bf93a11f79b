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

  it('runs without an error of the page', () => {
    expect(station.troubles).toEqual([]);
  });
});
