import type { ReportCell, ReportColumn, ReportTable } from '../report-model.ts';

/** Space between two columns of a table, points. */
export const PADDING = 6;
/** A column of figures is never wider, however long a text stands in it. Points. */
const MOST_FIGURE = 110;
const LEAST = 22;
/** Width of a figure and of a letter of a head, as a share of the size of the font; both are on the safe side of Inter's. */
const FIGURE_EM = 0.58;
const LETTER_EM = 0.64;
/** The same for words, thin and bold, for digits among them, and for marks. */
const WORD_EM = 0.55;
const STRONG_WORD_EM = 0.59;
const DIGIT_EM = 0.65;
const MARK_EM = 1;
const DIGIT = /\d/g;
const MARK = /[◆▲▶→←]/g;
/** A head up to this length stands on one line, whatever its column holds. Characters. */
const SHORT_LABEL = 13;

/**
 * Widths of the columns of a table in points; with the space between them they fill the width. Figures take what their longest text needs.
 * Columns that grow share what is left by weight, but take no more than their longest text needs: what nobody needs is spread over all
 * columns, so that figures stand near what they belong to.
 */
export function columnWidths(table: ReportTable, width: number, fontSize: number): number[] {
  const needed = table.columns.map((column, index) => {
    const longest = Math.max(0, ...table.rows.map((row) => widthOf(row[index], column, fontSize)));
    const label = longestWord(column.label) * LETTER_EM * fontSize;
    const whole = Math.max(LEAST, longest, label);
    return column.grow === undefined ? Math.min(MOST_FIGURE, whole) : whole;
  });
  const weights = table.columns.map((column) => column.grow ?? 0);
  const settled = weights.map((weight) => weight === 0);
  let free = width - PADDING * (table.columns.length - 1) - sumOf(needed.filter((_, index) => settled[index]));
  // A column that needs less than its share leaves the rest to the others; every turn settles one at least.
  while (settled.includes(false)) {
    const share = Math.max(0, free) / sumOf(weights.filter((_, index) => !settled[index]));
    const content = needed.findIndex((need, index) => !settled[index] && need <= (weights[index] ?? 0) * share);
    if (content === -1) return needed.map((need, index) => (settled[index] ? need : (weights[index] ?? 0) * share));
    settled[content] = true;
    free -= needed[content] ?? 0;
  }
  return needed.map((need) => need + Math.max(0, free) / needed.length);
}

function widthOf(cell: ReportCell | undefined, { align }: ReportColumn, fontSize: number): number {
  if (cell === undefined) return 0;
  if (cell.svg !== undefined) return Number(/width="(\d+)"/.exec(cell.svg)?.[1] ?? 0);
  const { text, isStrong } = cell;
  if (align === 'right') return fontSize * FIGURE_EM * text.length;
  const marks = text.match(MARK)?.length ?? 0;
  const digits = text.match(DIGIT)?.length ?? 0;
  const letters = text.length - marks - digits;
  return fontSize * (letters * (isStrong === true ? STRONG_WORD_EM : WORD_EM) + digits * DIGIT_EM + marks * MARK_EM);
}

function longestWord(text: string): number {
  return text.length <= SHORT_LABEL ? text.length : Math.max(...text.split(' ').map((word) => word.length));
}

function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
