import { describe, expect, it } from 'vitest';
import { findEntries, type PaletteEntry, SHOWN_ENTRIES } from '../../../renderer/app/shell/palette-index.ts';

function entry(title: string, kind: PaletteEntry['kind'] = 'Command', words = ''): PaletteEntry {
  return { id: `${kind} ${title}`, title, kind, words, hint: '', run: () => undefined };
}
const entries = [
  entry('Stress'),
  entry('Open a book…'),
  entry('Book'),
  entry('MRP-1', 'Account', 'Morpho wstETH'),
  entry('BTC-27MAR26-55000-P · DRB-MAIN', 'Position', 'option'),
];
const titles = (query: string): readonly string[] => findEntries(entries, query).map((found) => found.title);

describe('the palette', () => {
  it('offers commands before anything is typed', () => {
    expect(titles('')).toEqual(['Stress', 'Open a book…', 'Book']);
  });

  it('puts what begins with the query first', () => {
    expect(titles('book')).toEqual(['Book', 'Open a book…']);
  });

  it('finds an account by its venue and a position by a part of its name', () => {
    expect(titles('morpho')).toEqual(['MRP-1']);
    expect(titles('55000 main')).toEqual(['BTC-27MAR26-55000-P · DRB-MAIN']);
  });

  it('finds a title by its letters in order', () => {
    expect(titles('oabk')).toEqual(['Open a book…']);
    expect(titles('zzz')).toEqual([]);
  });

  it('draws a bounded number of ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => entry(`Position ${index}`, 'Position'));
    expect(findEntries(many, 'position')).toHaveLength(SHOWN_ENTRIES);
  });
});
