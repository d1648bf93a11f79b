import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Column, Content, ContentTable, ContentText, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { RECORD_NAME } from './carried-record.ts';
import { moment } from './format.ts';
import { ink } from './palette.ts';
import { columnWidths, PADDING } from './pdf/column-widths.ts';
import { unbroken, unkerned } from './pdf/set-text.ts';
import { noteLine, notedText, notesOf, type ReportCell, type ReportModel, type ReportSection, type ReportTable } from './report-model.ts';

const PAGE_WIDTH = 515;
const HALF_WIDTH = 246;
/** Rows up to which a table is not divided between pages. */
const SHORT_TABLE = 11;
/** Rows that stay with the heads of their table. */
const KEPT_ROWS = 3;
/** Paragraphs above it up to which a table stays with them. */
const SHORT_STORY = 3;
/** Sections and tables that have to fit on the page that is signed. What they say in sentences is a warning. */
const FIRST_PAGE: ReadonlySet<string> = new Set(['actions', 'accounts', 'surplus', 'risks', 'certainty']);
const require = createRequire(import.meta.url);
const font = (weight: string): string => require.resolve(`@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`);

/**
 * A4 pages with vector charts, repeated table heads and page numbers, and the record as an attachment. Every date in it is the snapshot's,
 * so that equal reports are equal bytes.
 */
export async function writePdf(report: ReportModel, record: string | null = null): Promise<Buffer> {
  const regular = font('400Regular');
  const strong = font('600SemiBold');
  pdfmake.setFonts({ Inter: { normal: regular, bold: strong, italics: regular, bolditalics: strong } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path: string) => path === regular || path === strong);
  const attached = record === null ? {} : { files: { record: attachment(report, record) } };
  return pdfmake.createPdf({ ...definition(report), ...attached }).getBuffer();
}

/** Dates are the snapshot's here too. The typings of the library do not know them; it hands them to its PDF writer. */
function attachment({ asOf }: ReportModel, record: string): NonNullable<TDocumentDefinitions['files']>[string] {
  const file = {
    src: `data:application/json;base64,${Buffer.from(record).toString('base64')}`,
    name: RECORD_NAME,
    description: 'What this report was computed from and what came out: interlock report verify',
    creationDate: new Date(asOf),
    modifiedDate: new Date(asOf),
  };
  return file;
}

function definition(report: ReportModel): TDocumentDefinitions {
  const { signature } = report;
  return {
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 40],
    info: {
      title: `${report.bookName}: hedge report`,
      author: 'Interlock',
      creationDate: new Date(report.asOf),
      modDate: new Date(report.asOf),
    },
    defaultStyle: { font: 'Inter', fontSize: 8.6, color: ink.text, lineHeight: 1.15, fontFeatures: ['tnum', 'calt'] },
    header: () => ({
      margin: [40, 20, 40, 0],
      columns: [
        {
          width: 'auto',
          text: [
            { text: 'Interlock', bold: true },
            { text: '   Hedge report', color: ink.text3 },
          ],
        },
        { width: '*', text: `${report.bookName} · as of ${moment(report.asOf)} · USD`, alignment: 'right', color: ink.text2 },
      ],
    }),
    footer: (page: number, pages: number) => ({
      margin: [40, 10, 40, 0],
      fontSize: 7.4,
      color: ink.text3,
      columns: [
        {
          width: '*',
          text: `record ${signature.recordDigest.slice(0, 16)} · book ${signature.bookDigest.slice(0, 12)} · engine ${signature.engineVersion} · seed ${signature.seed}`,
        },
        { width: 'auto', text: 'Nothing in this report has been sent to a venue.', margin: [0, 0, 16, 0] },
        { width: 'auto', text: `${page} of ${pages}` },
      ],
    }),
    content: [
      { text: report.headline, fontSize: 15, bold: true, lineHeight: 1.1, margin: [0, 0, 0, 4] },
      { text: unbroken(report.lead), fontSize: 8.2, color: ink.text2, margin: [0, 0, 0, 6] },
      figures(report),
      ...flow(report.sections),
    ],
  };
}

