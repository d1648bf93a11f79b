import { createHash } from 'node:crypto';
import type { OpenBook } from '../book/open-book.ts';
import type { AnalysisResult } from '../contract/analysis.ts';
import { encode } from '../contract/codec.ts';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { Run } from '../domain/run.ts';
import type { Pool } from '../pool/pool-types.ts';
import { analyseBook, analyseCascade } from './analysis/analyse-book.ts';
import type { AnalysisInputs } from './analysis/engine-run.ts';
import { followedShock } from './analysis/followed-shock.ts';
import { withCrowdSize } from './crowd/place-crowd.ts';
import { remembered } from './remembered.ts';
import type { Session } from './session.ts';

/** Version of the arithmetic: changes whenever the same inputs may give another number. */
export const ENGINE_VERSION = '0.1.0';

/** Carried with every run so that it can be repeated; nothing random enters this version's numbers. */
export const DEFAULT_SEED = 7;

/** Analyses the open book in the pool; answers from memory when nothing has changed. */
export function createAnalysisServices(session: Session, pool: Pool): Pick<Services, 'analysis.run' | 'analysis.cascade'> {
  return {
    'analysis.run': (input, context) => analyseOpenBook({ session, pool, input, context }),
    'analysis.cascade': async (input, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const inputs = readInputs(book.value, input);
      if (!inputs.ok) return inputs;
      const bookDigest = book.value.digest();
      const memory = { slot: session.cascade, key: digestOf(bookDigest, inputs.value), bookDigest };
      return remembered(session, memory, () => analyseCascade(inputs.value, pool, context));
    },
  };
}

/** What an analysis of the open book needs. */
export type AnalysisRequest = {
  readonly session: Session;
  readonly pool: Pool;
  readonly input: ParsedInputOf<'analysis.run'>;
  readonly context: CallContext;
};

/** The analysis of the open book: from memory if its inputs are unchanged, else computed, kept and stored as a run. Also for the other services. */
export async function analyseOpenBook({ session, pool, input, context }: AnalysisRequest): Promise<Result<AnalysisResult>> {
  const opened = session.book();
  if (!opened.ok) return opened;
  const book = opened.value;
  const read = readInputs(book, input);
  if (!read.ok) return read;
  const inputs = session.transferTerms === undefined ? read.value : { ...read.value, transferTerms: session.transferTerms };
  const bookDigest = book.digest();
  const inputsDigest = digestOf(bookDigest, inputs);
  const known = session.analysis.get(inputsDigest);
  if (known !== null) return succeed(known);
  const identity = { runId: context.runId, engineVersion: ENGINE_VERSION, seed: DEFAULT_SEED, inputsDigest };
  const run: Run = {
    id: context.runId,
    topic: 'analysis',
    startedAt: new Date().toISOString(),
    finishedAt: null,
    status: 'running',
    inputsDigest,
    engineVersion: ENGINE_VERSION,
    seed: DEFAULT_SEED,
    resultJson: null,
  };
  if (!book.isReadOnly) {
    const begun = book.putRun(run);
    if (!begun.ok) return begun;
  }
  const result = await analyseBook(inputs, identity, { ...context, pool });
  // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
  const now = session.book();
  if (!now.ok || now.value !== book) return result;
  if (!book.isReadOnly) {
    const stored = book.putRun({ ...run, finishedAt: new Date().toISOString(), ...outcome(result) });
    if (!stored.ok) return stored;
  }
  if (result.ok && book.digest() === bookDigest) session.analysis.set(inputsDigest, result.value);
  return result;
}

function outcome(result: Result<AnalysisResult>): Pick<Run, 'status' | 'resultJson'> {
  if (result.ok) return { status: 'finished', resultJson: encode(result.value) };
  return { status: result.failure.reason === 'cancelled' ? 'cancelled' : 'failed', resultJson: null };
}

/** Book, market and scenario set with what the call replaces. Also for the other services. */
export function readInputs(book: OpenBook, input: ParsedInputOf<'analysis.run'>): Result<AnalysisInputs> {
  const contents = book.contents();
  if (!contents.ok) return contents;
  const snapshot = book.snapshot();
  if (!snapshot.ok) return snapshot;
  const scenarioSet = book.scenarioSet(input.scenarioSetId);
  if (!scenarioSet.ok) return scenarioSet;
  const assumptions = { ...scenarioSet.value.cascade, ...definedOf(input.cascade ?? {}) };
  return succeed({
    contents: contents.value,
    snapshot: withCrowdSize(snapshot.value, assumptions.crowdSizeFactor ?? 1),
    scenarioSet: scenarioSet.value,
    shock: followedShock(input.shock ?? scenarioSet.value.reference, scenarioSet.value.betas, assumptions.correlation ?? 0),
    assumptions,
    pledgeLog: book.pledgeLog(),
  });
}

/** The given fields without those left open. */
function definedOf<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

/** SHA-256 over book, what it remembers of its pledges, snapshot, how fast collateral leaves, scenario set, shock, assumptions, engine version and seed, hex. */
export function digestOf(bookDigest: string, inputs: AnalysisInputs): string {
  const { snapshot, scenarioSet, shock, assumptions, pledgeLog, transferTerms } = inputs;
  const pledgeEvents = pledgeLog === undefined || pledgeLog.events.length === 0 ? {} : { pledgeEvents: pledgeLog.events };
  const lastStep = pledgeLog === undefined || pledgeLog.lastStepAt === null ? {} : { lastStepAt: pledgeLog.lastStepAt };
  const rest = {
    ...pledgeEvents,
    ...lastStep,
    ...(transferTerms === undefined ? {} : { transferTerms }),
    bookDigest,
    snapshotId: snapshot.id,
    scenarioSet,
    shock,
    assumptions,
    engineVersion: ENGINE_VERSION,
    seed: DEFAULT_SEED,
  };
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}
