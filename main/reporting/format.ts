import type { Cell } from '../contract/cell.ts';
import type { Failure } from '../domain/failure.ts';

const MINUS = '\u2212';
const THIN = '\u2009';
/** Shown where a figure does not apply. */
export const NOT_APPLICABLE = '\u2013';

/** Whether a cell is a named reason instead of a number. */
export function isFailure(cell: Cell | null | undefined): cell is Failure {
  return typeof cell === 'object' && cell !== null;
}

/** The number in a cell, or null when there is none. */
export function cellValue(cell: Cell | null | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}

/** Grouped figure with fixed decimals and a real minus sign. */
export function figure(value: number, decimals: number): string {
  const [whole = '0', part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const isZero = !/[1-9]/.test(`${whole}${part ?? ''}`);
  return `${value < 0 && !isZero ? MINUS : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
}

/** Millions of dollars with two decimals, no unit (the unit stands in the head). */
export function millions(cell: Cell | null | undefined): string {
  return text(cell, (value) => figure(value / 1e6, 2));
}

/** Dollars in words for sentences: 41.8 k, 9.34 M, 512. */
export function money(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${figure(value / 1e6, 2)} M`;
  return size >= 1e3 ? `${figure(value / 1e3, 1)} k` : figure(value, 0);
}

/** A move or change: signed, one decimal, thin space before the per cent sign. */
export function move(value: number | null): string {
  return value === null ? 'never' : `${value > 0 ? '+' : ''}${figure(value * 100, 1)}${THIN}%`;
}

/** A move on an axis: signed, without decimals. */
export function wholeMove(value: number): string {
  const percent = Math.round(value * 100);
  return `${percent > 0 ? '+' : ''}${figure(percent, 0)}${THIN}%`;
}

/** A share, one decimal. */
export function share(cell: Cell | null | undefined): string {
  return text(cell, (value) => `${figure(value * 100, 1)}${THIN}%`);
}

/** A ratio: 2.31 ×. */
export function ratio(cell: Cell | null | undefined): string {
  return text(cell, (value) => `${figure(value, 2)}${THIN}×`);
}

/** Any figure with the given decimals; a failure becomes its reason. */
export function plain(cell: Cell | null | undefined, decimals: number): string {
  return text(cell, (value) => figure(value, decimals));
}

/** 2026-02-05 21:29:37 UTC. */
export function moment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

/** 2026-02-05 21:29, where the head says UTC. */
export function shortMoment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}

/** An age in the largest fitting unit: 41 s, 58 min, 31 h, 12 d. */
export function age(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`;
}

/** 'one account', 'four accounts', '12 accounts'. */
export function count(number: number, noun: string): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return `${words[number] ?? String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** First letter in capitals. */
export function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function text(cell: Cell | null | undefined, write: (value: number) => string): string {
  if (cell === null || cell === undefined) return NOT_APPLICABLE;
  if (isFailure(cell)) return `none: ${cell.message}`;
  if (cell === Infinity) return 'no debt';
  return Number.isFinite(cell) ? write(cell) : 'none';
}
