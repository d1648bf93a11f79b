import { createHash } from 'node:crypto';
import type { AnalysisResult } from '../../contract/analysis.ts';
import type { ReportInputs, ReportResults } from '../../contract/report-record.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { DEFAULT_SEED, digestOf, ENGINE_VERSION } from '../analysis.ts';
import { analyseBook } from '../analysis/analyse-book.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { listAlternatives, sharedWish } from '../hedge/alternatives/list-alternatives.ts';
import { hedgeBook } from '../hedge/hedge-book.ts';
import { within } from '../hedge/limits/limits.ts';
import { prepareSetting } from '../hedge/prepare.ts';
import type { Setting } from '../hedge/setting.ts';
import { suggest } from '../hedge/suggest.ts';
import { packBook, type PackResult } from '../pack.ts';
import { survivalOfPack } from '../policy/hedge-survival.ts';
import type { RunContext } from '../scenarios.ts';
import { cascadeOfPack, packAfter } from './book-after.ts';
import { goldenAtExport } from './golden-at-export.ts';
import type { KnownOutlook } from './outlook/gather-outlook.ts';
import { runOutlook } from './outlook/run-outlook.ts';
import { runRecordings } from './run-recordings.ts';
import { sensitivities } from './sensitivities.ts';

/** What a report is computed with. */
export type ReportEngine = { readonly pool: Pool; readonly context: RunContext; readonly resourcesFolder: string };

/** Parts that are at hand already; computed from the same inputs by the same functions, so that they need not be computed again. */
export type KnownResults = Partial<Pick<ReportResults, 'analysis' | 'replays' | 'study' | 'backtests'>> & {
  readonly outlook?: KnownOutlook;
};

/** The id that every run has inside a report: a report tells of inputs, not of the moment at which somebody asked. */
export const NAMELESS = 'report';

/** For solving one program, and for the comparison. A report is solved to the end on a slow machine too, else it could not be repeated. */
const LONG_MS = 600_000;

/**
 * Everything that a report says, from its inputs alone: the way in which it is written, and the way in which it is verified. The same inputs
 * give the same results to the bit.
 */
export async function computeReport(inputs: ReportInputs, engine: ReportEngine, known: KnownResults = {}): Promise<Result<ReportResults>> {
  const { context, pool, resourcesFolder } = engine;
  const asked = analysisInputs(inputs);
  const analysis = known.analysis === undefined ? await analyse(inputs, asked, engine) : succeed(known.analysis);
  if (!analysis.ok) return analysis;
  const hedged = inputs.suggestion === null ? succeed(null) : await hedgePart(inputs, asked, engine);
  if (!hedged.ok) return hedged;
  const pack = hedged.value === null ? packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet) : succeed(hedged.value.packAfter);
  if (!pack.ok) return pack;
  const survival = await survivalOfPack({ inputs: asked, pack: pack.value }, {}, { ...context, pool });
  if (!survival.ok) return survival;
  const recordings = await runRecordings(inputs, asked, engine, known);
  if (!recordings.ok) return recordings;
  const ahead = { wish: inputs.outlook, asked, packAfter: hedged.value?.packAfter ?? null, known: known.outlook ?? {} };
  const outlook = await runOutlook(ahead, engine);
  if (!outlook.ok) return outlook;
  const golden = await goldenAtExport(resourcesFolder, context);
  if (!golden.ok) return golden;
  return succeed({
    analysis: { ...analysis.value, runId: NAMELESS, elapsedMs: 0 },
    hedge: hedged.value?.part ?? null,
    survival: { ...survival.value, runId: NAMELESS },
    ...recordings.value,
    outlook: outlook.value,
    golden: golden.value,
  });
}

/** The inputs of the analysis that a report carries: the set's own reference shock and assumptions. */
export function analysisInputs({ contents, snapshot, scenarioSet, pledgeLog, transferTerms }: ReportInputs): AnalysisInputs {
  return {
    ...(transferTerms === null ? {} : { transferTerms }),
    contents,
    snapshot,
    scenarioSet,
    pledgeLog,
    shock: scenarioSet.reference,
    assumptions: scenarioSet.cascade,
  };
}

function analyse(inputs: ReportInputs, asked: AnalysisInputs, { pool, context }: ReportEngine): Promise<Result<AnalysisResult>> {
  const inputsDigest = digestOf(inputs.bookDigest, asked);
  return analyseBook(asked, { runId: NAMELESS, engineVersion: ENGINE_VERSION, seed: DEFAULT_SEED, inputsDigest }, { ...context, pool });
}

type HedgePart = { readonly part: NonNullable<ReportResults['hedge']>; readonly packAfter: PackResult };

async function hedgePart(inputs: ReportInputs, asked: AnalysisInputs, { pool, context }: ReportEngine): Promise<Result<HedgePart>> {
  const wish = inputs.suggestion ?? {};
  const prepared = settingOf(inputs, pool, context);
  if (!prepared.ok) return prepared;
  const setting = prepared.value;
  const started = performance.now();
  const elapsedMs = (): number => performance.now() - started;
  const found = await suggest(setting, { budgetUsd: wish.budgetUsd ?? null, timeLimitMs: LONG_MS, elapsedMs });
  if (!found.ok) return found;
  const { pass, result } = found.value;
  const moved = await sensitivities(setting, pass);
  if (!moved.ok) return moved;
  const after = packAfter(setting.pack, pass.outcome.quantities);
  const cascadeAfter = await cascadeOfPack(asked, after, { ...context, pool });
  if (!cascadeAfter.ok) return cascadeAfter;
  const alternatives = await listAlternatives(setting, { limitMs: LONG_MS, elapsedMs, asked: sharedWish(wish) });
  if (!alternatives.ok) return alternatives;
  const inputsDigest = createHash('sha256')
    .update(JSON.stringify([digestOf(inputs.bookDigest, asked), inputs.suggestion]))
    .digest('hex');
  const identity = { runId: NAMELESS, engineVersion: ENGINE_VERSION, seed: DEFAULT_SEED, inputsDigest };
  return succeed({
    packAfter: after,
    part: {
      suggestion: { ...result, ...identity },
      sensitivities: moved.value,
      cascadeAfter: cascadeAfter.value,
      alternatives: { ...alternatives.value, runId: NAMELESS, inputsDigest },
    },
  });
}

function settingOf({ suggestion, ...inputs }: ReportInputs, pool: Pool, context: RunContext): Result<Setting> {
  const { contents, snapshot, scenarioSet } = inputs;
  const confidence = suggestion?.confidence ?? scenarioSet.confidence;
  const timing = { transferTerms: inputs.transferTerms ?? undefined, noticeMinutes: suggestion?.limits?.noticeMinutes };
  const whole = prepareSetting(hedgeBook(contents, snapshot, scenarioSet), {
    confidence,
    pool,
    context,
    survival: suggestion?.survival,
    ...timing,
  });
  return whole.ok ? within(whole.value, suggestion?.limits) : whole;
}
