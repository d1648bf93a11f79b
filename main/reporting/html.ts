import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { recordElement } from './carried-record.ts';
import { moment } from './format.ts';
import { ink } from './palette.ts';
import {
  noteLine,
  notedText,
  notesOf,
  type ReportCell,
  type ReportChart,
  type ReportModel,
  type ReportSection,
  type ReportTable,
} from './report-model.ts';
import { wholePieces } from './whole-pieces.ts';

const require = createRequire(import.meta.url);
const CHART_SCALE = 1.4;

/**
 * One self-contained page: no script, no outside reference, charts as inline vectors, the house font inside.
 *
 * @param record text of the record the page carries, so that it can be verified; none in a preview
 */
export function writeHtml(report: ReportModel, record: string | null = null): string {
  const { signature } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>${escape(report.bookName)}: hedge report</title>
<style>${fontFace('Regular', 400)}${fontFace('SemiBold', 600)}${STYLE}</style>
</head>
<body>
<main>
<header><strong>Interlock</strong> <span>Hedge report</span><span class="right">${escape(report.bookName)} · as of ${moment(report.asOf)} · reporting currency USD</span></header>
<h1>${escape(report.headline)}</h1>
<p class="lead">${prose(report.lead)}</p>
<div class="figures">${report.figures.map((item) => `<div><small>${escape(item.label)}</small><b>${escape(item.value)}</b><small>${escape(item.note)}</small></div>`).join('')}</div>
<div class="sections">
${sections(report)}
</div>
<footer><code>${report.isDraft === true ? 'draft' : `record ${signature.recordDigest.slice(0, 16)}`} · book ${signature.bookDigest.slice(0, 12)} · engine ${escape(signature.engineVersion)} · seed ${signature.seed} · ${escape(signature.solver)}</code><span>Nothing in this report has been sent to a venue.</span></footer>
</main>
${record === null ? '' : recordElement(record)}</body>
</html>
`;
}

/** A weight of Inter as a data address, so that figures and marks look the same on every machine. */
function fontFace(name: 'Regular' | 'SemiBold', weight: number): string {
  const file = readFileSync(require.resolve(`inter-ui/web/Inter-${name}.woff2`));
  return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${file.toString('base64')}) format('woff2')}`;
}

/** Text that can stand in HTML content and in quoted attributes. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** Sections in order, with the lines to sign on at the end of the decision. */
function sections(report: ReportModel): string {
  const decided = report.sections.findIndex(({ startsPage }) => startsPage);
  const told = report.sections.map(section);
  if (report.isDraft === true) return told.join('\n');
  const signatures = '<div class="signatures"><span>Prepared by</span><span>Approved by</span><span>Date, time</span></div>';
  return told.toSpliced(decided === -1 ? told.length : decided, 0, signatures).join('\n');
}

function section(item: ReportSection): string {
  const charts = item.charts.map(figure).join('');
  const paragraphs = item.paragraphs.map((paragraph) => `<p>${prose(paragraph)}</p>`).join('');
  return `<section id="${item.id}" class="${item.span}${item.startsPage ? ' page' : ''}"><h2>${escape(item.title)} <small>${escape(item.caption)}</small></h2>${paragraphs}${charts}${item.tables.map(table).join('')}</section>`;
}

/** A chart is drawn in points for paper; a screen shows it larger. */
function figure({ svg, width, description }: ReportChart): string {
  return `<figure role="img" aria-label="${escape(description)}" style="max-width:${width * CHART_SCALE}px">${svg}</figure>`;
}

/** Escaped, with names and figures that are not broken at the end of a line. */
function prose(text: string): string {
  return wholePieces(text)
    .map((piece) => (piece.isWhole ? `<span class="whole">${escape(piece.text)}</span>` : escape(piece.text)))
    .join('');
}

