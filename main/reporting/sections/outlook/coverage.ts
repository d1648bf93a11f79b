import type { CoverageRow } from '../../../contract/forecast-coverage.ts';
import type { ReportOutlook } from '../../../contract/report-outlook.ts';
import { figure, share } from '../../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../../report-model.ts';
import { section } from '../section.ts';
import { timeText } from './forecast.ts';

type Coverage = NonNullable<ReportOutlook['coverage']>;

const VERDICTS: Readonly<Record<CoverageRow['verdict'], string>> = {
  holds: 'holds',
  tooManyHits: 'falls short',
  tooFewHits: 'too careful',
  clustered: 'misses in clusters',
  notEnough: 'too few outcomes',
};

const HOW_TO_READ =
  'Below, the least and most over the accounts. Kupiec: as often as said? Christoffersen: does one miss foretell the next? A p under 5 % fails. The accounts stand on the same drivers: ten are not ten proofs.';

/** Whether such forecasts held on the record, failures first, with the tests behind each sentence. */
export function coverageSections({ coverage }: Pick<ReportOutlook, 'coverage'>): ReportSection[] {
  if (coverage === null) return [];
  return [
    section({
      id: 'forecast-held',
      title: 'Whether such forecasts held',
      caption: `recorded days ${coverage.from} to ${coverage.to}; up to ${coverage.splitDay} to learn from, later ones judge`,
      paragraphs: [...coverage.verdicts, HOW_TO_READ],
      tables: [testsOf(coverage)],
    }),
    ...windowsOf(coverage),
    section({
      id: 'forecast-held-rests',
      title: 'What these tests rest on',
      caption: 'and what they cannot say',
      paragraphs: [...coverage.assumptions, ...coverage.leftOut],
    }),
  ];
}

function testsOf({ rows, hours, levels }: Coverage): ReportSection['tables'][number] {
  const groups = hours.flatMap((time) =>
    levels.flatMap((level) =>
      (['before', 'judged'] as const).map((split) =>
        rows.filter((row) => row.hours === time && row.level === level && row.split === split),
      ),
    ),
  );
  return {
    id: 'forecast-held',
    columns: [
      left('Ahead', 2),
      left('Days', 2),
      right('Level'),
      right('Outcomes'),
      right('Lay below'),
      right('Kupiec p'),
      right('Christoffersen p'),
      right('Both p'),
      left('Accounts', 5),
    ],
    rows: groups.flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [testRow(first, group)];
    }),
  };
}

function testRow(first: CoverageRow, group: readonly CoverageRow[]): ReportCell[] {
  const fails = group.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'notEnough');
  const verdicts = Object.entries(VERDICTS).flatMap(([verdict, text]) => {
    const count = group.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [`${text} ${count}`];
  });
  return [
    words(timeText(first.hours), { isStrong: true }),
    words(first.split === 'judged' ? 'judging' : 'to learn from'),
    number(first.level, share(first.level)),
    number(first.count, figure(first.count, 0)),
    words(
      range(
        group.map(({ hits, count }) => (hits / count) * 100),
        1,
      ),
    ),
    words(
      range(
        group.map(({ unconditional }) => unconditional.pValue),
        3,
      ),
    ),
    words(
      range(
        group.map(({ independence }) => independence.pValue),
        3,
      ),
    ),
    words(
      range(
        group.map(({ conditional }) => conditional.pValue),
        3,
      ),
    ),
    words(verdicts.join(', '), fails.length > 0 ? { state: 'watch' } : {}),
  ];
}

/** '0.9 to 1.4'; one figure where all are the same. */
function range(values: readonly number[], decimals: number): string {
  const [least, most] = [figure(Math.min(...values), decimals), figure(Math.max(...values), decimals)];
  return least === most ? least : `${least} to ${most}`;
}

/** Hour by hour in the recorded windows: the stretches that were chosen because prices fell in them. */
function windowsOf({ windows, levels }: Coverage): ReportSection[] {
  const ids = [...new Set(windows.map(({ windowId }) => windowId))];
  if (ids.length === 0) return [];
  const rows = ids.map((id): ReportCell[] => {
    const own = windows.filter(({ windowId }) => windowId === id);
    return [
      words(`${id} ${own[0]?.windowName ?? ''}`, { isStrong: true }),
      number(own[0]?.count ?? null, figure(own[0]?.count ?? 0, 0)),
      ...levels.flatMap((level) => {
        const hits = own.filter((row) => row.level === level);
        return [
          words(figure((own[0]?.count ?? 0) * level, 1)),
          words(
            range(
              hits.map((row) => row.hits),
              0,
            ),
          ),
        ];
      }),
    ];
  });
  return [
    section({
      id: 'forecast-windows',
      title: 'In the recorded windows',
      caption: 'an hour ahead, every full hour; how many outcomes lay below the forecast, by account',
      tables: [
        {
          id: 'forecast-windows',
          columns: [left('Window', 4), right('Hours'), ...levels.flatMap((level) => [right(`${share(level)}: said`), right('were')])],
          rows,
        },
      ],
    }),
  ];
}
