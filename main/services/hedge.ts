import { createHash } from 'node:crypto';
import type { OpenBook } from '../book/open-book.ts';
import type { CallContext, OutputOf, ParsedInputOf, Services } from '../contract/contract.ts';
import { encode } from '../contract/codec.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { Run } from '../domain/run.ts';
import type { Instant } from '../domain/time.ts';
import type { Pool } from '../pool/pool-types.ts';
import { DEFAULT_SEED, ENGINE_VERSION } from './analysis.ts';
import { listAlternatives, sharedWish } from './hedge/alternatives/list-alternatives.ts';
import { hedgeBook } from './hedge/hedge-book.ts';
import { accountEffects, measurePlan } from './hedge/measures.ts';
import type { Plan, Stands } from './hedge/measures.ts';
import { jointMoves } from './hedge/joint-moves.ts';
import { within } from './hedge/limits/limits.ts';
import { prepareSetting } from './hedge/prepare.ts';
import type { Setting } from './hedge/setting.ts';
import { createStandingDesk, type Stood } from './hedge/staging/standing-desk.ts';
import { suggest } from './hedge/suggest.ts';
import type { Suggestion } from './hedge/suggest.ts';
import type { Session } from './session.ts';

type SuggestInput = Omit<ParsedInputOf<'hedge.suggest'>, 'runId'>;

/** Time for solving when the caller names none. The cascades come on top; they are short. */
const usualTimeLimitMs = 20_000;
/** The same for several programs one after the other. */
const longTimeLimitMs = 120_000;
/** The last suggestion with what it was made from, so that parts of it can be priced without solving again. */
type Kept = { readonly inputsDigest: string; readonly setting: Setting; readonly plan: Plan; readonly before: Stands };
type HedgeServiceName =
  'hedge.suggest' | 'hedge.evaluate' | 'hedge.alternatives' | 'hedge.refresh' | 'blotter.stagePlan' | 'blotter.stageRefresh';

/** Suggestion of hedges and collateral actions, the pricing of parts of it, and what becomes of it in the blotter; `now` is the blotter's clock. */
export function createHedgeServices(
  session: Session,
  pool: Pool,
  now: () => Instant = () => new Date().toISOString(),
): Pick<Services, HedgeServiceName> {
  let kept: Kept | null = null;
  const standing = createStandingDesk({
    session,
    now,
    prepare: (input, context) => prepare(session, input, { pool, context }),
    limitMs: (input) => input.timeLimitMs ?? usualTimeLimitMs,
  });
  return {
    ...standing.services,
    'hedge.suggest': async (input, context) => {
      const started = performance.now();
      const prepared = prepare(session, input, { pool, context });
      if (!prepared.ok) return prepared;
      const { book, setting, inputsDigest } = prepared.value;
      const known = session.hedge.get(inputsDigest);
      if (known !== null && kept?.inputsDigest === inputsDigest) return succeed(known);
      const bookDigest = book.digest();
      const run = runOf(context.runId, inputsDigest);
      const begun = book.isReadOnly ? succeed(undefined) : book.putRun(run);
      if (!begun.ok) return begun;
      const elapsedMs = () => performance.now() - started;
      const found = await suggest(setting, {
        budgetUsd: input.budgetUsd ?? null,
        timeLimitMs: input.timeLimitMs ?? usualTimeLimitMs,
        elapsedMs,
      });
      const result = found.ok ? succeed(resultOf(found.value, run)) : found;
      // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
      const now = session.book();
      if (!now.ok || now.value !== book) return result;
      const stored = book.isReadOnly
        ? succeed(undefined)
        : book.putRun({ ...run, finishedAt: new Date().toISOString(), ...outcomeOf(result) });
      if (!stored.ok) return stored;
      if (!found.ok || !result.ok || book.digest() !== bookDigest) return result;
      kept = { inputsDigest, setting, plan: found.value.pass.plan, before: found.value.before };
      session.hedge.set(inputsDigest, result.value);
      session.hedgeWish.set(inputsDigest, input);
      const { start } = found.value;
      standing.suggested(book, { ...kept, input, start, budgetUsd: input.budgetUsd ?? null, ...remembered(result.value) });
      return result;
    },
    'hedge.alternatives': async (input, context) => {
      const started = performance.now();
      const prepared = prepare(session, input, { pool, context });
      if (!prepared.ok) return prepared;
      const { setting, inputsDigest } = prepared.value;
      const known = session.alternatives.get(inputsDigest);
      if (known !== null) return succeed(known);
      const limitMs = input.timeLimitMs ?? longTimeLimitMs;
      const found = await listAlternatives(setting, { limitMs, elapsedMs: () => performance.now() - started, asked: sharedWish(input) });
      if (!found.ok) return found;
      const compared = { ...found.value, runId: context.runId, inputsDigest };
      session.alternatives.set(inputsDigest, compared);
      return succeed(compared);
    },
    'hedge.evaluate': async (input, context) => {
      const last = session.hedge.last();
      if (kept === null || last === null || last.inputsDigest !== kept.inputsDigest) {
        return fail('notFound', 'there is no suggestion for the book as it is now', { remedy: 'Ask for a suggestion first.' });
      }
      return evaluate(kept, input.legIds, context);
    },
  };
}

