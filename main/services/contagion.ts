import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { FailureResult } from '../contract/contagion.ts';
import { succeed, type Result } from '../domain/failure.ts';
import { composeFailure } from './contagion/compose-failure.ts';
import { openSystem, type SystemDeps } from './contagion/open-system.ts';
import { runFailures, seatBook } from './contagion/run-failure.ts';
import { questionDigest, remembered } from './remembered.ts';

/** Lets institutions around the open book fail; answers from memory when nothing has changed. */
export function createContagionServices(deps: SystemDeps): Pick<Services, 'contagion.failure'> {
  return { 'contagion.failure': (input, context) => failOpenBook(deps, input, context) };
}

async function failOpenBook(
  deps: SystemDeps,
  { nodeId, recoveryFraction }: ParsedInputOf<'contagion.failure'>,
  context: CallContext,
): Promise<Result<FailureResult>> {
  const started = performance.now();
  const { session, pool } = deps;
  const opened = openSystem(deps);
  if (!opened.ok) return opened;
  const { inputs, system, bookDigest, digest } = opened.value;
  const inputsDigest = questionDigest([...digest, nodeId ?? null, recoveryFraction]);
  return remembered(session, { slot: session.contagion, key: inputsDigest, bookDigest }, async () => {
    const desk = seatBook(inputs, system);
    if (!desk.ok) return desk;
    const run = await runFailures(desk.value, { nodeId, recoveryFraction }, { pool, context });
    if (!run.ok) return run;
    const told = composeFailure(run.value, system);
    return succeed({ runId: context.runId, inputsDigest, elapsedMs: performance.now() - started, ...told });
  });
}
