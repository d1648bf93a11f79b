import { z } from 'zod';
import type { RoundTrace } from '../../engine/cascade/cascade-types.ts';
import { borrower, cascadeParameters } from './borrower-book.ts';
import { runBorrowers } from './cascade/borrower-run.ts';
import type { CaseOutput } from './case-values.ts';

const input = cascadeParameters.extend({ accounts: z.array(borrower) });

/** One liquidation cascade of borrowers against one constant-product market, through the same kernel as a book's. */
export function calculateCascadeConstantProduct(raw: unknown): CaseOutput {
  const parameters = input.parse(raw);
  const quiet = runBorrowers(parameters, parameters.accounts, { hasMarket: false, pausesToxic: false, trace: null });
  const trace: RoundTrace[] = [];
  const { result, summary } = runBorrowers(parameters, parameters.accounts, { hasMarket: true, pausesToxic: false, trace });
  const finalPrice = result.finalState.priceUsd[0] ?? NaN;
  return {
    ...summary,
    amplification: parameters.shock === 0 ? null : (1 - finalPrice / parameters.initialPrice) / parameters.shock,
    noFeedbackSoldQuantity: quiet.summary['soldQuantity'],
    priceAfterRound: [...trace.slice(1).map((round) => round.startPriceUsd[0]), ...(trace.length > 0 ? [finalPrice] : [])],
    finalCollateralAsset: [...result.collateralQuantity],
    finalDebtUsd: [...result.debtQuantity],
  };
}
