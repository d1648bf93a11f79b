import { tailLoss } from '../../engine/hedge/tail-loss.ts';
import type { HedgeProblem } from '../../engine/hedge/hedge-problem.ts';
import type { Candidate } from './candidates.ts';
import type { BuiltProblem } from './problem.ts';
import type { SolvedProblem } from './program-solver.ts';
import type { Outcome } from './measures.ts';
import type { Setting } from './setting.ts';
import { moneyText, shockText } from './words.ts';

/** What a sentence about a leg is written from. */
export type Reasons = {
  readonly setting: Setting;
  readonly built: BuiltProblem;
  readonly solved: SolvedProblem;
  readonly before: Outcome;
  /** Problem of the chosen legs, in the order of the program's variables. */
  readonly problem: HedgeProblem;
};

/**
 * Why a leg is there: the requirement it keeps, read from the prices of the program's rows, or else the days it pays on.
 * Names account, size and scenario.
 */
export function whyLeg(reasons: Reasons, candidate: Candidate, index: number): string {
  const row = dearestRow(reasons.solved, index);
  const account = row === null ? null : accountOfRow(reasons, row);
  if (row !== null && account !== null) return requirementSentence(reasons, { row, account, candidate });
  return tailSentence(reasons, candidate, index);
}

/** The binding row to whose price the leg contributes most; null when the leg serves no account's limit. */
function dearestRow(solved: SolvedProblem, variable: number): number | null {
  const { program, rowScenario } = solved.assembled;
  let best: number | null = null;
  let most = 0;
  for (let r = 0; r < rowScenario.length; r++) {
    const price = solved.solution.rowPrices[r]!;
    if (rowScenario[r]! < 0 || price <= 0) continue;
    for (let k = program.rowStarts[r]!; k < program.rowStarts[r + 1]!; k++) {
      if (program.rowVariables[k] !== variable || program.rowValues[k]! * price <= most) continue;
      most = program.rowValues[k]! * price;
      best = r;
    }
  }
  return best;
}

function accountOfRow(reasons: Reasons, row: number): { account: number; isOpening: boolean } | null {
  const limit = reasons.built.limits[reasons.solved.assembled.program.rowGroup[row]!];
  return limit ?? null;
}

type Binding = { readonly row: number; readonly account: { readonly account: number; readonly isOpening: boolean }; readonly candidate: Candidate };

function requirementSentence(reasons: Reasons, binding: Binding): string {
  const { setting, built, solved, before } = reasons;
  const accountId = setting.pack.accountIds[binding.account.account] ?? '';
  if (binding.account.isOpening) return `Frees initial margin on ${accountId}, which the other legs there need.`;
  const scenario = solved.assembled.rowScenario[binding.row]!;
  const shock = setting.shocks.retained[scenario]!;
  const limit = built.problem.accounts[solved.assembled.program.rowGroup[binding.row]!];
  const excessUsd = limit?.excessUsd[scenario] ?? 0;
  const round = setting.book.set.reference === shock ? before.reference.fallenRound[binding.account.account]! : 0;
  const when = round > 0 ? ` in round ${round}` : '';
  const own = binding.candidate.target.accountId === accountId ? 'this' : `cash from ${binding.candidate.payer.accountId}`;
  if (excessUsd < 0) return `${accountId} would be short ${moneyText(-excessUsd)} USD at ${shockText(shock)}${when}; ${own} makes it good before.`;
  return `${accountId} keeps only ${moneyText(excessUsd)} USD at ${shockText(shock)}; ${own} holds it there while the other legs draw on it.`;
}

function tailSentence(reasons: Reasons, candidate: Candidate, index: number): string {
  const { setting, problem, solved } = reasons;
  const { lossesUsd, weights } = problem;
  const tail = tailLoss(lossesUsd, weights, problem.confidence).tailWeights;
  const reduction = problem.decisions[index]?.reductionUsd;
  const amount = solved.solution.values[index]!;
  let averageUsd = 0;
  let best = 0;
  for (let day = 0; day < lossesUsd.length; day++) {
    if (tail[day] === 0) continue;
    const gain = (reduction?.[day] ?? 0) * amount;
    averageUsd += tail[day]! * gain;
    if (gain > ((reduction?.[best] ?? 0) * amount) || tail[best] === 0) best = day;
  }
  const share = `worst ${((1 - problem.confidence) * 100).toFixed(1)} % of days`;
  const like = `most on a day like ${setting.shocks.dayNames[best] ?? 'the worst'} (${shockText(setting.shocks.days[best]!)})`;
  if (averageUsd > 0) return `Pays ${moneyText(averageUsd)} USD on average in the ${share}, ${like}.`;
  return `Takes no loss off the ${share} by itself; it makes room for the legs that do (${candidate.payer.accountId}).`;
}
