import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { RequirementResult } from '../contract/requirement.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { digestOf, readInputs } from './analysis.ts';
import { composeRows } from './requirement/compose-rows.ts';
import { runRequirement } from './requirement/run-requirement.ts';
import type { Session } from './session.ts';

/** How the requirements of the open book move; answers from memory when nothing has changed. */
export function createRequirementServices(session: Session, pool: Pool): Pick<Services, 'requirement.greeks'> {
  return { 'requirement.greeks': (input, context) => greeksOfOpenBook({ session, pool, input, context }) };
}

async function greeksOfOpenBook(request: {
  readonly session: Session;
  readonly pool: Pool;
  readonly input: ParsedInputOf<'requirement.greeks'>;
  readonly context: CallContext;
}): Promise<Result<RequirementResult>> {
  const { session, pool, input, context } = request;
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, input);
  if (!inputs.ok) return inputs;
  const bookDigest = book.value.digest();
  const inputsDigest = digestOf(bookDigest, inputs.value);
  const known = session.requirement.get(inputsDigest);
  if (known !== null) return succeed(known);
  const run = await runRequirement(inputs.value, pool, context);
  if (!run.ok) return run;
  const result = { runId: context.runId, inputsDigest, ...composeRows(run.value) };
  // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
  const now = session.book();
  if (now.ok && now.value === book.value && book.value.digest() === bookDigest) session.requirement.set(inputsDigest, result);
  return succeed(result);
}