function figures(report: ReportModel): Content {
  const cells: TableCell[] = report.figures.map((item) => ({
    stack: [
      { text: item.label, fontSize: 7.8, color: ink.text2 },
      { text: item.value, fontSize: 10.8, bold: true, margin: [0, 2, 0, 1] },
      { text: item.note, fontSize: 7.4, color: ink.text3 },
    ],
  }));
  const layout: CustomTableLayout = {
    hLineWidth: () => 0.9,
    hLineColor: () => ink.text,
    vLineWidth: (index) => (index === 0 || index === cells.length ? 0 : 0.5),
    vLineColor: () => ink.line,
    paddingTop: () => 5,
    paddingBottom: () => 4,
    paddingLeft: (index) => (index === 0 ? 0 : 8),
    paddingRight: () => 6,
  };
  return { table: { widths: cells.map(() => '*'), body: [cells] }, layout };
}

/** Sections in order; two neighbouring halves share a row. The decision ends with the lines to sign on. */
function flow(sections: readonly ReportSection[]): Content[] {
  const content: Content[] = [];
  let index = 0;
  let hasSigned = false;
  while (index < sections.length) {
    const first = sections[index];
    const second = sections[index + 1];
    if (!first) break;
    if (first.startsPage && !hasSigned) {
      content.push(signatures());
      hasSigned = true;
    }
    if (first.span === 'half' && second?.span === 'half') {
      content.push({
        columns: [
          { width: HALF_WIDTH, stack: block(first, HALF_WIDTH) },
          { width: HALF_WIDTH, stack: block(second, HALF_WIDTH) },
        ],
        columnGap: PAGE_WIDTH - 2 * HALF_WIDTH,
        unbreakable: true,
      });
      index += 2;
    } else {
      content.push(...fullWidth(first));
      index += 1;
    }
  }
  return content;
}

/**
 * A section over the whole width. What is short stays together; a long table carries the heading of its section as its first row, so that
 * the two are never parted and every page of the table says what it shows.
 */
function fullWidth(section: ReportSection): Content[] {
  const start = section.startsPage ? { pageBreak: 'before' as const } : {};
  const [table, ...more] = section.tables;
  if (table === undefined) return above(section, start);
  if (isShort(section)) return [{ stack: block(section, PAGE_WIDTH), unbreakable: true, ...start }];
  const rest = more.flatMap((each) => tableContents(each, PAGE_WIDTH));
  if (section.paragraphs.length + section.charts.length > 0)
    return [...above(section, start), ...tableContents(table, PAGE_WIDTH), ...rest];
  return [{ stack: tableContents(table, PAGE_WIDTH, section), margin: [0, 9, 0, 0], ...start }, ...rest];
}

/** Heading, paragraphs and charts of a section in one piece; a long story may go on on the next page, but never leaves its heading alone. */
function above(section: ReportSection, start: object): Content[] {
  const [head = '', ...rest] = block({ ...section, tables: [] }, PAGE_WIDTH);
  const kept = section.paragraphs.length > SHORT_STORY ? 1 : rest.length;
  return [{ stack: [head, ...rest.slice(0, kept)], unbreakable: true, ...start }, ...rest.slice(kept)];
}

function block(section: ReportSection, width: number): Content[] {
  const isFirst = FIRST_PAGE.has(section.id);
  const head: Content = { stack: [rule(width, 0.9, ink.text), title(section)], margin: [0, isFirst ? 7 : 9, 0, 0] };
  const charts: Content[] = section.charts.map((chart) => ({
    svg: unkerned(chart.svg),
    width: Math.min(width, chart.width),
    margin: [0, 2, 0, 4],
  }));
  const paragraphs: Content[] = section.paragraphs.map((text) => ({
    text: unbroken(text),
    margin: [0, 0, 0, isFirst ? 2 : 4],
    ...(isFirst ? { fontSize: 7.8, bold: true, color: ink.danger } : {}),
  }));
  return [head, ...paragraphs, ...charts, ...section.tables.flatMap((table) => tableContents(table, width))];
}

function title(section: ReportSection): ContentText {
  return {
    text: [
      { text: section.title, bold: true, fontSize: 10 },
      { text: `   ${section.caption}`, color: ink.text3, fontSize: 8 },
    ],
    margin: [0, 4, 0, 3],
  };
}

