import { createHash } from 'node:crypto';
import type { OpenBook } from '../book/open-book.ts';
import type { CallContext, OutputOf, ParsedInputOf, Services } from '../contract/contract.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { Run } from '../domain/run.ts';
import type { Pool } from '../pool/pool-types.ts';
import { hedgeBook } from './hedge/hedge-book.ts';
import { accountEffects, measurePlan } from './hedge/measures.ts';
import type { Outcome, Plan } from './hedge/measures.ts';
import { prepareSetting } from './hedge/prepare.ts';
import type { Setting } from './hedge/setting.ts';
import { suggest } from './hedge/suggest.ts';
import type { Session } from './session.ts';

type SuggestInput = ParsedInputOf<'hedge.suggest'>;

/** Time for solving when the caller names none. The cascades come on top; they are short. */
const usualTimeLimitMs = 20_000;
const engineVersion = '1';
/** Nothing in a suggestion is random; the seed is carried so that every run reads alike. */
const seed = 7;

/** The last suggestion with what it was made from, so that parts of it can be priced without solving again. */
type Kept = { readonly inputsDigest: string; readonly setting: Setting; readonly plan: Plan; readonly before: Outcome };

/** Suggestion of hedges and collateral actions, and the pricing of parts of it. */
export function createHedgeServices(session: Session, pool: Pool): Pick<Services, 'hedge.suggest' | 'hedge.evaluate'> {
  let kept: Kept | null = null;
  return {
    'hedge.suggest': async (input, context) => {
      const started = performance.now();
      const prepared = prepare(session, input, { pool, context });
      if (!prepared.ok) return prepared;
      const { book, setting, inputsDigest } = prepared.value;
      const known = session.hedge.get(inputsDigest);
      if (known !== null && kept?.inputsDigest === inputsDigest) return succeed({ ...known, runId: context.runId });
      const run = runOf(context.runId, inputsDigest);
      const put = book.putRun(run);
      if (!put.ok && put.failure.reason !== 'busy' && !book.isReadOnly) return put;
      const found = await suggest(setting, {
        budgetUsd: input.budgetUsd ?? null,
        timeLimitMs: input.timeLimitMs ?? usualTimeLimitMs,
        elapsedMs: () => performance.now() - started,
      });
      if (!found.ok) {
        finishRun(book, run, { status: found.failure.reason === 'cancelled' ? 'cancelled' : 'failed', resultJson: null });
        return found;
      }
      const result: HedgeResult = { ...found.value.result, runId: context.runId, engineVersion, seed, inputsDigest };
      kept = { inputsDigest, setting, plan: found.value.pass.plan, before: found.value.before };
      session.hedge.set(inputsDigest, result);
      finishRun(book, run, { status: 'finished', resultJson: JSON.stringify(result) });
      return succeed(result);
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
  const setting = prepareSetting(hedgeBook(contents.value, snapshot.value, set.value), { confidence, ...use });
  if (!setting.ok) return setting;
  const inputs = [
    book.value.digest(),
    snapshot.value.id,
    set.value.id,
    confidence,
    input.budgetUsd ?? null,
    input.timeLimitMs ?? usualTimeLimitMs,
    engineVersion,
    seed,
  ];
  return succeed({
    book: book.value,
    setting: setting.value,
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
  return succeed({ measures: after.value.measures, accounts: accountEffects(setting, kept.before, after.value) });
}

function runOf(id: string, inputsDigest: string): Run {
  return {
    id,
    topic: 'hedge',
    startedAt: new Date().toISOString(),
    finishedAt: null,
    status: 'running',
    inputsDigest,
    engineVersion,
    seed,
    resultJson: null,
  };
}

/** A run that cannot be written down does not take the answer away from the user: the result is returned all the same. */
function finishRun(book: OpenBook, run: Run, end: Pick<Run, 'status' | 'resultJson'>): void {
  book.putRun({ ...run, ...end, finishedAt: new Date().toISOString() });
}
