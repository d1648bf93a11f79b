import { createHash } from 'node:crypto';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { FailureResult } from '../contract/contagion.ts';
import { succeed, type Result } from '../domain/failure.ts';
import { readSystem } from '../market/system-file.ts';
import type { Pool } from '../pool/pool-types.ts';
import { digestOf, readInputs } from './analysis.ts';
import { composeFailure } from './contagion/compose-failure.ts';
import { runFailures, seatBook } from './contagion/run-failure.ts';
import type { Session } from './session.ts';

export type ContagionServiceDeps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** Lets institutions around the open book fail; answers from memory when nothing has changed. */
export function createContagionServices(deps: ContagionServiceDeps): Pick<Services, 'contagion.failure'> {
  return { 'contagion.failure': (input, context) => failOpenBook(deps, input, context) };
}

async function failOpenBook(
  { session, pool, resourcesFolder }: ContagionServiceDeps,
  { nodeId, recoveryFraction }: ParsedInputOf<'contagion.failure'>,
  context: CallContext,
): Promise<Result<FailureResult>> {
  const started = performance.now();
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, {});
  if (!inputs.ok) return inputs;
  const system = readSystem(resourcesFolder);
  if (!system.ok) return system;
  const bookDigest = book.value.digest();
  const inputsDigest = createHash('sha256')
    .update(JSON.stringify([digestOf(bookDigest, inputs.value), system.value, nodeId ?? null, recoveryFraction]))
    .digest('hex');
  const known = session.contagion.get(inputsDigest);
  if (known !== null) {
    // The answer asked for last is the one whose numbers are explained.
    session.contagion.set(inputsDigest, known);
    return succeed(known);
  }
  const desk = seatBook(inputs.value, system.value);
  if (!desk.ok) return desk;
  const run = await runFailures(desk.value, { nodeId, recoveryFraction }, { pool, context });
  if (!run.ok) return run;
  const told = composeFailure(run.value, system.value);
  const result = { runId: context.runId, inputsDigest, elapsedMs: performance.now() - started, ...told };
  // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
  const now = session.book();
  if (now.ok && now.value === book.value && book.value.digest() === bookDigest) session.contagion.set(inputsDigest, result);
  return succeed(result);
}
