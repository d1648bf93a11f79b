import type { ReportCell, ReportModel } from './report-model.ts';

/** First characters that a spreadsheet would take for a formula; such text gets a leading apostrophe. */
const FORMULA_START = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** Every table of the report one below the other: section, table, then its rows with raw, unrounded values. */
export function writeCsv(report: ReportModel): string {
  const { signature } = report;
  const lines: string[][] = [
    ['Interlock hedge report', guarded(report.bookName), report.asOf],
    ['record', signature.recordDigest, 'book', signature.bookDigest, 'engine', signature.engineVersion, 'seed', String(signature.seed)],
    [guarded(report.headline)],
    ...report.figures.map((figure) => [guarded(figure.label), guarded(figure.value), guarded(figure.note)]),
  ];
  for (const section of report.sections) {
    lines.push([], [guarded(section.title), guarded(section.caption)], ...section.paragraphs.map((paragraph) => [guarded(paragraph)]));
    for (const table of section.tables) {
      lines.push(
        table.columns.map((column) => guarded(column.label)),
        ...table.rows.map((row) => row.map(raw)),
      );
    }
  }
  return csvText(lines);
}

/** Lines of fields as CSV: quoted where a field needs it, lines ended by CR LF. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return `${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** Text that no spreadsheet runs as a formula. */
export function guarded(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function raw(cell: ReportCell): string {
  if (cell.value === null) return cell.note === undefined ? '' : guarded(`none: ${cell.note}`);
  if (typeof cell.value === 'number') return String(cell.value);
  return /^-?\d+(\.\d+)?$/.test(cell.value) ? cell.value : guarded(cell.value);
}

function quoted(field: string): string {
  return /[",\r\n]|^'/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
