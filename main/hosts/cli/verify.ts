import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { correction } from '../../contract/calculate.ts';
import { plainJson } from '../../contract/codec.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { programFolder } from '../folders.ts';
import { EXIT, type ExitCode } from './terminal.ts';
import { isGood, verificationText, type FileOutcome } from './verify-text.ts';
import { reportFailure, type Desk } from './workstation.ts';

/** What `verify` was asked for: the folder of outside numbers, and where answers to cases without expected figures go. */
export type VerifyWish = { readonly vectors: string; readonly out?: string };

/** The outside numbers that come with the sources. */
export const GOLDEN_FOLDER = join(programFolder, 'test', 'golden');

const MANIFEST = 'manifest.json';
/** What a folder may say of itself: files that are data and no cases, families that must be there, figures that are known to be wrong. */
const manifest = z.object({
  families: z.array(z.object({ file: z.string() })).default([]),
  data: z.array(z.object({ file: z.string() })).default([]),
  corrections: z.array(correction).default([]),
});
type Manifest = z.output<typeof manifest>;

/**
 * Works out every file of a folder of outside numbers and compares it by its own `compare`. Prints one row per family. A failed or
 * skipped case, an unknown family and a file that cannot be used end with 1. Files that expect nothing are only worked out: their
 * answers go to `out`, or to the output as one line of JSON each, and the rows then to the error stream.
 */
export async function verifyFolder(desk: Desk, { vectors, out }: VerifyWish): Promise<ExitCode> {
  const listed = await listFiles(vectors);
  if (!listed.ok) return reportFailure(desk, listed.failure);
  const { names, corrections } = listed.value;
  const outcomes: FileOutcome[] = [];
  for (const name of names) outcomes.push(await verifyOne(desk, { path: join(vectors, name), name, corrections }));
  const answered = outcomes.flatMap((each) =>
    'report' in each && each.report.answers.length > 0 ? [{ name: each.name, file: each.report.file, cases: each.report.answers }] : [],
  );
  if (out !== undefined) {
    const written = await writeAnswers(out, answered);
    if (!written.ok) return reportFailure(desk, written.failure);
  }
  const printed = out === undefined && !desk.isJson ? answered : [];
  for (const { file, cases } of printed) desk.terminal.write(`${plainJson({ file, cases })}\n`);
  if (desk.isJson) desk.terminal.write(`${plainJson({ isGood: outcomes.every(isGood), files: outcomes }, 2)}\n`);
  else (printed.length > 0 ? desk.terminal.warn : desk.terminal.write)(verificationText(outcomes));
  return outcomes.every(isGood) ? EXIT.ok : EXIT.failure;
}

type FolderList = { readonly names: readonly string[]; readonly corrections: Manifest['corrections'] };

/** The files to verify in the order of their names, those that the manifest promises included. */
async function listFiles(folder: string): Promise<Result<FolderList>> {
  const found = await readdir(folder).catch(() => null);
  if (found === null) return fail('usage', `the folder ${folder} cannot be read`, { remedy: 'Give --vectors a folder of JSON files.' });
  const told = found.includes(MANIFEST) ? await readJson(join(folder, MANIFEST)) : succeed({});
  if (!told.ok) return told;
  const parsed = manifest.safeParse(told.value);
  if (!parsed.success) return fail('invalidFile', `${join(folder, MANIFEST)}: ${z.prettifyError(parsed.error)}`);
  const { families, data, corrections } = parsed.data;
  const aside = new Set([MANIFEST, ...data.map(({ file }) => file)]);
  const present = found.filter((name) => name.endsWith('.json') && !aside.has(name));
  const names = [...new Set([...present, ...families.map(({ file }) => `${file}.json`)])].toSorted();
  return names.length === 0 ? fail('notFound', `the folder ${folder} has no JSON files`) : succeed({ names, corrections });
}

type FileToVerify = { readonly path: string; readonly name: string; readonly corrections: Manifest['corrections'] };

async function verifyOne(desk: Desk, { path, name, corrections }: FileToVerify): Promise<FileOutcome> {
  const content = await readJson(path);
  if (!content.ok) return { name, problem: content.failure.message };
  if (typeof content.value !== 'object' || content.value === null) return { name, problem: 'it is not an object with cases' };
  const answer = await desk.dispatch('calculate.verify', { ...content.value, corrections });
  if (!answer.ok) return { name, problem: answer.failure.message };
  // The runtime has checked the answer against the contract.
  return { name, report: answer.value as Extract<FileOutcome, { report: unknown }>['report'] };
}

async function readJson(path: string): Promise<Result<unknown>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return fail('notFound', `${path} cannot be read`);
  try {
    const value: unknown = JSON.parse(text);
    return succeed(value);
  } catch (cause) {
    return fail('invalidFile', `${path} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

type AnsweredFile = { readonly name: string; readonly file: string; readonly cases: unknown };

async function writeAnswers(folder: string, files: readonly AnsweredFile[]): Promise<Result<null>> {
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, file, cases } of files) await writeFile(join(folder, name), `${plainJson({ file, cases })}\n`);
    return succeed(null);
  } catch (cause) {
    return fail('storage', `answers cannot be written to ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
