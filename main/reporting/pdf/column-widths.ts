import type { ReportCell, ReportColumn, ReportTable } from '../report-model.ts';
import { wholePieces } from '../whole-pieces.ts';

/** Space between two columns of a table, points. */
export const PADDING = 6;
/** A column of figures is never wider, however long a text stands in it. Points. */
const MOST_FIGURE = 110;
const LEAST = 22;
/** A column that grows has room for its longest name, up to this. Points. */
const MOST_PIECE = 90;
/** Width of a figure and of a letter of a head, as a share of the size of the font; both are on the safe side of Inter's. */
const FIGURE_EM = 0.58;
const LETTER_EM = 0.64;
/** The same for words, thin and bold, for capitals and digits among them, and for marks. */
const WORD_EM = 0.54;
const STRONG_WORD_EM = 0.57;
const CAPITAL_EM = 0.74;
const DIGIT_EM = 0.65;
const MARK_EM = 1;
const CAPITAL = /[A-Z]/g;
const DIGIT = /\d/g;
const MARK = /[◆▲▶→←]/g;
/** A head up to this length stands on one line, whatever its column holds. Characters. */
const SHORT_LABEL = 13;

/**
 * Widths of the columns of a table in points; with the space between them they fill the width. Figures take what their longest text needs.
 * Columns that grow share what is left by weight, but take no less than their longest name and no more than their longest text: what nobody
 * needs is spread over all columns, so that figures stand near what they belong to.
 */
export function columnWidths(table: ReportTable, width: number, fontSize: number): number[] {
  const needed = table.columns.map((column, index) => {
    const longest = Math.max(0, ...table.rows.map((row) => widthOf(row[index], column, fontSize)));
    const label = longestWord(column.label) * LETTER_EM * fontSize;
    const whole = Math.max(LEAST, longest, label);
    return column.grow === undefined ? Math.min(MOST_FIGURE, whole) : whole;
  });
  const least = table.columns.map((column, index) => {
    const longest = table.rows
      .map((row) => row[index])
      .map((cell) => (cell === undefined ? 0 : widthOf(longestPiece(cell), column, fontSize)));
    return Math.min(MOST_PIECE, Math.max(LEAST, ...longest));
  });
  const widths = [...needed];
  const weights = table.columns.map((column) => column.grow ?? 0);
  const settled = weights.map((weight) => weight === 0);
  let free = width - PADDING * (table.columns.length - 1) - sumOf(needed.filter((_, index) => settled[index]));
  // A column that needs less than its share leaves the rest to the others; every turn settles one at least.
  while (settled.includes(false)) {
    const share = Math.max(0, free) / sumOf(weights.filter((_, index) => !settled[index]));
    const shareOf = (index: number): number => (weights[index] ?? 0) * share;
    const content = needed.findIndex((need, index) => !settled[index] && need <= shareOf(index));
    const tight = content === -1 ? least.findIndex((each, index) => !settled[index] && each > shareOf(index)) : -1;
    if (content === -1 && tight === -1) return widths.map((each, index) => (settled[index] ? each : shareOf(index)));
    const next = content === -1 ? tight : content;
    widths[next] = (content === -1 ? least[next] : needed[next]) ?? 0;
    settled[next] = true;
    free -= widths[next] ?? 0;
  }
  return widths.map((each) => each + Math.max(0, free) / widths.length);
}

/** The longest piece of a text that is never broken. A picture takes the room there is. */
function longestPiece(cell: ReportCell): ReportCell {
  if (cell.svg !== undefined) return { text: '', value: null };
  const pieces = wholePieces(cell.text).flatMap(({ text, isWhole }) => (isWhole ? [text] : text.split(/[ ,-]/)));
  return { ...cell, text: pieces.toSorted((a, b) => b.length - a.length)[0] ?? '' };
}

function widthOf(cell: ReportCell | undefined, { align }: ReportColumn, fontSize: number): number {
  if (cell === undefined) return 0;
  if (cell.svg !== undefined) return Number(/width="(\d+)"/.exec(cell.svg)?.[1] ?? 0);
  const { text, isStrong } = cell;
  if (align === 'right') return fontSize * FIGURE_EM * text.length;
  const marks = text.match(MARK)?.length ?? 0;
  const digits = text.match(DIGIT)?.length ?? 0;
  const capitals = text.match(CAPITAL)?.length ?? 0;
  const letters = text.length - marks - digits - capitals;
  const em = letters * (isStrong === true ? STRONG_WORD_EM : WORD_EM) + capitals * CAPITAL_EM + digits * DIGIT_EM + marks * MARK_EM;
  return fontSize * em;
}

function longestWord(text: string): number {
  return text.length <= SHORT_LABEL ? text.length : Math.max(...text.split(' ').map((word) => word.length));
}

function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
