/** A column of a table: its heading, and whether its cells are figures, which are set to the right. */
export type Column = { readonly heading: string; readonly isFigure?: boolean };

/** Rows under their headings in aligned columns, two spaces apart, without lines. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, at) => Math.max(column.heading.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (columns[at]?.isFigure === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.heading)), ...rows.map(line)].map((text) => `${text}\n`).join('');
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Whole dollars with a typographic minus; 'n/a' for what has no value. */
export function dollars(value: unknown): string {
  if (typeof value !== 'number') return 'n/a';
  return `${value < 0 ? '−' : ''}$${whole.format(Math.abs(value))}`;
}

/** A relative move or share as percent with one decimal; 'never' for none. */
export function percent(value: number | null): string {
  if (value === null) return 'never';
  return `${value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)} %`;
}

/** A ratio with two decimals; '∞' where it is infinite, 'n/a' where there is none. */
export function ratio(value: unknown): string {
  if (typeof value !== 'number') return 'n/a';
  return Number.isFinite(value) ? precise.format(value) : '∞';
}

/** Names joined as in a sentence: 'A, B and C'. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
