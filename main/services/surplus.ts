import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { FeedbackResult } from '../contract/feedback.ts';
import type { PartitionResult } from '../contract/surplus.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { DEFAULT_SEED, digestOf, readInputs } from './analysis.ts';
import { packBook } from './pack.ts';
import { questionDigest, remembered } from './remembered.ts';
import type { Session } from './session.ts';
import { feedbackResult } from './surplus/feedback-result.ts';
import { partitionBook } from './surplus/partition.ts';
import { partitionResult } from './surplus/partition-result.ts';
import { runFeedback } from './surplus/run-feedback.ts';
import { runCalm, runPartition } from './surplus/run-partition.ts';

type Call<Name extends 'surplus.partition' | 'feedback.measure'> = {
  readonly session: Session;
  readonly pool: Pool;
  readonly input: ParsedInputOf<Name>;
  readonly context: CallContext;
};

/** Whether the whole is more than its parts; answers from memory when nothing has changed. */
export function createSurplusServices(session: Session, pool: Pool): Pick<Services, 'surplus.partition' | 'feedback.measure'> {
  return {
    'surplus.partition': (input, context) => partitionOpenBook({ session, pool, input, context }),
    'feedback.measure': (input, context) => measureOpenBook({ session, pool, input, context }),
  };
}

async function partitionOpenBook({ session, pool, input, context }: Call<'surplus.partition'>): Promise<Result<PartitionResult>> {
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, input);
  if (!inputs.ok) return inputs;
  const notes = book.value.notes();
  if (!notes.ok) return notes;
  const { by, crowd, groups } = input;
  const bookDigest = book.value.digest();
  const wish = { by, crowd, groups: groups ?? [] };
  const key = questionDigest([digestOf(bookDigest, inputs.value), wish]);
  return remembered(session, { slot: session.partition, key, bookDigest }, async () => {
    const packed = packBook(inputs.value.contents, inputs.value.snapshot, inputs.value.scenarioSet);
    if (!packed.ok) return packed;
    const pack = packed.value;
    const blocks = partitionBook({ contents: inputs.value.contents, notes: notes.value, pack }, wish);
    if (!blocks.ok) return blocks;
    const work = { inputs: inputs.value, pack, blocks: blocks.value, seed: DEFAULT_SEED, pool, context };
    const run = await runPartition(work);
    if (!run.ok) return run;
    const calm = await runCalm(work);
    if (!calm.ok) return calm;
    return succeed(
      partitionResult(work, { run: run.value, calmLosses: calm.value }, { runId: context.runId, inputsDigest: key, by, crowd }),
    );
  });
}

async function measureOpenBook({ session, pool, input, context }: Call<'feedback.measure'>): Promise<Result<FeedbackResult>> {
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, input);
  if (!inputs.ok) return inputs;
  const bookDigest = book.value.digest();
  const key = digestOf(bookDigest, inputs.value);
  return remembered(session, { slot: session.feedback, key, bookDigest }, async () => {
    const run = await runFeedback(inputs.value, pool, context);
    return run.ok ? succeed(feedbackResult(run.value, { runId: context.runId, inputsDigest: key })) : run;
  });
}
