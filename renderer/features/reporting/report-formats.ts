import type { ReportFormat } from '../../../main/contract/reporting.ts';

/** Formats of the report with what each is for. */
export const reportFormats: readonly { readonly format: ReportFormat; readonly title: string; readonly purpose: string }[] = [
  { format: 'pdf', title: 'PDF', purpose: 'to sign and to print' },
  { format: 'html', title: 'HTML', purpose: 'one file, reads anywhere' },
  { format: 'xlsx', title: 'XLSX', purpose: 'tables to go on with' },
  { format: 'csv', title: 'CSV', purpose: 'one table per topic' },
  { format: 'json', title: 'JSON', purpose: 'everything, exact' },
];
