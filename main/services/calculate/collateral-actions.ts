import { z } from 'zod';
import { sizeCollateralAction } from '../../engine/hedge/collateral-action.ts';
import type { CollateralAction, LendingState } from '../../engine/hedge/collateral-action.ts';
import type { CaseOutput } from './case-values.ts';

const input = z.object({
  collateral: z.array(z.object({ token: z.string(), valueUsd: z.number(), threshold: z.number() })),
  debtUsd: z.number(),
  targetHealthFactor: z.number(),
  action: z.discriminatedUnion('type', [
    z.object({ type: z.literal('repay'), availableUsd: z.number() }),
    z.object({ type: z.literal('deleverage'), token: z.string(), slip: z.number() }),
    z.object({ type: z.literal('topUp'), token: z.string(), availableUsd: z.number() }),
    z.object({ type: z.literal('switch'), fromToken: z.string(), toToken: z.string(), slip: z.number() }),
  ]),
});

/** Closed forms of collateral actions, in the shape of the outside numbers. */
export function calculateCollateralActions(raw: unknown): CaseOutput {
  const parsed = input.parse(raw);
  const state: LendingState = {
    collateral: parsed.collateral.map((line) => ({ token: line.token, valueUsd: line.valueUsd, thresholdFraction: line.threshold })),
    debtUsd: parsed.debtUsd,
  };
  const sized = sizeCollateralAction(state, actionOf(parsed.action), parsed.targetHealthFactor);
  if (sized.status === 'unreachable' || sized.status === 'exceedsAvailable') return { infeasible: true, reason: sized.status };
  return {
    infeasible: false,
    alreadyMet: sized.status === 'alreadyMet',
    amountUsd: sized.amountUsd,
    resultingHealthFactor: Number.isFinite(sized.healthFactor) ? sized.healthFactor : null,
    resultingDebtUsd: sized.after.debtUsd,
    resultingCollateralUsd: Object.fromEntries(sized.after.collateral.map((line) => [line.token, line.valueUsd])),
  };
}

function actionOf(action: z.infer<typeof input>['action']): CollateralAction {
  switch (action.type) {
    case 'repay':
    case 'topUp':
      return action;
    case 'deleverage':
      return { type: 'deleverage', token: action.token, slipFraction: action.slip };
    case 'switch':
      return { type: 'switch', fromToken: action.fromToken, toToken: action.toToken, slipFraction: action.slip };
  }
}
