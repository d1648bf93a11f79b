import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createBook, openBook } from '../book/book-file.ts';
import { emptySeed } from '../book/file/create.ts';
import { guarded } from '../book/file/sqlite-failure.ts';
import type { OpenBook } from '../book/open-book.ts';
import type { OutputOf, Services } from '../contract/contract.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import { readDemo } from '../market/demo.ts';
import { readStandardScenarios } from '../market/scenario-file.ts';
import type { Session } from './session.ts';

type BookServiceName = Extract<keyof Services, `book.${string}`>;

/** What the book services need: the session, where the program's resources lie, and where books are kept by default. */
export type BookServiceDeps = { readonly session: Session; readonly resourcesFolder: string; readonly defaultFolder: string };

/** Opens, shows, changes, checks and copies the book of the session. */
export function createBookServices(deps: BookServiceDeps): Pick<Services, BookServiceName> {
  const { session } = deps;
  const reading = <T>(read: (book: OpenBook) => Result<T>): Result<T> => {
    const book = session.book();
    return book.ok ? guarded(`book ${book.value.path}`, () => read(book.value)) : book;
  };
  const changing = (change: (book: OpenBook) => Result<unknown>): Result<OutputOf<'book.info'>> =>
    reading((book) => {
      const changed = change(book);
      if (!changed.ok) return changed;
      session.changed();
      return succeed(book.info());
    });
  const opened = (result: Result<OpenBook>): Result<OutputOf<'book.info'>> => (result.ok ? succeed(result.value.info()) : result);

  return {
    'book.create': async ({ path, name }) => {
      const standard = readStandardScenarios(deps.resourcesFolder);
      if (!standard.ok) return standard;
      const seed = { ...emptySeed(name), scenarioSets: [standard.value], activeScenarioSetId: standard.value.id };
      return opened(session.create(resolve(path), seed));
    },
    'book.open': async ({ path }) => opened(session.open(resolve(path))),
    'book.openDemo': async ({ path }) => opened(openDemo(deps, path)),
    'book.info': async () => reading((book) => succeed(book.info())),
    'book.contents': async () => reading((book) => book.contents()),
    'book.notes': async () => reading((book) => book.notes()),
    'book.scenarioSets': async () => reading((book) => book.scenarioSets()),
    'book.edit': async ({ label, edits }) => changing((book) => book.edit(label, edits)),
    'book.undo': async () => changing((book) => book.undo()),
    'book.redo': async () => changing((book) => book.redo()),
    'book.journal': async ({ limit }) => reading((book) => succeed(book.journal(limit))),
    'book.verify': async () => reading((book) => succeed(book.verify())),
    'book.backup': async ({ path }) => {
      const book = session.book();
      return book.ok ? book.value.backup(resolve(path)) : book;
    },
  };
}

/** Copies of the demo book kept beside each other before the user is asked to tidy up. */
const demoCopiesKept = 99;

/**
 * Opens a fresh copy of the demo book. A copy from before is opened again while nothing in it was edited; an edited one is
 * never replaced: at the default place it gets a neighbour, at a path of the caller's choice that is a conflict.
 */
function openDemo({ session, resourcesFolder, defaultFolder }: BookServiceDeps, path: string | undefined): Result<OpenBook> {
  const demo = readDemo(resourcesFolder);
  if (!demo.ok) return demo;
  const places = path === undefined ? demoPlaces(defaultFolder) : [resolve(path)];
  const folder = path === undefined ? defaultFolder : dirname(resolve(path));
  return guarded(`demo book in ${folder}`, () => {
    mkdirSync(folder, { recursive: true });
    const fresh = join(folder, `demo.fresh-${process.pid}`);
    rmSync(fresh, { force: true });
    try {
      const digest = digestOf(createBook(fresh, demo.value));
      if (!digest.ok) return digest;
      const place = places.find((candidate) => !existsSync(candidate) || isUnchanged(candidate, digest.value));
      if (place === undefined) return demoConflict(places);
      if (!existsSync(place)) renameSync(fresh, place);
      return session.open(place);
    } finally {
      rmSync(fresh, { force: true });
    }
  });
}

function demoPlaces(folder: string): string[] {
  return Array.from({ length: demoCopiesKept }, (_, index) => join(folder, index === 0 ? 'demo.interlock' : `demo-${index + 1}.interlock`));
}

function demoConflict(places: readonly string[]): Result<never> {
  const [first = ''] = places;
  const what =
    places.length === 1 ? 'a file of this name exists and is not an unchanged demo book' : `${places.length} edited copies lie beside it`;
  return fail('conflict', `demo book ${first}: ${what}`, { remedy: 'Open it as a book, choose another name, or move it away.' });
}

function isUnchanged(path: string, digest: string): boolean {
  const found = digestOf(openBook(path));
  return found.ok && found.value === digest;
}

/** The digest of a book that is opened only to be asked for it. */
function digestOf(opened: Result<OpenBook>): Result<string> {
  if (!opened.ok) return opened;
  const digest = opened.value.digest();
  opened.value.close();
  return succeed(digest);
}
