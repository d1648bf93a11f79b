import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { connect, requiredPragmas } from '../../main/book/file/connection.ts';
import { createSampleBook, sampleContents, samplePosition, sampleScenarioSet, sampleSnapshot } from '../support/sample-book.ts';
import type { SampleBook } from '../support/sample-book.ts';
import { containing, failureOf, valueOf } from './result.ts';

let sample: SampleBook;

beforeEach(() => {
  sample = createSampleBook();
});

afterEach(() => sample.dispose());

describe('a book', () => {
  it('gives back every noun exactly as it was put', () => {
    const contents = valueOf(sample.book.contents());
    expect(contents).toEqual({ ...sampleContents, venues: byId(sampleContents.venues), instruments: byId(sampleContents.instruments) });
    expect(valueOf(sample.book.snapshot())).toEqual(sampleSnapshot);
    expect(valueOf(sample.book.scenarioSet())).toEqual(sampleScenarioSet);
    expect(valueOf(sample.book.notes())[0]?.text).toBe('Unwinds in March');
  });

  it('keeps a quantity as the text that was typed', () => {
    expect(valueOf(sample.book.position('P-5')).quantity).toBe('120.000000000000000001');
    expect(valueOf(sample.book.position('P-4')).quantity).toBe('250000.00');
  });

  it('says the same after it was closed and opened again', () => {
    const before = sample.book.info();
    sample.book.close();
    const again = valueOf(openBook(sample.path));
    expect(again.info()).toEqual(before);
    expect(valueOf(again.contents()).positions).toHaveLength(6);
    again.close();
  });

  it('applies edits in any order within one step', () => {
    const step = valueOf(
      sample.book.edit('Add account', [
        { kind: 'putPosition', row: samplePosition('P-7', 'CUS-2 ETH-spot', '1') },
        {
          kind: 'putAccount',
          row: {
            id: 'CUS-2',
            venueId: 'custody',
            name: 'Second',
            kind: 'cross',
            parentId: 'CUS-1',
            marketId: null,
            settlementAssetId: null,
          },
        },
      ]),
    );
    expect(step).toMatchObject({ step: 1, label: 'Add account', rows: 2, isUndone: false });
    expect(sample.book.info().counts).toMatchObject({ account: 4, position: 7 });
  });

  it('keeps nothing of a step of which one edit fails', () => {
    const digest = sample.book.digest();
    const result = sample.book.edit('Bad', [
      { kind: 'rename', name: 'Other' },
      { kind: 'putPosition', row: samplePosition('P-8', 'NOPE ETH-spot', '1') },
    ]);
    expect(failureOf(result)).toMatchObject({ reason: 'conflict', message: containing('position P-8 names account NOPE') });
    expect(sample.book.digest()).toBe(digest);
    expect(sample.book.journal(10)).toEqual([]);
  });

  it('refuses to delete what others name, and names who', () => {
    expect(failureOf(sample.book.edit('Delete', [{ kind: 'delete', noun: 'account', id: 'AAV-1' }])).message).toContain(
      'names account AAV-1',
    );
    expect(failureOf(sample.book.edit('Delete', [{ kind: 'delete', noun: 'asset', id: 'ETH' }])).reason).toBe('conflict');
    expect(failureOf(sample.book.edit('Delete', [{ kind: 'delete', noun: 'pledge', id: 'L-9' }])).reason).toBe('notFound');
  });

  it('deletes an account together with what names it', () => {
    valueOf(
      sample.book.edit('Close vault', [
        { kind: 'delete', noun: 'account', id: 'CUS-1' },
        { kind: 'delete', noun: 'position', id: 'P-5' },
        { kind: 'delete', noun: 'position', id: 'P-6' },
      ]),
    );
    expect(valueOf(sample.book.contents()).accounts.map((account) => account.id)).toEqual(['AAV-1', 'BIN-1']);
  });

  it('refuses a value that the domain refuses', () => {
    for (const quantity of ['NaN', '1e999', '', '1,5', '01', '1.', 'x'.repeat(61)]) {
      const result = sample.book.edit('Bad', [{ kind: 'putPosition', row: samplePosition('P-9', 'CUS-1 ETH-spot', quantity) }]);
      expect(failureOf(result)).toMatchObject({ reason: 'invalidValue', message: containing('position P-9') });
    }
  });

  it('replaces the backing of an asset whole', () => {
    const [, , , wrapper] = sampleContents.assets;
    if (!wrapper) throw new Error('no wrapper in the sample');
    const backing = [
      { assetId: 'USDC', quantityPerUnit: '3', source: 'invented' },
      { assetId: 'ETH', quantityPerUnit: '0.5', source: 'invented' },
    ];
    valueOf(sample.book.edit('Rebase', [{ kind: 'putAsset', row: { ...wrapper, backing } }]));
    expect(valueOf(sample.book.contents()).assets.find((asset) => asset.id === 'wstETH')?.backing).toEqual(backing);
    valueOf(sample.book.undo());
    expect(valueOf(sample.book.contents()).assets).toEqual(sampleContents.assets);
  });

  it('accepts assets that back each other in a ring', () => {
    const ring = (id: string, of: string) => ({ ...claim(id), backing: [{ assetId: of, quantityPerUnit: '0.5', source: 'invented' }] });
    valueOf(
      sample.book.edit('Ring', [
        { kind: 'putAsset', row: ring('A', 'B') },
        { kind: 'putAsset', row: ring('B', 'A') },
      ]),
    );
    expect(sample.book.verify()).toMatchObject({ isSound: true, problems: [] });
  });

  it('tells which of many ids it holds', () => {
    const ids = [...Array.from({ length: 2500 }, (_, index) => `X-${index}`), 'P-1', 'P-6'];
    expect([...sample.book.hasPositionIds(ids).keys()].sort()).toEqual(['P-1', 'P-6']);
  });

  it('makes the first scenario set active and lets go of a deleted one', () => {
    valueOf(sample.book.edit('Delete', [{ kind: 'delete', noun: 'scenarioSet', id: 'standard' }]));
    expect(sample.book.info().activeScenarioSetId).toBeNull();
    expect(failureOf(sample.book.scenarioSet()).reason).toBe('notFound');
    valueOf(sample.book.edit('Add', [{ kind: 'putScenarioSet', row: { ...sampleScenarioSet, id: 'mild' } }]));
    expect(valueOf(sample.book.scenarioSet()).id).toBe('mild');
  });

  it('makes an imported snapshot active, and the former one again on request or by undo', () => {
    valueOf(sample.book.putSnapshot({ ...sampleSnapshot, id: 'later', name: 'Later' }));
    expect(sample.book.snapshots().map((head) => [head.id, head.isActive])).toEqual([
      ['later', true],
      ['sample-market', false],
    ]);
    expect(valueOf(sample.book.activateSnapshot('sample-market')).isActive).toBe(true);
    valueOf(sample.book.undo());
    expect(valueOf(sample.book.snapshot()).id).toBe('later');
    valueOf(sample.book.undo());
    expect(sample.book.snapshots()).toHaveLength(1);
    expect(failureOf(sample.book.activateSnapshot('later')).reason).toBe('notFound');
  });

  it('keeps runs outside the digest and the journal', () => {
    const digest = sample.book.digest();
    const run = {
      id: 'run-1',
      topic: 'analysis',
      startedAt: '2026-02-05T21:29:00Z',
      finishedAt: null,
      status: 'running',
      inputsDigest: digest,
      engineVersion: '1',
      seed: 7,
      resultJson: null,
    } as const;
    valueOf(sample.book.putRun(run));
    valueOf(sample.book.putRun({ ...run, status: 'finished', finishedAt: '2026-02-05T21:29:02Z', resultJson: '{"a":1}' }));
    expect(valueOf(sample.book.run('run-1')).resultJson).toBe('{"a":1}');
    expect(sample.book.runs(5)).toMatchObject([{ id: 'run-1', status: 'finished' }]);
    expect(sample.book.digest()).toBe(digest);
    expect(sample.book.journal(5)).toEqual([]);
    expect(failureOf(sample.book.run('run-2')).reason).toBe('notFound');
  });
});

describe('every connection', () => {
  it('reports the settings that keep a commit and refuse foreign code', () => {
    sample.book.close();
    // The second opening of a WAL file is the one that better-sqlite3 would run with synchronous=NORMAL.
    const reader = valueOf(connect(sample.path));
    for (const [name, expected] of Object.entries(requiredPragmas))
      expect([name, reader.database.pragma(name, { simple: true })]).toEqual([name, expected]);
    expect(requiredPragmas).toMatchObject({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      busy_timeout: 5000,
      trusted_schema: 0,
      cell_size_check: 1,
    });
    reader.database.close();
  });
});

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function claim(id: string) {
  return { id, name: id, kind: 'share', issuer: null, chain: null, oracle: null, marketId: null } as const;
}
