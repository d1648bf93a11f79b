import { describe, expect, it } from 'vitest';
import { reportFormat } from '../../../../main/contract/reporting.ts';
import { downloadAddress } from '../../../../renderer/features/reporting/download-address.ts';
import { reportFormats } from '../../../../renderer/features/reporting/report-formats.ts';

describe('reports', () => {
  it('offer every format of the contract', () => {
    expect(reportFormats.map(({ format }) => format)).toEqual(reportFormat.options);
  });

  it('can be fetched when they lie in the reports folder, whatever their names carry', () => {
    expect(downloadAddress('/home/you/.local/share/interlock/reports/2026-02-05/report 1.pdf')).toBe('/reports/2026-02-05/report%201.pdf');
    expect(downloadAddress('C:\\Users\\you\\Interlock\\reports\\a&b.csv')).toBe('/reports/a%26b.csv');
  });

  it('cannot be fetched from elsewhere', () => {
    expect(downloadAddress('/tmp/report.pdf')).toBeNull();
    expect(downloadAddress('/tmp/reports')).toBeNull();
  });
});
