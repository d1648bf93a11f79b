import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AnalysisResult } from '../contract/analysis.ts';
import type { CallContext, Services } from '../contract/contract.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import type { ReportFormat } from '../contract/reporting.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { ReportModel } from '../reporting/report-model.ts';
import type { Replays } from '../reporting/sections/replays.ts';
import { withWarning } from './replay/window-warning.ts';
import type { Session } from './session.ts';

type Deps = {
  readonly session: Session;
  /** Where reports go when the caller names no folder. */
  readonly defaultFolder: string;
  /** Runs the analysis when none is at hand. */
  readonly analyse: (context: CallContext) => Promise<Result<AnalysisResult>>;
};

/** Writes and previews the report of the open book's current analysis and, if one was made for it, its suggestion. */
export function createReportingServices(deps: Deps): Pick<Services, 'report.write' | 'report.preview'> {
  return {
    'report.write': async (input, context) => {
      const material = await gather(deps, context);
      if (!material.ok) return material;
      return writeAll({ folder: resolve(input.folder ?? deps.defaultFolder), formats: input.formats, material: material.value }, context);
    },
    'report.preview': async (_input, context) => {
      const material = await gather(deps, context);
      if (!material.ok) return material;
      const { writeHtml } = await import('../reporting/html.ts');
      return succeed({ html: writeHtml(material.value.report) });
    },
  };
}

type Material = { readonly analysis: AnalysisResult; readonly hedge: HedgeResult | null; readonly report: ReportModel };

async function gather(deps: Deps, context: CallContext): Promise<Result<Material>> {
  const analysis = await deps.analyse(context);
  if (!analysis.ok) return analysis;
  const hedge = deps.session.hedge.last();
  const { buildReport } = await import('../reporting/build-report.ts');
  const replays = replaysOf(deps.session);
  return succeed({ analysis: analysis.value, hedge, report: buildReport(analysis.value, hedge, replays) });
}

/** The windows replayed and backtested on this book, oldest first, with the warnings of the study if it has been run. */
function replaysOf({ replay, warnings, backtest }: Session): Replays {
  const study = warnings.last();
  const windows = replay.all().map((bare) => withWarning(bare, study));
  const byStart = (left: { window: { startsAt: string } }, right: { window: { startsAt: string } }): number =>
    left.window.startsAt < right.window.startsAt ? -1 : 1;
  return { windows: windows.toSorted(byStart), study, backtests: backtest.all().toSorted(byStart) };
}

async function writeAll(
  { folder, formats, material }: { readonly folder: string; readonly formats: readonly ReportFormat[]; readonly material: Material },
  context: CallContext,
): Promise<Result<{ folder: string; files: { format: ReportFormat; path: string; bytes: number; sha256: string }[] }>> {
  const files = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [index, format] of formats.entries()) {
      if (context.signal.aborted) return fail('cancelled', `the report was cancelled after ${index} of ${formats.length} files`);
      context.progress(format, index, formats.length);
      const path = join(folder, `interlock-report.${format}`);
      const bytes = Buffer.from(await render(format, material));
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
      files.push({ format, path, bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
  } catch (cause) {
    if (isStorageError(cause))
      return fail('storage', `the report cannot be written to ${folder}: ${cause.message}`, {
        remedy: 'Choose a folder you may write to, with free space.',
      });
    throw cause;
  }
  context.progress('written', formats.length, formats.length);
  return succeed({ folder, files });
}

/** The writers and their libraries are loaded when first needed: they are a third of the memory of a process that writes no report. */
async function render(format: ReportFormat, { analysis, hedge, report }: Material): Promise<string | Buffer> {
  switch (format) {
    case 'pdf':
      return (await import('../reporting/pdf.ts')).writePdf(report);
    case 'html':
      return (await import('../reporting/html.ts')).writeHtml(report);
    case 'xlsx':
      return (await import('../reporting/xlsx.ts')).writeXlsx(report);
    case 'csv':
      return (await import('../reporting/csv.ts')).writeCsv(report);
    case 'json':
      return (await import('../reporting/json.ts')).writeJson(analysis, hedge);
  }
}

function isStorageError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'code' in cause && 'syscall' in cause;
}
