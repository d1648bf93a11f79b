import { describe, expect, it } from 'vitest';
import type { ReportOutlook } from '../../main/contract/report-outlook.ts';
import type { ForecastResult } from '../../main/contract/forecast.ts';
import { buildReport } from '../../main/reporting/build-report.ts';
import { writeCsv } from '../../main/reporting/csv.ts';
import type { ReportSection } from '../../main/reporting/report-model.ts';
import { sampleCoverage } from '../support/sample-coverage.ts';
import { sampleForecast, sampleTrigger } from '../support/sample-forecast.ts';
import { sampleContent, sampleResults } from '../support/sample-report.ts';

const outlook: ReportOutlook = { forecast: sampleForecast, after: null, coverage: sampleCoverage, orders: [sampleTrigger] };

/** The sample forecast with these chances of a call in an hour, a day and a week. */
function called(chances: readonly number[]): ForecastResult {
  const accounts = sampleForecast.accounts.map((account) => ({
    ...account,
    horizons: account.horizons.map((horizon, i) => {
      const value = chances[i] ?? 0;
      return { ...horizon, callProbability: { value, from: value * 0.9, to: value * 1.1 } };
    }),
  }));
  return { ...sampleForecast, accounts };
}

function sectionsOf(told: ReportOutlook | null): readonly ReportSection[] {
  return buildReport(sampleContent({ ...sampleResults(), outlook: told })).sections;
}

function section(told: ReportOutlook | null, id: string): ReportSection {
  return sectionsOf(told).find((each) => each.id === id) ?? expect.fail(`the report has no section ${id}`);
}

describe('what may come, in the report', () => {
  it('is told only where it was asked for', () => {
    const isAhead = ({ id }: ReportSection): boolean => id.startsWith('forecast') || id.startsWith('order');
    expect(sectionsOf(null).filter(isAhead)).toEqual([]);
    expect(
      sectionsOf({ ...outlook, orders: [] })
        .filter(isAhead)
        .some(({ id }) => id.startsWith('order')),
    ).toBe(false);
    expect(sectionsOf(outlook).filter(isAhead).length).toBeGreaterThan(8);
  });

  it('gives every row one cell per column, with a suggestion and without', () => {
    for (const after of [null, called([0, 0.02, 0.05])])
      for (const { id, tables } of sectionsOf({ ...outlook, after }))
        for (const { columns, rows } of tables) for (const row of rows) expect([id, row.length]).toEqual([id, columns.length]);
  });

  it('draws the fan of the likeliest accounts, and orders beside none', () => {
    expect(section(outlook, 'forecast').charts[0]?.svg).toContain('MKR-A');
    expect(section(outlook, 'order-terms').charts[0]?.description).toBe(
      'Chance of liquidation without and with an order: MKR-A 22.0\u2009% and 0.2\u2009%.',
    );
  });

  it('says paths, seed, latency and fee with the figures', () => {
    expect(section(outlook, 'forecast').caption).toContain('2,000 paths from 2026-02-05 21:29:37 UTC, seed 7');
    const [row] = section(outlook, 'order-terms').tables[0]?.rows ?? [];
    expect(row?.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['1.100', '1.200', '30 min', '0.3\u2009%', 'liquidated in 1 of 1, with it in 0']),
    );
  });

  it('tells of the tests by time, level and part of the record, the least and the most over the accounts', () => {
    const rows = section(outlook, 'forecast-held').tables[0]?.rows ?? [];
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['1 day', 'judging', '1.0\u2009%', '100', '1.0 to 4.0', '0.020 to 0.900', '0.700', '0.060 to 0.900', 'holds 1, falls short 1'],
    ]);
    expect(section(outlook, 'forecast-held').paragraphs.slice(0, -1)).toEqual(sampleCoverage.verdicts);
  });

  it('names an account that cannot be judged, and why', () => {
    const [account] = sampleForecast.accounts;
    const trouble = { reason: 'missingPrice' as const, message: 'no price of KEEL' };
    const accounts = account === undefined ? [] : [{ ...account, horizons: [], trouble }];
    const told = buildReport(sampleContent({ ...sampleResults(), outlook: { ...outlook, forecast: { ...sampleForecast, accounts } } }));
    expect(writeCsv(told)).toContain('none: no price of KEEL');
  });
});

describe('the page that is signed', () => {
  const facts = (told: ReportOutlook): string => JSON.stringify(section(told, 'certainty'));

  it('names who is called within a day although everything is done', () => {
    const told = { ...outlook, after: called([0, 0.02, 0.05]) };
    expect(section(told, 'risks').paragraphs).toEqual([
      'Called within a day, even with every action done, likelier than the 1.0\u2009% that is taken: MKR-A 2.0\u2009% (1.8 to 2.2\u2009%).',
    ]);
    expect(facts(told)).toContain('MKR-A, above 1.0');
  });

  it('says so too where nobody is', () => {
    const told = { ...outlook, after: called([0, 0.01, 0.01]) };
    expect(section(told, 'risks').paragraphs).toEqual([]);
    expect(facts(told)).toContain('nobody likelier than 1.0');
  });

  it('names whom the actions themselves bring nearer to a call, beyond what simulating leaves open', () => {
    const before = called([0, 0, 0.02]);
    const told = (week: number): readonly string[] =>
      section({ ...outlook, forecast: before, after: called([0, 0, week]) }, 'risks').paragraphs;
    expect(told(0.05)).toEqual(['The actions themselves make a call likelier within 7 days: MKR-A 2.0 → 5.0\u2009%.']);
    expect(told(0.024)).toEqual([]);
  });

  it('says nothing of calls where no forecast was made', () => {
    expect(JSON.stringify(sectionsOf(null).filter(({ id }) => id === 'certainty' || id === 'risks'))).not.toContain('Called within');
  });
});
