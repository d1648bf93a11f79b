import type { Comparison, Correction, Verification } from '../../../contract/calculate.ts';
import type { OutputOf, ParsedInputOf } from '../../../contract/contract.ts';
import { fail, succeed, type Result } from '../../../domain/failure.ts';
import { compareCase } from './compare.ts';

type VerifyInput = ParsedInputOf<'calculate.verify'>;
type Answers = OutputOf<'calculate.cases'>['cases'];

/**
 * Holds the answers to a file's cases, in their order, against what the file expects. A file without any `out` has nothing to be held
 * against: its answers are handed back. A case that nothing compares is skipped, never passed.
 */
export function verifyAnswers(input: VerifyInput, given: Answers): Result<Verification> {
  const { file, source, compare, cases, corrections } = input;
  const report = { file, source, cases: cases.length };
  const none = { passed: 0, corrected: 0, failed: [], skipped: [], worst: null };
  if (cases.every((each) => each.out === undefined)) return succeed({ ...report, ...none, answers: given });
  if (compare === undefined) return fail('invalidFile', `${file}: it expects figures but has no "compare" that says what counts`);
  const failed: Verification['failed'] = [];
  const skipped: string[] = [];
  let corrected = 0;
  let worst: Verification['worst'] = null;
  cases.forEach((each, index) => {
    const fixes = corrections.filter(({ id }) => id === each.id);
    const out = each.out === undefined ? {} : withCorrections(each.out, fixes);
    const found = compareCase(compare, { ...each, out }, given[index]?.out ?? {});
    if (fixes.length > 0) corrected += 1;
    if (found.length === 0) skipped.push(each.id);
    const disagreements = found.filter(({ agrees }) => !agrees);
    if (disagreements.length > 0) failed.push({ id: each.id, group: each.group, disagreements });
    const farthest = farthestOf(found);
    if (farthest !== null && farthest.share > (worst?.share ?? 0)) worst = { ...farthest, id: each.id };
  });
  return succeed({ ...report, passed: cases.length - failed.length - skipped.length, corrected, failed, skipped, answers: [], worst });
}

function farthestOf(found: readonly Comparison[]): Comparison | null {
  return found.reduce<Comparison | null>((worst, each) => (worst === null || each.share > worst.share ? each : worst), null);
}

function withCorrections(out: Readonly<Record<string, unknown>>, fixes: readonly Correction[]): Record<string, unknown> {
  return { ...out, ...Object.fromEntries(fixes.map(({ key, value }) => [key, value])) };
}
