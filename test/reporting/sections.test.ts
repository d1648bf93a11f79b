import { describe, expect, it } from 'vitest';
import type { HedgeResult } from '../../main/contract/hedge.ts';
import { buildReport } from '../../main/reporting/build-report.ts';
import { writeCsv } from '../../main/reporting/csv.ts';
import { writeHtml } from '../../main/reporting/html.ts';
import { notedText, notesOf, number, type ReportSection } from '../../main/reporting/report-model.ts';
import { dualSentence } from '../../main/reporting/sections/alternatives.ts';
import { sampleAnalysis } from '../support/sample-analysis.ts';
import { sampleHedge } from '../support/sample-hedge.ts';
import { sampleContent, sampleResults } from '../support/sample-report.ts';

const report = buildReport(sampleContent());
const find = (id: string): ReportSection => {
  const found = report.sections.find((section) => section.id === id);
  return found ?? expect.fail(`the report has no section ${id}`);
};

type Dual = HedgeResult['duals'][number];
const dual = (constraint: string, value: number, text = 'A dollar more of it is worth something.'): Dual => ({ constraint, value, text });

describe('the page that is signed', () => {
  it('names the three assumptions whose break costs most, in order, and what they fell', () => {
    const rows = find('risks').tables[0]?.rows ?? [];
    expect(rows.map(([first]) => first?.text)).toEqual([
      '1 Depth is half of what is assumed',
      '2 Moves are a quarter larger',
      '3 The trades are frozen when the fall begins',
    ]);
    expect(rows.map((row) => row.at(-1)?.text)).toEqual(['MKR-A\u00a0r2', 'MKR-A\u00a0r2', 'MKR-A\u00a0r2']);
  });

  it('says how many outside numbers agree, and calls out those that do not', () => {
    expect(JSON.stringify(find('certainty'))).toContain('3 of 3 agree');
    const results = sampleResults();
    const failing = {
      ...results,
      golden: {
        cases: 3,
        passed: 2,
        families: results.golden.families.map((family, i) => (i === 0 ? { ...family, passed: 0, failed: ['limits-7'] } : family)),
      },
    };
    const told = buildReport(sampleContent(failing));
    expect(JSON.stringify(told.sections.filter(({ id }) => id === 'certainty'))).toContain('2 of 3 agree');
    expect(told.sections.find(({ id }) => id === 'outside-numbers-2')?.title).toBe('Disagree: limits-7');
  });

  it('comes before everything that starts a page', () => {
    const firstPage = report.sections.slice(
      0,
      report.sections.findIndex(({ startsPage }) => startsPage),
    );
    expect(firstPage.map(({ id }) => id)).toEqual(['actions', 'accounts', 'surplus', 'risks', 'certainty']);
  });
});

describe('duals in words', () => {
  it('say what one more dollar is worth, at which venue', () => {
    expect(dualSentence(dual('excess of DRB-ETH', -0.3149), sampleAnalysis)).toBe(
      'One more dollar of margin at Deribit (DRB-ETH) is worth 0.315 of CVaR.',
    );
    expect(dualSentence(dual('cash: WETH in NOBODY', -0.1), sampleAnalysis)).toBe(
      'One more dollar of WETH in NOBODY is worth 0.100 of CVaR.',
    );
    expect(dualSentence(dual('depth of BTC (MRP-1)', -0.04), sampleAnalysis)).toContain('BTC that could be traded at Morpho (MRP-1)');
    expect(dualSentence(dual('budget', -12), sampleAnalysis)).toBe('One more dollar of budget is worth 12.000 of CVaR.');
  });

  it('leave alone what has no price', () => {
    const text = 'No cash reaches MKR-A: a dollar more there is what it lacks.';
    expect(dualSentence(dual('excess of MKR-A', -50, text), sampleAnalysis)).toBe(text);
  });
});

describe('a figure that is a reason', () => {
  const table = {
    id: 't',
    columns: [],
    rows: [[number(null, 'none: no price of KEEL')], [number(null, 'none: no price of KEEL')], [number(1, '1')]],
  };

  it('says none with a number, and its reason once below the table', () => {
    expect(notesOf(table)).toEqual(['no price of KEEL']);
    expect(table.rows.flat().map((cell) => notedText(cell, notesOf(table)))).toEqual(['none ¹', 'none ¹', '1']);
  });

  it('is never a silent blank in a format for machines', () => {
    const failing = { ...report, sections: [{ ...find('risks'), tables: [table] }] };
    expect(writeCsv(failing)).toContain('none: no price of KEEL');
    expect(writeHtml(failing)).toContain('¹ no price of KEEL');
  });
});

describe('a report without a suggestion', () => {
  it('says nothing of legs, alternatives or broken assumptions', () => {
    const ids = buildReport(sampleContent(sampleResults(sampleAnalysis, null))).sections.map(({ id }) => id);
    for (const id of ['actions', 'legs', 'risks', 'sensitivities', 'alternatives', 'frontier', 'duals']) expect(ids).not.toContain(id);
    expect(ids).toContain('survival');
  });

  it('draws the frontier and the cascade before and after where there is one', () => {
    for (const id of ['frontier', 'cascade-before', 'cascade-after']) expect(find(id).charts[0]?.svg).toContain('<svg');
    expect(sampleHedge.duals.length === 0 || find('duals').tables.length === 1).toBe(true);
  });
});
