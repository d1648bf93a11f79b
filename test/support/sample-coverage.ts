import type { CoverageRow, ForecastCoverage } from '../../main/contract/forecast-coverage.ts';

const row = (accountId: string, hits: number, pValue: number, verdict: CoverageRow['verdict']): CoverageRow => ({
  accountId,
  hours: 24,
  level: 0.01,
  split: 'judged',
  count: 100,
  hits,
  unconditional: { statistic: 1, pValue },
  independence: { statistic: 0.1, pValue: 0.7 },
  conditional: { statistic: 1, pValue: verdict === 'holds' ? 0.9 : 0.06 },
  pinballUsd: 1000,
  plainPinballUsd: 1200,
  verdict,
});

/** Two accounts a day ahead, one of which holds, invented. */
export const sampleCoverage: ForecastCoverage = {
  runId: 'sample',
  bookName: 'Sample',
  levels: [0.01],
  hours: [24],
  splitDay: '2022-12-31',
  from: '2021-04-05',
  to: '2026-03-31',
  rows: [row('MKR-A', 1, 0.9, 'holds'), row('MRP-1', 4, 0.02, 'tooManyHits')],
  windows: [{ windowId: '2025-10', windowName: 'Crash of 10 October', accountId: 'MKR-A', level: 0.01, count: 95, hits: 2 }],
  leftOut: [],
  verdicts: ['1 day ahead at 1 %: holds (1 of 2 accounts).'],
  assumptions: ['All accounts stand on the same few drivers.'],
  elapsedMs: 1,
};
