import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { TransfersResult } from '../contract/transfers.ts';
import { succeed, type Result } from '../domain/failure.ts';
import { readTransferTerms } from '../market/system-file.ts';
import { openSystem, type SystemDeps } from './contagion/open-system.ts';
import { questionDigest, remembered } from './remembered.ts';
import { composeTransfers } from './transfers/compose-transfers.ts';
import { runTransfers } from './transfers/run-transfers.ts';

/** Plans transfers of collateral between the accounts of the open book; answers from memory when nothing has changed. */
export function createTransfersServices(deps: SystemDeps): Pick<Services, 'transfers.plan'> {
  return { 'transfers.plan': (input, context) => planOpenBook(deps, input, context) };
}

async function planOpenBook(
  deps: SystemDeps,
  { horizonHours, bufferFraction, recoveryFraction }: ParsedInputOf<'transfers.plan'>,
  context: CallContext,
): Promise<Result<TransfersResult>> {
  const started = performance.now();
  const { session, pool, resourcesFolder } = deps;
  const opened = openSystem(deps);
  if (!opened.ok) return opened;
  const terms = readTransferTerms(resourcesFolder);
  if (!terms.ok) return terms;
  const { inputs, system, bookDigest, digest } = opened.value;
  const wish = { horizonHours, bufferFraction, recoveryFraction };
  const inputsDigest = questionDigest([...digest, terms.value, wish]);
  return remembered(session, { slot: session.transfers, key: inputsDigest, bookDigest }, async () => {
    const run = await runTransfers({ inputs, system, terms: terms.value, wish }, pool, context);
    if (!run.ok) return run;
    return succeed({ runId: context.runId, inputsDigest, elapsedMs: performance.now() - started, ...composeTransfers(run.value) });
  });
}
