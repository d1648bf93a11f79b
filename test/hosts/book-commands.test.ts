import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { typed as run } from '../support/typed-command.ts';

const folder = makeTemporaryFolder();
const book = join(folder.path, 'desk.interlock');

beforeAll(async () => {
  process.env['INTERLOCK_DATA'] = join(folder.path, 'data');
  expect((await run(['call', 'book.openDemo', JSON.stringify({ path: book })])).code).toBe(0);
});
afterAll(folder.remove);

describe('the blotter and hypothetical books from the command line', () => {
  test('what is promoted is listed, filled as one step and written as a file', { timeout: 120_000 }, async () => {
    const file = join(folder.path, 'blotter.interlock');
    expect((await run(['call', 'book.openDemo', JSON.stringify({ path: file })])).code).toBe(0);
    expect((await run(['blotter', 'list', '--book', file])).out).toBe('The blotter is empty.\n');
    const promoted = await run(['blotter', 'promote', '--book', file, '--json']);
    expect(promoted.code, promoted.err).toBe(0);
    const [first] = (JSON.parse(promoted.out) as { tickets: { id: string; quantity: string; limitPrice: string | null }[] }).tickets;
    if (first === undefined) throw new Error('no ticket');
    const price = first.limitPrice === null ? [] : ['--price', first.limitPrice];
    const filled = await run(['blotter', 'fill', '--book', file, '--ticket', first.id, '--quantity', first.quantity, ...price]);
    expect(filled.code, filled.err).toBe(0);
    expect(filled.out).toMatch(/filled/);
    const staged = await run(['blotter', 'stage', '--dry-run', '--book', file, '--json']);
    expect(staged.code, staged.err).toBe(0);
    const { tickets } = JSON.parse(staged.out) as { tickets: { ticketId: string | null; filledQuantity: string }[] };
    // What is filled whole is not staged again.
    expect(tickets.length).toBeGreaterThan(0);
    expect(tickets.map(({ ticketId }) => ticketId)).not.toContain(first.id);
    expect((await run(['blotter', 'export', '--book', file])).out.split('\n')[0]).toContain('limit');
    expect((await run(['blotter', 'fill', '--book', file, '--ticket', 'none', '--quantity', '1'])).err).toContain('ticket none');
  });

  test('a hypothetical book is compared with the live one, and the book stays as it was', { timeout: 120_000 }, async () => {
    const before = (await run(['book', 'info', book, '--json'])).out;
    const { code, out, err } = await run(['what-if', '--book', book, '--move', 'ETH=-0.1', '--json']);
    expect(code, err).toBe(0);
    const { columns, whatIf } = JSON.parse(out) as {
      columns: { equityUsd: number; nearestJointMove: number }[];
      whatIf: { edits: { title: string }[] };
    };
    expect(whatIf.edits.map(({ title }) => title)).toEqual(['Move ETH −10 %']);
    const [live, moved] = columns;
    expect(moved?.equityUsd).toBeLessThan(live?.equityUsd ?? NaN);
    expect(Math.abs(moved?.nearestJointMove ?? NaN)).toBeLessThan(Math.abs(live?.nearestJointMove ?? NaN));
    expect((await run(['book', 'info', book, '--json'])).out).toBe(before);
  });

  test.each(['CST-1=5', 'CST-1:USDC=many', 'CST-1:USDC=5@1'])('a row that is not understood is named: %s', async (text) => {
    const { code, err } = await run(['what-if', '--book', book, '--set', text]);
    expect([code, err.includes(text)]).toEqual([2, true]);
  });
});

describe('the borrowers around the book', () => {
  test('are drawn like the recorded ones or read from a list, and undo gives the recorded ones back', { timeout: 60_000 }, async () => {
    const file = join(folder.path, 'crowd.interlock');
    expect((await run(['call', 'book.openDemo', JSON.stringify({ path: file })])).code).toBe(0);
    const crowdOf = async (): Promise<number | undefined> => {
      const { out } = await run(['call', 'market.snapshots', '{}', '--book', file]);
      return (JSON.parse(out) as { isActive: boolean; crowd: number }[]).find(({ isActive }) => isActive)?.crowd;
    };
    const recorded = await crowdOf();
    const drawn = await run(['market', 'crowd', '--book', file, '--borrowers', '40', '--median-health', '1.3']);
    expect(drawn.out).toMatch(/40 borrowers: collateral lognormal.*health − 1 lognormal, median 0.300/);
    expect(await crowdOf()).toBe(40);
    const list = join(folder.path, 'borrowers.csv');
    writeFileSync(
      list,
      'owner,collateral_asset,collateral,debt_asset,debt,threshold\n0xa,WETH,100,USDC,100000,0.8\n0xb,WETH,-1,USDC,1,0.8\n',
    );
    const imported = await run(['market', 'import', '--book', file, '--file', list]);
    expect(imported.out).toMatch(/1 of 2 rows.*\n {2}line 3, collateral: -1/s);
    expect(await crowdOf()).toBe(1);
    for (let step = 0; step < 2; step += 1) await run(['call', 'book.undo', '{}', '--book', file]);
    expect(await crowdOf()).toBe(recorded);
  });
});
