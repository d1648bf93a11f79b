import { z } from 'zod';
import { lossWaterfall } from '../../../engine/cascade/policy/loss-waterfall.ts';
import { borrowersEquityUsd, pausedBorrowers } from '../../../engine/cascade/policy/pause.ts';
import { borrower, cascadeParameters } from '../borrower-book.ts';
import { unknownGroup, type CaseOutput } from '../case-values.ts';
import { vector } from '../contagion/matrix.ts';
import { runBorrowers } from './borrower-run.ts';

const amountUsd = z.number().min(0);
const waterfallInput = z.object({
  badDebtUsd: amountUsd,
  insuranceFundUsd: amountUsd,
  adlCapacityUsd: amountUsd,
  participantEquityUsd: vector,
});
const pauseInput = cascadeParameters.extend({ accounts: z.array(borrower) });

/** Who bears bad debt (group waterfall), and what pausing liquidations that lose would change (groups pause_…). */
export function calculateCircuitBreaker(raw: unknown, group: string): CaseOutput {
  if (group === 'waterfall') return waterfall(waterfallInput.parse(raw));
  return group.startsWith('pause_') ? pause(pauseInput.parse(raw)) : unknownGroup(group);
}

function waterfall({ badDebtUsd, adlCapacityUsd, ...layers }: z.output<typeof waterfallInput>): CaseOutput {
  const { deleveragedUsd, participantLossUsd, ...rest } = lossWaterfall(badDebtUsd, { ...layers, deleveragingCapacityUsd: adlCapacityUsd });
  return { ...rest, adlUsedUsd: deleveragedUsd, participantLossUsd: [...participantLossUsd] };
}

function pause(parameters: z.output<typeof pauseInput>): CaseOutput {
  const without = runBorrowers(parameters, parameters.accounts, { hasMarket: true, pausesToxic: false, trace: null });
  const paused = runBorrowers(parameters, parameters.accounts, { hasMarket: true, pausesToxic: true, trace: null });
  return {
    withoutPause: { ...without.summary, totalEquityUsd: borrowersEquityUsd(without.work) },
    withPause: { ...paused.summary, totalEquityUsd: borrowersEquityUsd(paused.work), pausedAccounts: pausedBorrowers(paused.work) },
    badDebtAvoidedUsd: without.result.badDebtUsd - paused.result.badDebtUsd,
  };
}
