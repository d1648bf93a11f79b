import { inflateSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../main/reporting/build-report.ts';
import { guarded, writeCsv } from '../../main/reporting/csv.ts';
import { writeHtml } from '../../main/reporting/html.ts';
import { writePdf } from '../../main/reporting/pdf.ts';
import { unkerned } from '../../main/reporting/pdf/set-text.ts';
import { wholePieces } from '../../main/reporting/whole-pieces.ts';
import { writeXlsx } from '../../main/reporting/xlsx.ts';
import { sampleAnalysis } from '../support/sample-analysis.ts';
import { sampleBacktest } from '../support/sample-backtest.ts';
import { sampleHedge, sampleInfeasibleHedge } from '../support/sample-hedge.ts';
import { sampleContent, sampleResults } from '../support/sample-report.ts';

const report = buildReport(sampleContent());

describe('report model', () => {
  it('opens with the decision and ends with the definitions and the positions', () => {
    expect(report.headline).toBe(sampleHedge.statement);
    expect(report.sections[0]?.id).toBe('actions');
    expect(report.sections.slice(-2).map(({ id }) => id)).toEqual(['definitions', 'positions']);
  });

  it('leads with the situation when nothing was suggested', () => {
    const alone = buildReport(sampleContent(sampleResults(sampleAnalysis, null)));
    expect(alone.headline).toBe(sampleAnalysis.statement.headline);
    expect(alone.sections.some((section) => section.id === 'actions')).toBe(false);
  });

  it('names the smallest relaxations of an infeasible suggestion', () => {
    const actions = buildReport(sampleContent(sampleResults(sampleAnalysis, sampleInfeasibleHedge))).sections[0];
    expect(actions?.paragraphs).toEqual(sampleInfeasibleHedge.relaxations.map((relaxation) => relaxation.text));
  });

  it('tells of the windows that were backtested, the program beside what needs none, and where it lost', () => {
    const told = buildReport(sampleContent({ ...sampleResults(), backtests: [sampleBacktest] }));
    const section = told.sections.find(({ id }) => id === 'backtest-sample');
    expect(section?.paragraphs).toEqual([sampleBacktest.headline, `Where it did not do well. ${sampleBacktest.honest.join(' ')}`]);
    expect(section?.tables[0]?.rows.map((row) => row.at(-1)?.text)).toEqual(['MKR-A', 'none', 'none']);
    for (const row of section?.tables[0]?.rows ?? []) expect(row.length).toBe(section?.tables[0]?.columns.length);
    expect(report.sections.some(({ id }) => id.startsWith('backtest'))).toBe(false);
  });

  it('gives every row one cell per column', () => {
    for (const section of report.sections) {
      for (const table of section.tables)
        for (const row of table.rows) expect([section.id, row.length]).toEqual([section.id, table.columns.length]);
    }
  });
});

describe('written reports', () => {
  it('are byte-identical for equal inputs whatever the run id and the time it took', async () => {
    const again = { ...sampleAnalysis, runId: 'another', elapsedMs: 12_345 };
    const other = buildReport(sampleContent(sampleResults(again, { ...sampleHedge, runId: 'another' })));
    expect(writeCsv(other)).toBe(writeCsv(report));
    expect(writeHtml(other)).toBe(writeHtml(report));
    expect((await writePdf(other)).equals(await writePdf(report))).toBe(true);
  }, 180_000);

  it('differ when one number differs', async () => {
    const changed = { ...sampleAnalysis, totals: { ...sampleAnalysis.totals, equityUsd: sampleAnalysis.totals.equityUsd + 10_000 } };
    const other = buildReport(sampleContent(sampleResults(changed)));
    expect(writeCsv(other)).not.toBe(writeCsv(report));
    expect((await writePdf(other)).equals(await writePdf(report))).toBe(false);
  }, 180_000);

  it('keep the HTML self-contained and free of script', () => {
    const bookName = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    const named = buildReport(sampleContent(sampleResults({ ...sampleAnalysis, bookName })));
    const html = writeHtml(named, JSON.stringify({ bookName, close: '</template><script>alert(3)</script>' }));
    expect(html).toContain("default-src 'none'");
    const [page = '', carried = ''] = html.split('<template id="interlock-record">');
    expect(/<script|<img|\bonerror=[^&]*>/i.exec(page)?.[0]).toBeUndefined();
    expect(carried.replace(/<\/template>[\s\S]*$/, '')).not.toMatch(/[<>&]/);
    expect(html).not.toMatch(/(?:src|href)="https?:/i);
  });

  it('has the lines to sign on at the end of the decision, with a suggestion and without', () => {
    for (const results of [sampleResults(), sampleResults(sampleAnalysis, null)]) {
      const html = writeHtml(buildReport(sampleContent(results)));
      const places = ['id="certainty"', 'class="signatures"', 'id="survival"'].map((each) => html.indexOf(each));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
    }
  });

  it('never breaks the name of an account or a figure from its sign', () => {
    expect(wholePieces('AAV-LOOP fell 12.5\u2009%, MKR-A held')).toEqual([
      { text: 'AAV-LOOP', isWhole: true },
      { text: ' fell ', isWhole: false },
      { text: '12.5\u2009%', isWhole: true },
      { text: ', ', isWhole: false },
      { text: 'MKR-A', isWhole: true },
      { text: ' held', isWhole: false },
    ]);
  });

  it('sets decimal points of labels apart and leaves coordinates alone', () => {
    expect(unkerned('<path d="M7.77 1"/><text x="1.5">7.77</text>')).toMatch(
      /^<path d="M7\.77 1"\/><text x="1\.5">7<tspan [^>]*>\.<\/tspan><tspan [^>]*>77<\/tspan><\/text>$/,
    );
  });

  it('draw charts of the PDF as vectors, with page numbers', async () => {
    const pdf = await writePdf(report);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).not.toContain('/Subtype /Image');
    expect(pageTexts(pdf).length).toBeGreaterThan(2);
  }, 180_000);

  it('hold figures as numbers in the workbook and never a formula', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(
      (await writeXlsx(buildReport(sampleContent(sampleResults({ ...sampleAnalysis, bookName: '=1+1' }))))).buffer as ArrayBuffer,
    );
    const sheet = workbook.getWorksheet('Requirements');
    expect(typeof sheet?.getCell('C3').value).toBe('number');
    expect(workbook.getWorksheet('Summary')?.getCell('A1').value).toBe("'=1+1");
    workbook.eachSheet((each) => each.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined())));
  });

  it('guard text that a spreadsheet would run, and leave numbers alone', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
      expect(guarded(`${start}x`)).toBe(`'${start}x`);
    expect(writeCsv(report)).toMatch(/,-\d/);
  });
});

/** Content streams of a PDF that are compressed with deflate. */
function pageTexts(pdf: Buffer): string[] {
  const found: string[] = [];
  const text = pdf.toString('latin1');
  for (const match of text.matchAll(/stream\r?\n/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endstream', start);
    try {
      const content = inflateSync(pdf.subarray(start, end)).toString('latin1');
      if (content.includes('BT')) found.push(content);
    } catch {
      continue;
    }
  }
  return found;
}
