import type { BookEdit } from '../../book/open-book.ts';
import type { BookContents } from '../../domain/book.ts';

/** The contents with edits of positions and instruments applied, as the book file would hold them; other edits do not occur here. */
export function applyEdits(contents: BookContents, edits: readonly BookEdit[]): BookContents {
  const positions = new Map(contents.positions.map((row) => [row.id, row]));
  const instruments = new Map(contents.instruments.map((row) => [row.id, row]));
  for (const edit of edits) {
    if (edit.kind === 'putPosition') positions.set(edit.row.id, edit.row);
    else if (edit.kind === 'putInstrument') instruments.set(edit.row.id, edit.row);
    else if (edit.kind === 'delete' && edit.noun === 'position') positions.delete(edit.id);
  }
  return { ...contents, positions: inOrder(positions), instruments: inOrder(instruments) };
}

/** In order of id, as a book reads them. */
export function inOrder<Row extends { readonly id: string }>(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
