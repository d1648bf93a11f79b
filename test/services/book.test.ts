import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../main/contract/contract.ts';
import type { CallContext, OutputOf } from '../../main/contract/contract.ts';
import type { AppEvent } from '../../main/contract/events.ts';
import type { Result } from '../../main/domain/failure.ts';
import { createBookServices } from '../../main/services/book.ts';
import { createSession, createSlot } from '../../main/services/session.ts';
import type { Session } from '../../main/services/session.ts';
import { createFolder, sampleScenarioSet } from '../support/sample-book.ts';

const resourcesFolder = fileURLToPath(new URL('../../resources', import.meta.url));
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };

let folder: string;
let events: AppEvent[];
let session: Session;
let services: ReturnType<typeof createBookServices>;

beforeEach(() => {
  folder = createFolder();
  events = [];
  session = createSession({ announce: (event) => events.push(event) });
  services = createBookServices({ session, resourcesFolder, defaultFolder: join(folder, 'data') });
});

afterEach(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
};
const reasonOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : result.failure.reason);
const create = async (name = 'Desk'): Promise<OutputOf<'book.info'>> =>
  valueOf(await services['book.create']({ path: join(folder, `${name}.interlock`), name }, context));
const rename = (name: string) => services['book.edit']({ label: `Rename to ${name}`, edits: [{ kind: 'rename', name }] }, context);

describe('the book services', () => {
  it('say that no book is open, whatever is asked', async () => {
    expect(reasonOf(await services['book.info']({}, context))).toBe('notFound');
    expect(reasonOf(await services['book.contents']({}, context))).toBe('notFound');
    expect(reasonOf(await services['book.undo']({}, context))).toBe('notFound');
    expect(reasonOf(await services['book.backup']({ path: join(folder, 'b') }, context))).toBe('notFound');
    expect(reasonOf(await rename('X'))).toBe('notFound');
  });

  it('create a book, edit it, take the edit back and bring it again, and announce each change with its digest', async () => {
    const created = await create();
    const renamed = valueOf(await rename('Renamed'));
    const undone = valueOf(await services['book.undo']({}, context));
    const redone = valueOf(await services['book.redo']({}, context));
    expect([created.name, renamed.name, undone.name, redone.name]).toEqual(['Desk', 'Renamed', 'Desk', 'Renamed']);
    expect([undone.digest, redone.digest]).toEqual([created.digest, renamed.digest]);
    expect(events).toEqual([created, renamed, undone, redone].map(({ digest }) => ({ type: 'book.changed', digest })));
    expect(valueOf(await services['book.journal']({ limit: 5 }, context))).toMatchObject([{ label: 'Rename to Renamed', isUndone: false }]);
  });

  it('announce nothing and keep derived results when a change fails', async () => {
    await create();
    session.hedge.set('key', { marker: 1 } as never);
    const before = events.length;
    const failed = await services['book.edit']({ label: 'Delete', edits: [{ kind: 'delete', noun: 'venue', id: 'none' }] }, context);
    expect(reasonOf(failed)).toBe('notFound');
    expect(events).toHaveLength(before);
    expect(session.hedge.last()).not.toBeNull();
    valueOf(await rename('Other'));
    expect(session.hedge.last()).toBeNull();
  });

  it('give a new book the standard scenarios, so that it can be analysed as soon as it has a market', async () => {
    const created = await create();
    expect(created.activeScenarioSetId).toBe('standard');
    expect(valueOf(await services['book.scenarioSets']({}, context)).map((set) => set.id)).toEqual(['standard']);
  });

  it('keep the former book open when another cannot be opened', async () => {
    await create();
    writeFileSync(join(folder, 'letter.txt'), 'dear');
    expect(reasonOf(await services['book.open']({ path: join(folder, 'letter.txt') }, context))).toBe('invalidFile');
    expect(reasonOf(await services['book.create']({ path: join(folder, 'Desk.interlock'), name: 'Again' }, context))).toBe('conflict');
    expect(valueOf(await services['book.info']({}, context)).name).toBe('Desk');
  });

  it('verify the book and back it up to a file that opens as the same book', async () => {
    const created = await create();
    valueOf(await services['book.edit']({ label: 'Set', edits: [{ kind: 'putScenarioSet', row: sampleScenarioSet }] }, context));
    const { digest } = valueOf(await services['book.info']({}, context));
    expect(digest).not.toBe(created.digest);
    expect(valueOf(await services['book.verify']({}, context))).toEqual({ isSound: true, problems: [], digest });
    const path = join(folder, 'backup.interlock');
    expect(valueOf(await services['book.backup']({ path }, context))).toMatchObject({ path, digest });
    expect(reasonOf(await services['book.backup']({ path }, context))).toBe('conflict');
    expect(valueOf(await services['book.open']({ path }, context)).digest).toBe(digest);
    expect(valueOf(await services['book.scenarioSets']({}, context))).toEqual([sampleScenarioSet]);
    expect(valueOf(await services['book.notes']({}, context))).toEqual([]);
  });

  it('answer as the contract promises', async () => {
    const info = valueOf(await services['book.openDemo']({}, context));
    expect(contract['book.info'].output.parse(info)).toEqual(info);
    const contents = valueOf(await services['book.contents']({}, context));
    expect(contract['book.contents'].output.parse(contents)).toEqual(contents);
  });
});

