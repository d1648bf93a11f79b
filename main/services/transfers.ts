import { createHash } from 'node:crypto';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { TransfersResult } from '../contract/transfers.ts';
import { succeed, type Result } from '../domain/failure.ts';
import { readSystem, readTransferTerms } from '../market/system-file.ts';
import { digestOf, readInputs } from './analysis.ts';
import type { ContagionServiceDeps } from './contagion.ts';
import { composeTransfers } from './transfers/compose-transfers.ts';
import { runTransfers } from './transfers/run-transfers.ts';

/** Plans transfers of collateral between the accounts of the open book; answers from memory when nothing has changed. */
export function createTransfersServices(deps: ContagionServiceDeps): Pick<Services, 'transfers.plan'> {
  return { 'transfers.plan': (input, context) => planOpenBook(deps, input, context) };
}

async function planOpenBook(
  { session, pool, resourcesFolder }: ContagionServiceDeps,
  { horizonHours, bufferFraction, recoveryFraction }: ParsedInputOf<'transfers.plan'>,
  context: CallContext,
): Promise<Result<TransfersResult>> {
  const started = performance.now();
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, {});
  if (!inputs.ok) return inputs;
  const system = readSystem(resourcesFolder);
  if (!system.ok) return system;
  const terms = readTransferTerms(resourcesFolder);
  if (!terms.ok) return terms;
  const bookDigest = book.value.digest();
  const wish = { horizonHours, bufferFraction, recoveryFraction };
  const inputsDigest = createHash('sha256')
    .update(JSON.stringify([digestOf(bookDigest, inputs.value), system.value, terms.value, wish]))
    .digest('hex');
  const known = session.transfers.get(inputsDigest);
  if (known !== null) {
    // The answer asked for last is the one whose numbers are explained.
    session.transfers.set(inputsDigest, known);
    return succeed(known);
  }
  const run = await runTransfers({ inputs: inputs.value, system: system.value, terms: terms.value, wish }, pool, context);
  if (!run.ok) return run;
  const result = { runId: context.runId, inputsDigest, elapsedMs: performance.now() - started, ...composeTransfers(run.value) };
  // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
  const now = session.book();
  if (now.ok && now.value === book.value && book.value.digest() === bookDigest) session.transfers.set(inputsDigest, result);
  return succeed(result);
}
