import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { verifyInput } from '../../contract/calculate.ts';
import type { GoldenOutcome } from '../../contract/report-record.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { calculateCases } from '../calculate.ts';
import { verifyAnswers } from '../calculate/verification/verify-file.ts';
import type { RunContext } from '../scenarios.ts';

const selection = z.object({ files: z.array(verifyInput).min(1) });
type GoldenFile = z.output<typeof verifyInput>;

/**
 * Works out the outside numbers that ship with the program (resources/golden, a few cases of every family) by the same adapters that
 * `verify` uses, and says how many agree. A disagreement does not stop a report: it stands in it.
 */
export async function goldenAtExport(resourcesFolder: string, context: RunContext): Promise<Result<GoldenOutcome>> {
  const files = readSelection(join(resourcesFolder, 'golden', 'cases.json'));
  if (!files.ok) return files;
  const families: GoldenOutcome['families'] = [];
  for (const [i, file] of files.value.entries()) {
    context.progress('Working out outside numbers', i, files.value.length);
    const family = await verifyOne(file, context);
    if (!family.ok) return family;
    families.push(family.value);
  }
  const sum = (key: 'cases' | 'passed'): number => families.reduce((total, family) => total + family[key], 0);
  return succeed({ cases: sum('cases'), passed: sum('passed'), families });
}

async function verifyOne(file: GoldenFile, { signal }: RunContext): Promise<Result<GoldenOutcome['families'][number]>> {
  const answers = await calculateCases(file, () => !signal.aborted);
  if (answers === null) return fail('cancelled', `working out ${file.file} was cancelled`);
  const verified = verifyAnswers(file, answers.cases);
  if (!verified.ok) return verified;
  const { cases, passed, failed, skipped, worst, source } = verified.value;
  return succeed({
    file: file.file,
    source,
    cases,
    passed,
    worstShare: worst?.share ?? 0,
    failed: [...failed.map(({ id }) => id), ...skipped],
  });
}

function readSelection(path: string): Result<readonly GoldenFile[]> {
  try {
    const read = selection.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? succeed(read.data.files) : fail('damaged', `${path}: ${z.prettifyError(read.error)}`);
  } catch (cause) {
    return fail('damaged', `the outside numbers of the program cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      remedy: 'Install Interlock again.',
    });
  }
}
