import { fileURLToPath } from 'node:url';
import { createBook } from '../../main/book/book-file.ts';
import type { BookContents } from '../../main/domain/book.ts';
import { readDemo } from '../../main/market/demo.ts';

const resourcesFolder = fileURLToPath(new URL('../../resources', import.meta.url));

/** Name of a thing in one of the copies of the demo. */
export function nameInCopy(id: string, copy: number): string {
  return `${id}/${copy}`;
}

/** A book so many times over: each copy has its own accounts, positions and pledges, all rest on the same assets and venues. */
export function copiedContents(contents: BookContents, copies: number): BookContents {
  const each = <Row>(rows: readonly Row[], change: (row: Row, copy: number) => Row): Row[] =>
    Array.from({ length: copies }, (_, copy) => rows.map((row) => change(row, copy))).flat();
  const named = <Row extends { readonly id: string; readonly accountId: string }>(row: Row, copy: number): Row => ({
    ...row,
    id: nameInCopy(row.id, copy),
    accountId: nameInCopy(row.accountId, copy),
  });
  return {
    ...contents,
    accounts: each(contents.accounts, (row, copy) => ({ ...row, id: nameInCopy(row.id, copy) })),
    positions: each(contents.positions, named),
    pledges: each(contents.pledges, named),
  };
}

/** A loop on a lending pool, and a keeper's account. */
const SPARSE = { loop: 'AAV-LOOP', keeper: 'CST-1' };

/** The demo with two accounts that have four ties together, neither with contracts: a book that stays quick to analyse in many copies. */
export function sparsePart(contents: BookContents): BookContents {
  const first = contents.positions.find(({ accountId }) => accountId === SPARSE.keeper);
  const isLoop = ({ accountId }: { readonly accountId: string }): boolean => accountId === SPARSE.loop;
  return {
    ...contents,
    accounts: contents.accounts.filter(({ id }) => Object.values(SPARSE).includes(id)),
    positions: contents.positions.filter((row) => isLoop(row) || row === first),
    pledges: contents.pledges.filter(isLoop),
  };
}

/** Writes the demo so many times over as a book file through the book's own way in; the file must not exist. */
export function writeCopiedDemo(path: string, copies: number, isSparse: boolean): void {
  const read = readDemo(resourcesFolder);
  if (!read.ok) throw new Error(read.failure.message);
  const created = createBook(path, {
    ...read.value,
    contents: copiedContents(isSparse ? sparsePart(read.value.contents) : read.value.contents, copies),
  });
  if (!created.ok) throw new Error(created.failure.message);
  created.value.close();
}
