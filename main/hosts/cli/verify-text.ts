import type { Verification } from '../../contract/calculate.ts';
import { table } from './table.ts';

/** What became of one file of outside numbers: verified, or why it could not be. */
export type FileOutcome = { readonly name: string } & ({ readonly report: Verification } | { readonly problem: string });

/** Most failing cases, and most figures of a case, that are told in full; the JSON has all. */
const TOLD = 5;
const SOURCE_WIDTH = 56;

/** Whether a file went well: every case that expects figures got them. */
export function isGood(outcome: FileOutcome): boolean {
  return 'report' in outcome && outcome.report.failed.length === 0 && outcome.report.skipped.length === 0;
}

/** One row per file, then what is wrong, then one sentence. */
export function verificationText(outcomes: readonly FileOutcome[]): string {
  const columns = [
    { heading: 'family' },
    { heading: 'cases', isFigure: true },
    { heading: 'passed', isFigure: true },
    { heading: 'worst / tolerance', isFigure: true },
    { heading: 'where' },
    { heading: 'source' },
  ];
  const troubles = outcomes.flatMap(troublesOf).map((line) => `${line}\n`);
  return [table(columns, outcomes.map(rowOf)), ...troubles, `\n${summary(outcomes)}\n`].join('');
}

function rowOf(outcome: FileOutcome): string[] {
  if ('problem' in outcome) return [outcome.name, '', '', 'not read', '', ''];
  const { file, cases, passed, worst, source, answers } = outcome.report;
  if (answers.length > 0) return [file, String(cases), '', 'answered', '', shortened(source)];
  const where = worst === null ? '' : `${worst.id.startsWith(`${file}-`) ? worst.id.slice(file.length + 1) : worst.id} ${worst.path}`;
  return [file, String(cases), String(passed), worst === null ? 'same' : shareText(worst.share), where, shortened(source)];
}

/** Every case that failed or was skipped, the first of them in full. */
function troublesOf(outcome: FileOutcome): string[] {
  if ('problem' in outcome) return [`\n${outcome.name}: ${outcome.problem}`];
  const { file, failed, skipped, corrected } = outcome.report;
  const lines = failed.slice(0, TOLD).flatMap(({ id, group, disagreements }) => [
    `  ${id} (${group})`,
    ...disagreements.slice(0, TOLD).map((each) => {
      const distance = each.error === null ? '' : `, error ${each.error}, bound ${each.bound}`;
      return `    ${each.path}: expected ${JSON.stringify(each.expected)}, actual ${JSON.stringify(each.actual)}${distance}`;
    }),
  ]);
  return [
    ...(failed.length === 0 ? [] : [`\n${file}: ${failed.length} failed`, ...lines]),
    ...(failed.length > TOLD ? [`  and ${failed.length - TOLD} more`] : []),
    ...(skipped.length === 0 ? [] : [`\n${file}: ${skipped.length} skipped, nothing says how to compare them: ${skipped.join(', ')}`]),
    ...(corrected === 0 ? [] : [`\n${file}: ${corrected} compared with a figure that manifest.json corrects`]),
  ];
}

function summary(outcomes: readonly FileOutcome[]): string {
  const reports = outcomes.flatMap((each) => ('report' in each ? [each.report] : []));
  const total = (figure: (report: Verification) => number): number => reports.reduce((sum, each) => sum + figure(each), 0);
  const [passed, failed, skipped] = [
    total((each) => each.passed),
    total((each) => each.failed.length),
    total((each) => each.skipped.length),
  ];
  return `${outcomes.length} files: ${passed} passed, ${failed} failed, ${skipped} skipped, ${outcomes.length - reports.length} not read`;
}

function shareText(share: number): string {
  if (share === 0) return 'same';
  return Number.isFinite(share) ? share.toPrecision(2) : 'differs';
}

/** The source as one line that fits. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= SOURCE_WIDTH ? line : `${line.slice(0, SOURCE_WIDTH - 1).trimEnd()}…`;
}
