import { fileURLToPath } from 'node:url';
import { createBook } from '../../main/book/book-file.ts';
import type { BookContents } from '../../main/domain/book.ts';
import { readDemo, type Demo } from '../../main/market/demo.ts';

const resourcesFolder = fileURLToPath(new URL('../../resources', import.meta.url));

/** Name of a thing in one of the copies of the demo. */
export function nameInCopy(id: string, copy: number): string {
  return `${id}/${copy}`;
}

/** The demo desk so many times over: each copy has its own accounts, positions and pledges, all rest on the same assets and venues. */
export function copiedDemo(copies: number): Demo {
  const read = readDemo(resourcesFolder);
  if (!read.ok) throw new Error(read.failure.message);
  const { contents } = read.value;
  const each = <Row>(rows: readonly Row[], change: (row: Row, copy: number) => Row): Row[] =>
    Array.from({ length: copies }, (_, copy) => rows.map((row) => change(row, copy))).flat();
  const copied: BookContents = {
    ...contents,
    accounts: each(contents.accounts, (row, copy) => ({ ...row, id: nameInCopy(row.id, copy) })),
    positions: each(contents.positions, (row, copy) => ({
      ...row,
      id: nameInCopy(row.id, copy),
      accountId: nameInCopy(row.accountId, copy),
    })),
    pledges: each(contents.pledges, (row, copy) => ({ ...row, id: nameInCopy(row.id, copy), accountId: nameInCopy(row.accountId, copy) })),
  };
  return { ...read.value, contents: copied };
}

/** Writes such a book as a file through the book's own way in; the file must not exist. */
export function writeCopiedDemo(path: string, copies: number): void {
  const created = createBook(path, copiedDemo(copies));
  if (!created.ok) throw new Error(created.failure.message);
  created.value.close();
}
