import type { PositionResult } from '../../../main/contract/analysis.ts';
import { chooseLines } from './book-filter.ts';
import type { BookLine } from './book-rows.ts';

/** A tab is a filter with a count. `kinds` null = every kind. */
export type BookTab = {
  readonly id: 'all' | 'options' | 'futures' | 'lending' | 'holdings' | 'unpriced';
  readonly title: string;
  readonly kinds: ReadonlySet<PositionResult['kind']> | null;
};

/** The tabs of the book, in their order. */
export const bookTabs: readonly BookTab[] = [
  { id: 'all', title: 'All positions', kinds: null },
  { id: 'options', title: 'Options', kinds: new Set(['option'] as const) },
  { id: 'futures', title: 'Perpetuals and futures', kinds: new Set(['perpetual', 'future'] as const) },
  { id: 'lending', title: 'Lending', kinds: new Set(['supplied', 'borrowed'] as const) },
  { id: 'holdings', title: 'Holdings', kinds: new Set(['spot', 'wrapper', 'share'] as const) },
  { id: 'unpriced', title: 'Unpriced', kinds: null },
];

/** Tabs with how many positions each holds. */
export function countedTabs(
  lines: readonly BookLine[],
): readonly { readonly value: BookTab['id']; readonly title: string; readonly count: number }[] {
  return bookTabs.map((tab) => ({ value: tab.id, title: tab.title, count: chooseLines(lines, tab, '').length }));
}

/** The tab of an id. */
export function tabOf(id: BookTab['id']): BookTab {
  return bookTabs.find((tab) => tab.id === id) ?? { id: 'all', title: 'All positions', kinds: null };
}
