import { failureMark, isFailure } from './failure.ts';

/** What may stand in a cell before it is shown. */
export type Raw = number | string | boolean | object | null | undefined;

/** Raw, unrounded text of a value for the clipboard; null is empty and a failure is its mark. */
export function rawText(value: Raw): string {
  if (value === null || value === undefined) return '';
  if (isFailure(value)) return failureMark(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Rows of raw values as tab-separated text; tabs and line ends inside a cell become spaces. */
export function tabSeparated(rows: readonly (readonly Raw[])[]): string {
  return rows.map((row) => row.map((cell) => rawText(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/**
 * Rows as comma-separated text (RFC 4180). A text that a spreadsheet would take for a formula is prefixed by an
 * apostrophe; numbers stay numbers.
 */
export function commaSeparated(rows: readonly (readonly Raw[])[]): string {
  return rows.map((row) => row.map(commaCell).join(',')).join('\r\n') + '\r\n';
}

function commaCell(value: Raw): string {
  const text = rawText(value);
  const isRisky = typeof value !== 'number' && /^[=+\-@\t\r＝＋－＠]/.test(text);
  const safe = isRisky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || isRisky ? `"${safe.replaceAll('"', '""')}"` : safe;
}
