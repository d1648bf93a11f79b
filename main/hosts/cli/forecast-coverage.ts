import type { Command } from 'commander';
import type { CoverageRow, ForecastCoverage, WindowCoverage } from '../../contract/forecast-coverage.ts';
import { dollars, percent, table } from './table.ts';
import { reportAnswer, type Verb } from './workstation.ts';

/** Adds `forecast-coverage` to the program. */
export function addCoverageVerb(
  add: (name: string, description: string) => Command,
  run: (options: { readonly book?: string }, verb: Verb) => Promise<void>,
): void {
  add('forecast-coverage', 'whether forecasts of requirements held on recorded prices: Kupiec, Christoffersen and pinball loss').action(
    (options: { readonly book?: string }) =>
      run(options, async (desk) => reportAnswer(desk, await desk.client.call('forecast.coverage', {}), coverageText)),
  );
}

const WORDS: Readonly<Record<CoverageRow['verdict'], string>> = {
  holds: 'holds',
  tooManyHits: 'too many',
  tooFewHits: 'too few',
  clustered: 'clustered',
  notEnough: 'not enough',
};

function coverageText(result: ForecastCoverage): string {
  const sections = result.hours.flatMap((hours) =>
    (['before', 'judged'] as const).map((split) => {
      const rows = result.rows.filter((row) => row.hours === hours && row.split === split);
      if (rows.length === 0) return '';
      const place = split === 'before' ? `to ${result.splitDay}` : `after ${result.splitDay}, which judge`;
      return `\n${hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`} ahead, days ${place}\n${table(COLUMNS, rows.map(rowCells))}`;
    }),
  );
  return [
    ...result.verdicts.map((line) => `${line}\n`),
    ...sections,
    `\nHour by hour in the recorded windows, outcomes below the forecast\n${windowTable(result.windows)}`,
    ...result.leftOut.map((line) => `Left out: ${line}.\n`),
    '\n',
    ...result.assumptions.map((line) => `- ${line}\n`),
  ].join('');
}

const COLUMNS = [
  { heading: 'Account' },
  ...['Level', 'Outcomes', 'Below', 'Said', 'Kupiec p', 'Indep. p', 'Both p', 'Pinball', 'plain'].map((heading) => ({
    heading,
    isFigure: true,
  })),
  { heading: 'Verdict' },
];

function rowCells(row: CoverageRow): string[] {
  return [
    row.accountId,
    percent(row.level),
    String(row.count),
    String(row.hits),
    (row.count * row.level).toFixed(1),
    ...[row.unconditional, row.independence, row.conditional].map(({ pValue }) => pValue.toFixed(3)),
    dollars(row.pinballUsd),
    dollars(row.plainPinballUsd),
    WORDS[row.verdict],
  ];
}

/** Accounts down, windows and levels across: 'hits of hours'. */
function windowTable(windows: readonly WindowCoverage[]): string {
  const accounts = [...new Set(windows.map((each) => each.accountId))];
  const columns = [...new Set(windows.map((each) => `${each.windowId} ${percent(each.level)}`))];
  const rows = accounts.map((accountId) => [
    accountId,
    ...columns.map((column) => {
      const found = windows.find((each) => each.accountId === accountId && `${each.windowId} ${percent(each.level)}` === column);
      return found === undefined ? 'n/a' : `${found.hits} of ${found.count}`;
    }),
  ]);
  return table([{ heading: 'Account' }, ...columns.map((heading) => ({ heading, isFigure: true }))], rows);
}