function table(item: ReportTable): string {
  const hasHead = item.columns.some((column) => column.label !== '');
  const head = hasHead
    ? `<thead><tr>${item.columns.map((column) => `<th class="${column.align}" scope="col">${escape(column.label)}</th>`).join('')}</tr></thead>`
    : '';
  const notes = notesOf(item);
  const rows = item.rows.map(
    (row) =>
      `<tr>${row.map((cell, index) => `<td class="${classes(cell, item.columns[index]?.align ?? 'left')}">${cell.svg ?? prose(notedText(cell, notes))}</td>`).join('')}</tr>`,
  );
  const lines = [...(item.legend === undefined ? [] : [item.legend]), ...notes.map(noteLine)];
  const below = lines.map((line) => `<p class="note">${prose(line)}</p>`).join('');
  return `<div class="scroll"><table>${head}<tbody>${rows.join('')}</tbody></table></div>${below}`;
}

function classes(cell: ReportCell, align: string): string {
  return [align, cell.state ?? '', cell.isStrong ? 'strong' : ''].filter(Boolean).join(' ');
}

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:${ink.text};font:13px/1.45 Inter,system-ui,sans-serif;font-feature-settings:'tnum','calt','case'}
main{max-width:1040px;margin:0 auto;padding:32px 36px 48px}
header{display:flex;gap:8px;color:${ink.text2}}header strong{color:${ink.text}}.right{margin-left:auto}
h1{font-size:28px;line-height:1.22;letter-spacing:-.02em;margin:24px 0 10px;font-weight:600;max-width:32em;text-wrap:balance}
.lead{font-size:14px;color:${ink.text2};margin:0 0 20px;max-width:62em}
.figures{display:grid;grid-template-columns:repeat(5,1fr);border-top:1.5px solid ${ink.text};border-bottom:1.5px solid ${ink.text};margin-bottom:10px}
.figures div{padding:10px 12px;border-left:1px solid ${ink.line}}.figures div:first-child{border-left:0;padding-left:0}
.figures small,.figures b{display:block}.figures b{font-size:19px;font-weight:600;letter-spacing:-.01em;margin:2px 0}.figures small{color:${ink.text3}}
.sections{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);column-gap:32px}
section{margin-top:22px;border-top:1.5px solid ${ink.text};padding-top:8px;min-width:0}section.full{grid-column:1/-1}
h2{font-size:14px;margin:0 0 8px;font-weight:600}h2 small{font-weight:400;color:${ink.text3};font-size:12px;margin-left:6px}
p{margin:0 0 8px;max-width:70em}figure{margin:8px 0;overflow-x:auto}figure svg{display:block;width:100%;height:auto}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:12px}
th{font-weight:500;color:${ink.text2};font-size:11px;border-bottom:1.5px solid ${ink.text};padding:4px 8px;vertical-align:bottom}
td{border-bottom:1px solid ${ink.line};padding:4px 8px;vertical-align:top}th:first-child,td:first-child{padding-left:0}
.left{text-align:left}.right{text-align:right}td.right,th.right,.whole{white-space:nowrap}.strong{font-weight:600}
.note{color:${ink.text3};font-size:11px;margin:4px 0 0}
.signatures{grid-column:1/-1;display:grid;grid-template-columns:repeat(3,1fr);gap:32px;margin:64px 0 24px}.signatures span{border-top:1.5px solid ${ink.text};padding-top:4px;color:${ink.text2};font-size:11px}
.watch{color:${ink.watch}}.danger{color:${ink.danger}}td svg{display:block;margin-top:2px}
footer{display:flex;justify-content:space-between;border-top:1px solid ${ink.line};margin-top:36px;padding-top:8px;color:${ink.text3};font-size:11px}
code{font-family:'JetBrains Mono Variable',ui-monospace,monospace}
@media (max-width:760px){.sections,.figures{display:block}.figures div{border-left:0;padding-left:0}header{flex-wrap:wrap}.right{margin-left:0}}
@media print{main{max-width:none;padding:0}section.page{break-before:page}tr{break-inside:avoid}}
`.trim();
