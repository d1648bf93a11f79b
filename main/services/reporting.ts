import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AnalysisResult } from '../contract/analysis.ts';
import type { CallContext, OutputOf, ParsedInputOf, Services } from '../contract/contract.ts';
import type { ReportFormat } from '../contract/reporting.ts';
import { encode } from '../contract/codec.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import { sourceFile } from '../importing/file/spilled-file.ts';
import type { Pool } from '../pool/pool-types.ts';
import { computeReport } from './reporting/compute-report.ts';
import { draftReport } from './reporting/draft-report.ts';
import { gatherInputs } from './reporting/gather-inputs.ts';
import { renderReport } from './reporting/render-report.ts';
import { reportParts } from './reporting/report-parts.ts';
import { sha256, writeRecord, type WrittenRecord } from './reporting/report-record.ts';
import { verifyReport } from './reporting/verify-report.ts';
import { createSlot, type Session } from './session.ts';

type Deps = {
  readonly session: Session;
  readonly pool: Pool;
  readonly resourcesFolder: string;
  /** Where reports go when the caller names no folder. */
  readonly defaultFolder: string;
  /** Runs the analysis when none is at hand. */
  readonly analyse: (context: CallContext) => Promise<Result<AnalysisResult>>;
};

type ReportServices = Pick<Services, 'report.write' | 'report.draft' | 'report.preview' | 'report.verify'>;

/** Writes and previews the report of the open book and, if one was made for it, its suggestion; and verifies a written one. */
export function createReportingServices(deps: Deps): ReportServices {
  const gather = gatherer(deps);
  return {
    'report.write': async (input, context) => {
      const written = await gather(context);
      if (!written.ok) return written;
      return writeAll({ folder: resolve(input.folder ?? deps.defaultFolder), formats: input.formats, written: written.value }, context);
    },
    'report.draft': () => draftReport(deps),
    'report.preview': async (_input, context) => {
      const written = await gather(context);
      if (!written.ok) return written;
      const { buildReport } = await import('../reporting/build-report.ts');
      const { writeHtml } = await import('../reporting/html.ts');
      const { record, digest } = written.value;
      const report = buildReport({ results: record.results, bookDigest: record.inputs.bookDigest, recordDigest: digest });
      return succeed({ html: writeHtml(report), recordDigest: digest, parts: reportParts(record.results) });
    },
    'report.verify': (input, context) => verify(deps, input, context),
  };
}

/** Computes the record of the open book's report; the last few are kept, by their inputs. */
function gatherer({ session, pool, resourcesFolder, analyse }: Deps): (context: CallContext) => Promise<Result<WrittenRecord>> {
  const kept = createSlot<WrittenRecord>();
  return async (context) => {
    const gathered = gatherInputs(session, resourcesFolder);
    if (!gathered.ok) return gathered;
    const { inputs, known } = gathered.value;
    const key = sha256(encode(inputs));
    const former = kept.get(key);
    if (former !== null) return succeed(former);
    const analysis = await analyse(context);
    if (!analysis.ok) return analysis;
    const results = await computeReport(inputs, { pool, resourcesFolder, context }, { ...known, analysis: analysis.value });
    if (!results.ok) return results;
    const written = writeRecord(inputs, results.value);
    kept.set(key, written);
    return succeed(written);
  };
}

async function verify(
  { session, pool, resourcesFolder }: Deps,
  { source }: ParsedInputOf<'report.verify'>,
  context: CallContext,
): Promise<Result<OutputOf<'report.verify'>>> {
  const file = sourceFile(source);
  if (!file.ok) return file;
  try {
    const verdict = await verifyReport(file.value, { pool, resourcesFolder, context });
    if (!verdict.ok) return verdict;
    const open = session.book();
    return succeed({ ...verdict.value, isOpenBook: open.ok ? open.value.digest() === verdict.value.bookDigest : null });
  } finally {
    file.value.discard();
  }
}

async function writeAll(
  { folder, formats, written }: { readonly folder: string; readonly formats: readonly ReportFormat[]; readonly written: WrittenRecord },
  context: CallContext,
): Promise<Result<OutputOf<'report.write'>>> {
  const files = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [index, format] of formats.entries()) {
      if (context.signal.aborted) return fail('cancelled', `the report was cancelled after ${index} of ${formats.length} files`);
      context.progress(`Writing ${format.toUpperCase()}`, index, formats.length);
      const path = join(folder, `interlock-report.${format}`);
      const bytes = await renderReport(format, written);
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
      files.push({ format, path, bytes: bytes.byteLength, sha256: sha256(bytes) });
    }
  } catch (cause) {
    if (isStorageError(cause))
      return fail('storage', `the report cannot be written to ${folder}: ${cause.message}`, {
        remedy: 'Choose a folder you may write to, with free space.',
      });
    throw cause;
  }
  context.progress('Written', formats.length, formats.length);
  return succeed({ folder, recordDigest: written.digest, files });
}

function isStorageError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'code' in cause && 'syscall' in cause;
}
