import type { CascadeResultArrays, CascadeRules, RoundTrace } from '../../../engine/cascade/cascade-types.ts';
import { runCascade } from '../../../engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../../../engine/cascade/workspace.ts';
import { sumAccurate } from '../../../engine/math/sum.ts';
import { borrowerBook, type Borrower, type CascadeParameters } from '../borrower-book.ts';
import type { CaseOutput } from '../case-values.ts';

/** What a run of borrowers assumes besides the parameters of its case. */
export type BorrowerRunOptions = { readonly hasMarket: boolean; readonly pausesToxic: boolean; readonly trace: RoundTrace[] | null };

/** A finished run: its workspace and result, and what the families say of it alike. */
export type BorrowerRun = { readonly work: CascadeWorkspace; readonly result: CascadeResultArrays; readonly summary: CaseOutput };

/** One cascade of the borrowers of a case through the kernel of the book's cascades. */
export function runBorrowers(
  parameters: CascadeParameters,
  accounts: readonly Omit<Borrower, 'block'>[],
  options: BorrowerRunOptions,
): BorrowerRun {
  const borrowers = accounts.map((account) => ({ ...account, block: 0 }));
  const rules: CascadeRules = {
    depthThinningFraction: 0,
    maxRounds: parameters.maxRounds,
    includeCrowd: true,
    pausesToxic: options.pausesToxic,
  };
  const work = makeCascadeWorkspace(borrowerBook(parameters, borrowers, options.hasMarket));
  const result = runCascade(work, { moves: Float64Array.of(-parameters.shock), volatilityShift: 0 }, rules, options.trace);
  const startCollateral = sumAccurate(Float64Array.from(borrowers, (each) => each.collateralAsset));
  const startDebt = sumAccurate(Float64Array.from(borrowers, (each) => each.debtUsd));
  const summary = {
    rounds: result.rounds,
    reachedRoundLimit: result.status === 'reachedRoundLimit',
    soldQuantity: startCollateral - sumAccurate(result.collateralQuantity),
    repaidDebtUsd: startDebt - sumAccurate(result.debtQuantity),
    finalPrice: result.finalState.priceUsd[0] ?? NaN,
    badDebtUsd: result.badDebtUsd,
    liquidatedAccounts: [...result.borrowerFallenRound].flatMap((firstRound, index) => (firstRound > 0 ? [{ index, firstRound }] : [])),
  };
  return { work, result, summary };
}
