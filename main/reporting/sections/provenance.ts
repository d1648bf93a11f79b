import type { ReportContent } from '../build-report.ts';
import { figure, moment, money, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** How the report was computed, how it is verified, and the outside numbers that were worked out again with it. */
export function provenanceSections(content: ReportContent): ReportSection[] {
  return [computation(content), ...outsideNumbers(content)];
}

function computation({ results, recordDigest, bookDigest }: ReportContent): ReportSection {
  const { analysis, hedge } = results;
  const suggestion = hedge?.suggestion;
  const program: [string, string][] = suggestion
    ? [
        [
          'Solver',
          `${suggestion.solver}: ${suggestion.status}, gap ${share(suggestion.gapFraction)} between whole lots and the proven bound`,
        ],
        [
          'Program',
          `${figure(suggestion.scenarios, 0)} scenarios, ${figure(suggestion.candidates, 0)} candidates, confidence ${share(suggestion.confidence)}, ${suggestion.budgetUsd === null ? 'no budget' : `budget ${money(suggestion.budgetUsd)} USD`}`,
        ],
        [
          'Full cascade re-check',
          `program ${money(suggestion.recheck.programUsd)}, cascade ${money(suggestion.recheck.cascadeUsd)} USD; ${suggestion.recheck.passes} passes`,
        ],
      ]
    : [];
  const facts: [string, string][] = [
    ['Record', recordDigest],
    ['Book', bookDigest],
    ['Inputs', analysis.inputsDigest],
    ['Snapshot', `${analysis.snapshotId}, ${moment(analysis.snapshotAsOf)}`],
    ['Scenario set', analysis.scenarioSetId],
    ['Engine', `${analysis.engineVersion}; seed ${analysis.seed}`],
    ...program,
  ];
  return section({
    id: 'computation',
    title: 'How this was computed',
    caption: 'SHA-256 digests, hex',
    paragraphs: [
      'The PDF, HTML and JSON of this report carry the book, the market and the settings they were computed from. Opened again offline, “interlock report verify FILE” or the Reports screen computes every figure anew and compares it to the last bit.',
    ],
    tables: [
      {
        id: 'computation',
        columns: [left('', 1), left('', 5)],
        rows: facts.map(([name, value]) => [words(name, { isStrong: true }), words(value)]),
      },
    ],
  });
}

function outsideNumbers({ results: { golden } }: ReportContent): ReportSection[] {
  const rows = golden.families.map(({ file, cases, passed, worstShare, failed }): ReportCell[] => [
    words(file.replaceAll('_', ' '), failed.length > 0 ? { state: 'danger', isStrong: true } : {}),
    number(passed, `${passed} of ${cases}`, failed.length > 0 ? { state: 'danger', isStrong: true } : {}),
    number(worstShare, worstShare === 0 ? 'equal' : worstShare < 1e-4 ? '< 0.0001' : figure(worstShare, 4)),
  ]);
  const half = Math.ceil(rows.length / 2);
  const columns = [left('Family', 3), right('Agree'), right('Worst')];
  const failed = golden.families.flatMap((family) => family.failed);
  return [
    section({
      id: 'outside-numbers',
      title: 'Outside numbers at export',
      caption: `${golden.passed} of ${golden.cases} agree`,
      span: 'half',
      tables: [{ id: 'outside-numbers', columns, rows: rows.slice(0, half) }],
    }),
    section({
      id: 'outside-numbers-2',
      title: failed.length === 0 ? 'None disagrees' : `Disagree: ${failed.join(', ')}`,
      caption: 'worst = error / tolerance',
      span: 'half',
      tables: [{ id: 'outside-numbers-2', columns, rows: rows.slice(half) }],
    }),
  ];
}