type Prepared = { readonly book: OpenBook; readonly setting: Setting; readonly inputsDigest: string };

function prepare(session: Session, input: SuggestInput, use: { pool: Pool; context: CallContext }): Result<Prepared> {
  const book = session.book();
  if (!book.ok) return book;
  const contents = book.value.contents();
  if (!contents.ok) return contents;
  const snapshot = book.value.snapshot();
  if (!snapshot.ok) return snapshot;
  const set = book.value.scenarioSet(input.scenarioSetId);
  if (!set.ok) return set;
  const confidence = input.confidence ?? set.value.confidence;
  const { transferTerms } = session;
  const { noticeMinutes } = input.limits ?? {};
  const whole = prepareSetting(hedgeBook(contents.value, snapshot.value, set.value), {
    confidence,
    transferTerms,
    noticeMinutes,
    survival: input.survival,
    ...use,
  });
  const limited = whole.ok ? within(whole.value, input.limits) : whole;
  if (!limited.ok) return limited;
  const inputs = [
    book.value.digest(),
    snapshot.value.id,
    set.value.id,
    confidence,
    input.budgetUsd ?? null,
    input.limits ?? null,
    input.survival ?? null,
    input.timeLimitMs ?? usualTimeLimitMs,
    transferTerms ?? null,
    ENGINE_VERSION,
    DEFAULT_SEED,
  ];
  return succeed({
    book: book.value,
    setting: limited.value,
    inputsDigest: createHash('sha256').update(JSON.stringify(inputs)).digest('hex'),
  });
}

/** Measures of some of the suggestion's legs, by the full cascade. */
async function evaluate(kept: Kept, legIds: readonly string[], context: CallContext): Promise<Result<OutputOf<'hedge.evaluate'>>> {
  const wanted = new Set(legIds);
  const unknown = legIds.find((id) => !kept.plan.candidates.some((candidate) => candidate.id === id));
  if (unknown !== undefined) return fail('notFound', `leg ${unknown}: not in the last suggestion`);
  const amounts = Float64Array.from(kept.plan.candidates, (candidate, index) =>
    wanted.has(candidate.id) ? (kept.plan.amounts[index] ?? 0) : 0,
  );
  const setting: Setting = { ...kept.setting, context };
  const after = await measurePlan(setting, { candidates: kept.plan.candidates, amounts });
  if (!after.ok) return after;
  const moves = await jointMoves(setting, after.value.quantities);
  if (!moves.ok) return moves;
  const stands = { outcome: after.value, jointMoves: moves.value };
  return succeed({ measures: after.value.measures, accounts: accountEffects(setting, kept.before, stands) });
}

/** When a suggestion was made, and why each of its legs was. */
function remembered({ legs }: HedgeResult): Pick<Stood, 'madeAt' | 'reasons'> {
  return { madeAt: new Date().toISOString(), reasons: new Map(legs.map(({ id, why }) => [id, why])) };
}

function resultOf({ result }: Suggestion, run: Run): HedgeResult {
  return { ...result, runId: run.id, engineVersion: run.engineVersion, seed: run.seed, inputsDigest: run.inputsDigest };
}

function runOf(id: string, inputsDigest: string): Run {
  const startedAt = new Date().toISOString();
  return {
    id,
    topic: 'hedge',
    startedAt,
    finishedAt: null,
    status: 'running',
    inputsDigest,
    engineVersion: ENGINE_VERSION,
    seed: DEFAULT_SEED,
    resultJson: null,
  };
}

function outcomeOf(result: Result<HedgeResult>): Pick<Run, 'status' | 'resultJson'> {
  if (result.ok) return { status: 'finished', resultJson: encode(result.value) };
  return { status: result.failure.reason === 'cancelled' ? 'cancelled' : 'failed', resultJson: null };
}
