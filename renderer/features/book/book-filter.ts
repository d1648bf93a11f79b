import { isFailure } from '../../format/failure.ts';
import type { BookLine } from './book-rows.ts';
import type { BookTab } from './book-tabs.ts';

/** Whether a position has no price, and so counts as worth nothing. */
export function isUnpriced(line: BookLine): boolean {
  return line.result !== null && (isFailure(line.result.mark) || isFailure(line.result.valueUsd));
}

/** Positions of a tab that match the filter: every word occurs in the instrument, account or venue. */
export function chooseLines(lines: readonly BookLine[], tab: BookTab, filter: string): readonly BookLine[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return lines.filter((line) => {
    if (tab.kinds !== null && !tab.kinds.has(line.kind)) return false;
    if (tab.id === 'unpriced' && !isUnpriced(line)) return false;
    if (words.length === 0) return true;
    const text = `${line.label} ${line.accountId} ${line.venueName}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