/** A section of a few rows and no long story stays together. */
function isShort({ tables, charts, paragraphs, startsPage }: ReportSection): boolean {
  return (
    !startsPage &&
    charts.length === 0 &&
    paragraphs.length <= SHORT_STORY &&
    tables.reduce((sum, { rows }) => sum + rows.length, 0) <= SHORT_TABLE
  );
}

/** A table and the reasons of the figures it does not have. */
function tableContents(table: ReportTable, width: number, titled: ReportSection | null = null): Content[] {
  const notes = notesOf(table);
  const lines = [...(table.legend === undefined ? [] : [table.legend]), ...notes.map(noteLine)];
  const below: Content[] = lines.map((line) => ({ text: unbroken(line), fontSize: 7, color: ink.text3, margin: [0, 2, 0, 0] }));
  return [tableContent(table, width, titled), ...below];
}

function tableContent(table: ReportTable, width: number, titled: ReportSection | null): ContentTable {
  const hasHead = table.columns.some((column) => column.label !== '');
  const fontSize = table.columns.length > 8 ? 6.9 : FIRST_PAGE.has(table.id) ? 7.2 : 7.8;
  const notes = notesOf(table);
  const widths = columnWidths(table, width, fontSize);
  const head: TableCell[] = table.columns.map((column) => ({
    text: column.label,
    alignment: column.align,
    color: ink.text2,
    fontSize: fontSize - 0.4,
  }));
  const rows = table.rows.map((row) =>
    row.map((cell, index) =>
      cellContent(
        { ...cell, text: notedText(cell, notes) },
        { align: table.columns[index]?.align ?? 'left', fontSize, width: widths[index] ?? 0 },
      ),
    ),
  );
  const heads = [...(titled === null ? [] : [titleRow(titled, table.columns.length)]), ...(hasHead ? [head] : [])];
  const top = titled === null ? 0 : 0.9;
  const padding = FIRST_PAGE.has(table.id) ? [1.1, 0.9] : [1.7, 1.5];
  const layout: CustomTableLayout = {
    hLineWidth: (line) => (line === 0 ? top : line < heads.length ? 0 : hasHead && line === heads.length ? 0.8 : 0.4),
    hLineColor: (line) => (line === 0 || (hasHead && line === heads.length) ? ink.text : ink.line),
    vLineWidth: () => 0,
    paddingTop: () => padding[0] ?? 0,
    paddingBottom: () => padding[1] ?? 0,
    paddingLeft: (index) => (index === 0 ? 0 : PADDING),
    paddingRight: () => 0,
  };
  const headRows =
    heads.length > 0 ? { headerRows: heads.length, keepWithHeaderRows: Math.min(KEPT_ROWS, rows.length) } : { headerRows: 0 };
  return { table: { ...headRows, dontBreakRows: true, widths, body: [...heads, ...rows] }, layout };
}

/** The heading of a section as the first row of its table. */
function titleRow(section: ReportSection, columns: number): TableCell[] {
  return [{ ...title(section), colSpan: columns }, ...Array.from({ length: columns - 1 }, (): TableCell => ({}))];
}

type CellStyle = { readonly align: 'left' | 'right'; readonly fontSize: number; readonly width: number };

function cellContent(cell: ReportCell, style: CellStyle): TableCell {
  if (cell.svg !== undefined) return { svg: cell.svg, width: style.width, margin: [0, 1, 0, 0] };
  const color = cell.state === 'danger' ? ink.danger : cell.state === 'watch' ? ink.watch : ink.text;
  return {
    text: style.align === 'right' ? cell.text : unbroken(cell.text),
    alignment: style.align,
    fontSize: style.fontSize,
    bold: cell.isStrong === true,
    color,
    noWrap: style.align === 'right',
  };
}

function signatures(): Content {
  const line = (label: string): Column => ({
    width: '*',
    stack: [rule(155, 0.8, ink.text), { text: label, color: ink.text2, fontSize: 7.8, margin: [0, 3, 0, 0] }],
  });
  return {
    columns: [line('Prepared by'), line('Approved by'), line('Date, time')],
    columnGap: 25,
    margin: [0, 22, 0, 0],
    unbreakable: true,
  };
}

function rule(width: number, lineWidth: number, lineColor: string): Content {
  return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth, lineColor }] };
}