describe('the demo book', () => {
  it('opens with its snapshot and scenario set active, sound, and with nothing to undo', async () => {
    const info = valueOf(await services['book.openDemo']({}, context));
    expect(info.activeSnapshotId).not.toBeNull();
    expect(info.activeScenarioSetId).not.toBeNull();
    expect(info).toMatchObject({ canUndo: false, path: join(folder, 'data', 'demo.interlock') });
    expect(info.counts['account']).toBeGreaterThanOrEqual(8);
    expect(valueOf(await services['book.verify']({}, context)).problems).toEqual([]);
    expect(valueOf(valueOf(session.book()).snapshot()).listings.length).toBeGreaterThan(1000);
  });

  it('is opened again while unchanged and gets a neighbour once it was edited', async () => {
    const first = valueOf(await services['book.openDemo']({}, context));
    expect(valueOf(await services['book.openDemo']({}, context)).path).toBe(first.path);
    valueOf(await rename('Mine'));
    const second = valueOf(await services['book.openDemo']({}, context));
    expect(second.path).toBe(join(folder, 'data', 'demo-2.interlock'));
    expect(second.digest).toBe(first.digest);
    expect(valueOf(await services['book.open']({ path: first.path }, context)).name).toBe('Mine');
  });

  it('at a chosen path replaces nothing that is not an unchanged demo book', async () => {
    const path = join(folder, 'chosen', 'demo.interlock');
    valueOf(await services['book.openDemo']({ path }, context));
    valueOf(await services['book.openDemo']({ path }, context));
    valueOf(await rename('Mine'));
    expect(reasonOf(await services['book.openDemo']({ path }, context))).toBe('conflict');
    const letter = join(folder, 'letter.txt');
    writeFileSync(letter, 'dear');
    expect(reasonOf(await services['book.openDemo']({ path: letter }, context))).toBe('conflict');
    expect(readFileSync(letter, 'utf8')).toBe('dear');
    expect(valueOf(await services['book.info']({}, context)).name).toBe('Mine');
  });

  it('that cannot be read is a named failure and makes no file', async () => {
    const broken = createBookServices({ session, resourcesFolder: join(folder, 'nowhere'), defaultFolder: join(folder, 'data') });
    const failed = await broken['book.openDemo']({}, context);
    expect(failed.ok).toBe(false);
    expect(existsSync(join(folder, 'data', 'demo.interlock'))).toBe(false);
  });
});

describe('a slot of results', () => {
  it('gives the most recent result and forgets the oldest beyond its size', () => {
    const slot = createSlot<number>();
    expect(slot.last()).toBeNull();
    for (let index = 0; index < 20; index += 1) slot.set(`key ${index}`, index);
    expect([slot.last(), slot.get('key 19'), slot.get('key 0')]).toEqual([19, 19, null]);
    slot.set('key 15', -1);
    expect(slot.last()).toBe(-1);
    slot.clear();
    expect([slot.last(), slot.get('key 19')]).toEqual([null, null]);
  });
});
