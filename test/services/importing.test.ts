import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openDesk, SPOT_HEADER, spotRow, type Desk } from '../importing/import-desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

const rows = (...lines: string[]): string => [SPOT_HEADER, ...lines, ''].join('\n');
const many = (count: number): string =>
  rows(
    ...Array.from({ length: count }, (_, index) => spotRow(`P-${index}`, `${index}.5`, { entry: '60000.25', at: '2026-02-05T21:29:37Z' })),
  );

describe('import', () => {
  it('writes nothing in a preview, everything in one undoable step at commit', async () => {
    const before = desk.book().digest();
    const path = desk.file('p.csv', rows(spotRow('P-1', '1.50', { entry: '60000' }), spotRow('P-2', '2')));
    const preview = must(await desk.preview(path));
    expect(preview).toMatchObject({ rows: 2, positionsAfter: 2, canCommit: true, format: 'interlock-csv' });
    expect(desk.book().digest()).toBe(before);
    const result = must(await desk.importing['import.commit']({ previewId: preview.previewId }, desk.context()));
    expect(result).toMatchObject({ rowsWritten: 2, rowsRejected: 0, positions: 2, summary: '2 of 2 rows, 0.0 % of gross value priced' });
    expect(desk.position('P-1')).toEqual({
      id: 'P-1',
      accountId: 'CST-9',
      instrumentId: 'spot:BTC',
      quantity: '1.50',
      entryPrice: '60000',
      openedAt: null,
    });
    expect(must(desk.book().contents()).accounts).toMatchObject([{ id: 'CST-9', venueId: 'custody', kind: 'cross' }]);
    must(desk.book().undo());
    expect(desk.book().digest()).toBe(before);
    expect(must(desk.book().contents()).accounts).toEqual([]);
  });

  it('finds everything unchanged the second time, however numbers and times are written', async () => {
    await desk.load(desk.file('p.csv', rows(spotRow('P-1', '1.5', { entry: '60000', at: '2026-02-05T21:00:00Z' }))));
    const again = must(
      await desk.preview(desk.file('q.csv', rows(spotRow('P-1', '1.50', { entry: '6e4', at: '2026-02-06T02:30:00+05:30' })))),
    );
    expect(again.counts).toEqual({ new: 0, changed: 0, unchanged: 1, asked: 0, rejected: 0 });
    expect(again.canCommit).toBe(false);
    expect(await desk.importing['import.commit']({ previewId: again.previewId }, desk.context())).toMatchObject({
      ok: false,
      failure: { reason: 'invalidValue' },
    });
  });

  it('changes what differs and keeps what the file does not speak of', async () => {
    await desk.load(desk.file('p.csv', rows(spotRow('P-1', '1', { entry: '60000', at: '2026-02-05T21:00:00Z' }), spotRow('P-2', '2'))));
    const { preview } = await desk.load(
      desk.file('q.csv', 'position_id,account_id,instrument_id,quantity\nP-1,CST-9,spot:BTC,3\nP-2,CST-9,spot:BTC,2\n'),
    );
    expect(preview.counts).toMatchObject({ changed: 1, unchanged: 1 });
    expect(desk.position('P-1')).toMatchObject({ quantity: '3', entryPrice: '60000', openedAt: '2026-02-05T21:00:00Z' });
  });

  it('refuses to commit while questions are open, and does as answered', async () => {
    const path = desk.file('p.csv', rows(spotRow('P-1', '"1,5"', { at: '05-02-2026' }), spotRow('P-2', '1.250')));
    const asked = must(await desk.preview(path));
    expect(asked.counts).toEqual({ new: 0, changed: 0, unchanged: 0, asked: 2, rejected: 0 });
    expect(asked.questions.map((question) => question.id)).toEqual(['decimalSign']);
    expect(asked.questions[0]?.lines).toEqual([2, 3]);
    expect(await desk.importing['import.commit']({ previewId: asked.previewId }, desk.context())).toMatchObject({
      ok: false,
      failure: { reason: 'ambiguous' },
    });
    const half = must(await desk.preview(path, { decimalSign: 'comma' }));
    expect(half.questions.map((question) => question.id)).toEqual(['dateOrder']);
    await desk.load(path, { decimalSign: 'comma', dateOrder: 'dayFirst' });
    expect(desk.position('P-1')).toMatchObject({ quantity: '1.5', openedAt: '2026-02-05T00:00:00Z' });
    expect(desk.position('P-2')).toMatchObject({ quantity: '1250' });
  });

  it('shows the first 20 rows and every problem after them', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => spotRow(`P-${index}`, index === 50 ? 'NaN' : '1'));
    const { sample, rows: count, counts } = must(await desk.preview(desk.file('p.csv', rows(...lines))));
    expect(count).toBe(60);
    expect(counts).toMatchObject({ new: 59, rejected: 1 });
    expect(sample.map((row) => row.line)).toEqual([...Array.from({ length: 20 }, (_, index) => index + 2), 52]);
    expect(sample.at(-1)).toMatchObject({ state: 'rejected', column: 'quantity', reason: 'NaN is not a finite number' });
  });

  it('is cancelled within a piece of the file, with nothing written', async () => {
    const path = desk.file('p.csv', many(20_000));
    const preview = must(await desk.preview(path));
    const before = desk.book().digest();
    const controller = new AbortController();
    const context = {
      ...desk.context(controller.signal),
      progress: (phase: string, done: number) => {
        if (phase === 'writing' && done > 0) controller.abort();
      },
    };
    const done = await desk.importing['import.commit']({ previewId: preview.previewId }, context);
    expect(done).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
    expect(desk.book().digest()).toBe(before);
    expect(desk.positions()).toEqual([]);
    // The preview is still good, and the book can be written again.
    expect(await desk.importing['import.commit']({ previewId: preview.previewId }, desk.context())).toMatchObject({ ok: true });
    expect(desk.positions()).toHaveLength(20_000);
  });

  it('refuses to commit a file or a book that changed after the preview', async () => {
    const path = desk.file('p.csv', rows(spotRow('P-1', '1')));
    const first = must(await desk.preview(path));
    desk.file('p.csv', rows(spotRow('P-1', '2')));
    expect(await desk.importing['import.commit']({ previewId: first.previewId }, desk.context())).toMatchObject({
      ok: false,
      failure: { reason: 'conflict' },
    });
    expect(desk.positions()).toEqual([]);
    const second = must(await desk.preview(path));
    must(desk.book().edit('Rename', [{ kind: 'rename', name: 'Other' }]));
    expect(await desk.importing['import.commit']({ previewId: second.previewId }, desk.context())).toMatchObject({
      ok: false,
      failure: { reason: 'conflict' },
    });
    expect(await desk.importing['import.commit']({ previewId: 'nothing' }, desk.context())).toMatchObject({
      ok: false,
      failure: { reason: 'notFound' },
    });
  });

  it('writes nothing when the file went away after the preview', async () => {
    const path = desk.file('p.csv', rows(spotRow('P-1', '1')));
    const { previewId } = must(await desk.preview(path));
    rmSync(path);
    const done = await desk.importing['import.commit']({ previewId }, desk.context());
    expect(done).toMatchObject({ ok: false, failure: { reason: 'storage' } });
    expect(desk.positions()).toEqual([]);
  });

  it('cancels a preview', async () => {
    const controller = new AbortController();
    controller.abort();
    const cancelled = await desk.importing['import.preview'](
      { source: { path: desk.file('p.csv', many(100)) }, format: 'auto', answers: {} },
      desk.context(controller.signal),
    );
    expect(cancelled).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  });

  it('takes bytes from a browser and gives their temporary file back', async () => {
    const spilled = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('interlock-import-'));
    const before = spilled().length;
    const base64 = Buffer.from(rows(spotRow('P-1', '1'))).toString('base64');
    const preview = must(
      await desk.importing['import.preview']({ source: { name: '../../p.csv', base64 }, format: 'auto', answers: {} }, desk.context()),
    );
    expect(preview.fileName).toBe('p.csv');
    must(await desk.importing['import.commit']({ previewId: preview.previewId }, desk.context()));
    const bad = await desk.importing['import.preview'](
      { source: { name: 'p.csv', base64: 'not base64!!' }, format: 'auto', answers: {} },
      desk.context(),
    );
    expect(bad).toMatchObject({ ok: false, failure: { reason: 'invalidFile' } });
    expect(spilled().length).toBe(before);
  });

  it('names a file that is not there, a format that is another and a path that is a folder', async () => {
    expect(await desk.preview(`${desk.folder}/nothing.csv`)).toMatchObject({ ok: false, failure: { reason: 'storage' } });
    expect(existsSync(`${desk.folder}/nothing.csv`)).toBe(false);
    expect(await desk.preview(desk.folder)).toMatchObject({ ok: false, failure: { reason: 'storage' } });
    const wrong = await desk.preview(desk.file('p.csv', rows(spotRow('P-1', '1'))), {}, 'binance-trades');
    expect(wrong).toMatchObject({ ok: false, failure: { message: 'p.csv is Interlock positions, CSV, not binance-trades' } });
  });

  it('says how much of the value the active snapshot prices', async () => {
    const quote = { assetId: 'BTC', priceUsd: 60_000, source: 'test', asOf: '2026-02-05T21:29:37Z', intervalMs: null };
    const snapshot = {
      id: 's',
      name: 's',
      asOf: '2026-02-05T21:29:37Z',
      source: 'test',
      quotes: [quote],
      listings: [],
      depth: [],
      funding: [],
      reserves: [],
      crowd: [],
      history: [],
      dayBefore: [],
      assumptions: [],
    };
    must(desk.book().putSnapshot(snapshot));
    const other = 'P-2,CST-9,spot:XYZ,10,2000,,custody,spot,XYZ,base';
    const { preview, result } = await desk.load(desk.file('p.csv', rows(spotRow('P-1', '1'), other)));
    expect(preview).toMatchObject({ pricedRows: 1, pricedValueFraction: 0.75 });
    expect(result.summary).toBe('2 of 2 rows, 75.0 % of gross value priced');
  });
});
