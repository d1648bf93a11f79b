import type { ReportFormat } from '../../contract/reporting.ts';
import type { WrittenRecord } from './report-record.ts';

/**
 * One format of a report, from its record alone. The writers and their libraries are loaded when first needed: they are a third of the memory
 * of a process that writes no report.
 */
export async function renderReport(format: ReportFormat, written: WrittenRecord): Promise<Buffer> {
  if (format === 'json') return Buffer.from(written.text);
  const { buildReport } = await import('../../reporting/build-report.ts');
  const report = buildReport({
    results: written.record.results,
    bookDigest: written.record.inputs.bookDigest,
    recordDigest: written.digest,
  });
  switch (format) {
    case 'pdf':
      return (await import('../../reporting/pdf.ts')).writePdf(report, written.text);
    case 'html':
      return Buffer.from((await import('../../reporting/html.ts')).writeHtml(report, written.text));
    case 'xlsx':
      return (await import('../../reporting/xlsx.ts')).writeXlsx(report);
    case 'csv':
      return Buffer.from((await import('../../reporting/csv.ts')).writeCsv(report));
  }
}
