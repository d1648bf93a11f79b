/** Something the palette can find. */
export type PaletteEntry = {
  readonly id: string;
  readonly title: string;
  readonly kind: 'Command' | 'Account' | 'Position';
  /** More words it is found by. */
  readonly words: string;
  readonly hint: string;
  readonly run: () => void;
};

/** How many entries are drawn; the list is searched whole. */
export const SHOWN_ENTRIES = 50;

/**
 * The best entries for a query, best first: title begins with it, then a word does, then it is contained, then its letters
 * occur in order. Equal ones keep their order. An empty query gives the first commands.
 */
export function findEntries(entries: readonly PaletteEntry[], query: string): readonly PaletteEntry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return entries.filter((entry) => entry.kind === 'Command').slice(0, SHOWN_ENTRIES);
  const ranked: { entry: PaletteEntry; rank: number; at: number }[] = [];
  entries.forEach((entry, at) => {
    const rank = rankOf(entry, wanted);
    if (rank !== null) ranked.push({ entry, rank, at });
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, SHOWN_ENTRIES)
    .map(({ entry }) => entry);
}

function rankOf(entry: PaletteEntry, wanted: string): number | null {
  const title = entry.title.toLowerCase();
  if (title.startsWith(wanted)) return 0;
  const all = `${title} ${entry.words.toLowerCase()}`;
  if (all.split(/[\s/·-]+/).some((word) => word.startsWith(wanted))) return 1;
  const parts = wanted.split(/\s+/);
  if (parts.every((part) => all.includes(part))) return 2;
  return isSubsequence(wanted, title) ? 3 : null;
}

function isSubsequence(wanted: string, text: string): boolean {
  let from = 0;
  for (const letter of wanted) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}
