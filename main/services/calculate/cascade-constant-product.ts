import { z } from 'zod';
import type { CascadeRules, RoundTrace } from '../../engine/cascade/cascade-types.ts';
import { runCascade } from '../../engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../engine/cascade/workspace.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { borrower, borrowerBook, cascadeParameters } from './borrower-book.ts';
import type { CaseOutput } from './case-values.ts';

const input = cascadeParameters.extend({ accounts: z.array(borrower) });

/** One liquidation cascade of borrowers against one constant-product market, through the same kernel as a book's. */
export function calculateCascadeConstantProduct(raw: unknown): CaseOutput {
  const parameters = input.parse(raw);
  const borrowers = parameters.accounts.map((account) => ({ ...account, block: 0 }));
  const shock = { moves: Float64Array.of(-parameters.shock), volatilityShift: 0 };
  const rules: CascadeRules = { depthThinningFraction: 0, maxRounds: parameters.maxRounds, includeCrowd: true, activeVenues: null };
  const quiet = runCascade(makeCascadeWorkspace(borrowerBook(parameters, borrowers, false)), shock, rules);
  const startCollateral = sumAccurate(Float64Array.from(borrowers, (each) => each.collateralAsset));
  const startDebt = sumAccurate(Float64Array.from(borrowers, (each) => each.debtUsd));
  const trace: RoundTrace[] = [];
  const result = runCascade(makeCascadeWorkspace(borrowerBook(parameters, borrowers, true)), shock, rules, trace);
  const finalPrice = result.finalState.priceUsd[0] ?? NaN;
  const prices = [...trace.slice(1).map((round) => round.startPriceUsd[0]), ...(trace.length > 0 ? [finalPrice] : [])];
  return {
    rounds: result.rounds,
    reachedRoundLimit: result.status === 'reachedRoundLimit',
    soldQuantity: startCollateral - sumAccurate(result.collateralQuantity),
    repaidDebtUsd: startDebt - sumAccurate(result.debtQuantity),
    finalPrice,
    badDebtUsd: result.badDebtUsd,
    amplification: parameters.shock === 0 ? null : (1 - finalPrice / parameters.initialPrice) / parameters.shock,
    noFeedbackSoldQuantity: startCollateral - sumAccurate(quiet.collateralQuantity),
    liquidatedAccounts: [...result.borrowerFallenRound].flatMap((firstRound, index) => (firstRound > 0 ? [{ index, firstRound }] : [])),
    priceAfterRound: prices,
    finalCollateralAsset: [...result.collateralQuantity],
    finalDebtUsd: [...result.debtQuantity],
  };
}
