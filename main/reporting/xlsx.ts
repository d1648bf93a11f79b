import ExcelJS from 'exceljs';
import { guarded } from './csv.ts';
import type { ReportCell, ReportModel, ReportSection } from './report-model.ts';

/** A workbook with one sheet per section; figures are numbers, text is never a formula. */
export async function writeXlsx(report: ReportModel): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const stamp = new Date(report.asOf);
  workbook.creator = 'Interlock';
  workbook.created = stamp;
  workbook.modified = stamp;
  summarySheet(workbook, report);
  for (const section of report.sections) if (section.tables.length > 0) sectionSheet(workbook, section);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function summarySheet(workbook: ExcelJS.Workbook, report: ReportModel): void {
  const sheet = workbook.addWorksheet('Summary');
  const { signature } = report;
  sheet.addRow([guarded(report.bookName)]).font = { bold: true, size: 14 };
  sheet.addRow([guarded(report.headline)]);
  sheet.addRow([guarded(report.lead)]);
  sheet.addRow([]);
  for (const figure of report.figures) sheet.addRow([guarded(figure.label), guarded(figure.value), guarded(figure.note)]);
  sheet.addRow([]);
  sheet.addRow(['As of (UTC)', report.asOf]);
  sheet.addRow(['Record', signature.recordDigest]);
  sheet.addRow(['Book', signature.bookDigest]);
  sheet.addRow(['Engine', signature.engineVersion]);
  sheet.addRow(['Seed', signature.seed]);
  sheet.addRow(['Solver', signature.solver]);
  sheet.getColumn(1).width = 30;
  sheet.getColumn(2).width = 40;
  sheet.getColumn(3).width = 50;
}

function sectionSheet(workbook: ExcelJS.Workbook, section: ReportSection): void {
  const sheet = workbook.addWorksheet(section.title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31), { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.addRow([guarded(section.title), guarded(section.caption)]).font = { bold: true };
  for (const table of section.tables) {
    sheet.addRow(table.columns.map((column) => column.label)).font = { bold: true };
    for (const row of table.rows) sheet.addRow(row.map(value));
    table.columns.forEach((column, index) => {
      const widest = Math.max(column.label.length, ...table.rows.map((row) => row[index]?.text.length ?? 0));
      const target = sheet.getColumn(index + 1);
      target.width = Math.min(60, Math.max(9, widest + 2));
      if (column.align === 'right') target.alignment = { horizontal: 'right' };
    });
  }
}

function value(cell: ReportCell): number | string | null {
  if (typeof cell.value === 'number') return cell.value;
  if (cell.value === null) return cell.text === '–' ? null : guarded(cell.note === undefined ? cell.text : `none: ${cell.note}`);
  const isQuantity = /^-?\d+(\.\d+)?$/.test(cell.value) && cell.value.replace(/\D/g, '').length <= 15;
  return isQuantity ? Number(cell.value) : guarded(cell.value);
}
