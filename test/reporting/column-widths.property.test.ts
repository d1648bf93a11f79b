import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnWidths, PADDING } from '../../main/reporting/pdf/column-widths.ts';
import { words, type ReportColumn, type ReportTable } from '../../main/reporting/report-model.ts';

const WIDTH = 515;
const column = fc.record({ label: fc.string({ maxLength: 12 }), grow: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }) });
const table = fc
  .array(column, { minLength: 1, maxLength: 9 })
  .chain((heads) =>
    fc.array(fc.tuple(...heads.map(() => fc.string({ maxLength: 60 }))), { maxLength: 8 }).map((rows): ReportTable => ({
      id: 't',
      columns: heads.map(({ label, grow }): ReportColumn =>
        grow === undefined ? { label, align: 'right' } : { label, align: 'left', grow },
      ),
      rows: rows.map((row) => row.map((text) => words(text))),
    })),
  )
  // Figures take what they need: more of them than fit are not a table.
  .filter(({ columns }) => columns.filter(({ grow }) => grow === undefined).length <= 3);

describe('columns of a printed table', () => {
  it('fill its width to the last point, whatever stands in them', () => {
    fc.assert(
      fc.property(table, (each) => {
        const widths = columnWidths(each, WIDTH, 7.8);
        const taken = widths.reduce((sum, width) => sum + width, 0) + PADDING * (each.columns.length - 1);
        expect(taken).toBeCloseTo(WIDTH, 6);
        expect(Math.min(...widths)).toBeGreaterThan(0);
      }),
    );
  });

  it('give a short text no more room than a figure beside it where nothing needs it', () => {
    const each: ReportTable = {
      id: 't',
      columns: [
        { label: 'Account', align: 'left', grow: 1 },
        { label: 'Before', align: 'right' },
        { label: 'After', align: 'right' },
      ],
      rows: [[words('MKR-A'), words('12.77'), words('1.72')]],
    };
    const [first = 0, second = 0] = columnWidths(each, WIDTH, 7.8);
    expect(first).toBeLessThan(second * 1.2);
  });
});
