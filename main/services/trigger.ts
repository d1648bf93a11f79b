import { createHash } from 'node:crypto';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { TriggerResult } from '../contract/trigger.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { digestOf, readInputs } from './analysis.ts';
import { openModel } from './forecast/open-model.ts';
import type { Session } from './session.ts';
import { runTrigger, type TriggerWish } from './trigger/run-trigger.ts';

type Deps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** The best trigger order of a borrowing account; answers from memory when nothing has changed. */
export function createTriggerServices(deps: Deps): Pick<Services, 'trigger.optimise'> {
  return { 'trigger.optimise': (input, context) => optimise(deps, input, context) };
}

async function optimise(
  { session, pool, resourcesFolder }: Deps,
  { scenarioSetId, accountId, objective, alpha, draws, seed, terms }: ParsedInputOf<'trigger.optimise'>,
  context: CallContext,
): Promise<Result<TriggerResult>> {
  const started = performance.now();
  const opened = session.book();
  if (!opened.ok) return opened;
  const inputs = readInputs(opened.value, { scenarioSetId });
  if (!inputs.ok) return inputs;
  const bookDigest = opened.value.digest();
  const { gasUsd = inputs.value.scenarioSet.gasUsd } = terms;
  const wish = { accountId, objective, alpha, draws, seed, terms: { ...terms, gasUsd } };
  const inputsDigest = triggerKey(digestOf(bookDigest, inputs.value), wish);
  const known = session.trigger.get(inputsDigest);
  if (known !== null) {
    session.trigger.set(inputsDigest, known);
    return succeed(known);
  }
  const model = openModel(inputs.value, seed, resourcesFolder);
  if (!model.ok) return model;
  const bare = await runTrigger({ inputs: inputs.value, ...model.value, pool, context }, wish);
  if (!bare.ok) return bare;
  const result = { runId: context.runId, inputsDigest, ...bare.value, elapsedMs: performance.now() - started };
  // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
  const now = session.book();
  if (now.ok && now.value === opened.value && opened.value.digest() === bookDigest) session.trigger.set(inputsDigest, result);
  return succeed(result);
}

/** Under which an order is kept: its book, market and set, and what it was asked with. */
export function triggerKey(digest: string, { accountId, objective, alpha, draws, seed, terms }: TriggerWish): string {
  return createHash('sha256')
    .update(digest)
    .update(JSON.stringify({ accountId: accountId ?? null, objective, alpha, draws, seed, terms }))
    .digest('hex');
}
