import { bindingScenario, leastIndex, tailGain } from '../../../engine/hedge/binding-scenario.ts';
import type { BuiltProblem } from '../../../engine/hedge/build-problem.ts';
import type { HedgeProblem } from '../../../engine/hedge/hedge-problem.ts';
import type { SurvivalState } from '../../../engine/hedge/survival/survival-states.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Outcome } from '../measures.ts';
import type { SolvedProblem } from '../program-solver.ts';
import type { Setting } from '../setting.ts';
import { happening } from '../survival/happening.ts';
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

/** A leg to be explained: its candidate, its variable in the program, and its whole amount. */
export type ExplainedLeg = { readonly candidate: Candidate; readonly variable: number; readonly amount: number };

/**
 * Why a leg is there: the requirement it keeps, read from the retained scenarios and the prices of the program's rows, and
 * the days it pays on. Names account, size and scenario.
 */
export function whyLeg(reasons: Reasons, leg: ExplainedLeg): string {
  if (leg.candidate.kind === 'withdraw') return spareSentence(reasons, leg);
  const kept = requirementSentence(reasons, leg);
  const needed = stateSentence(reasons, leg);
  const paid = kept === null || exposes.has(leg.candidate.kind) ? tailSentence(reasons, leg) : null;
  return [kept, paid, needed].filter((sentence) => sentence !== null).join(' ');
}

/** What is said of a carry from this sum on. USD. */
const LEAST_CARRY_USD = 50;

/** The same with what keeping the leg is expected to cost, where that is worth a sentence. */
export function withCarry(why: string, { candidate, carryUsd }: { readonly candidate: Candidate; readonly carryUsd: number }): string {
  if (carryUsd < LEAST_CARRY_USD) return why;
  const of = candidate.isOption ? 'time decay, less what it earns by moving' : 'funding or basis';
  return `${why} Keeping it for ${hedgeAssumptions.hedgeDays} days is expected to cost ${moneyText(carryUsd)} USD more: ${of}.`.trim();
}

/** In which state in which hedges are lost its account needs the leg as well: the dearest one whose priced rows it adds to; null for none. */
function stateSentence({ setting, built, solved }: Reasons, { candidate, variable }: ExplainedLeg): string | null {
  const { rowGroup, rowStarts, rowVariables, rowValues } = solved.assembled.program;
  let dearest: { readonly state: SurvivalState; readonly price: number } | null = null;
  for (const [row, group] of rowGroup.entries()) {
    const { state = null, account } = built.limits[group] ?? {};
    const price = solved.solution.rowPrices[row] ?? 0;
    if (state === null || account !== candidate.targetAccount || price <= (dearest?.price ?? LEAST_PRICE)) continue;
    const uses = rowVariables.subarray(rowStarts[row], rowStarts[row + 1]).indexOf(variable);
    if (uses >= 0 && (rowValues[(rowStarts[row] ?? 0) + uses] ?? 0) > 0) dearest = { state, price };
  }
  const accountId = setting.pack.accountIds[candidate.targetAccount] ?? '';
  return dearest === null ? null : `${accountId} needs it too if ${happening(setting, dearest.state)}.`;
}

/** A row counts as binding from this price on. */
const LEAST_PRICE = 1e-3;

/** Kinds that change what the book gains and loses with the market; the others only move money. */
const exposes: ReadonlySet<string> = new Set(['trade', 'deleverage', 'switchCollateral', 'switchDebt']);

/** What a withdrawal leaves in the account it comes from, in the retained scenario that is worst for it, all legs done. */
function spareSentence({ setting, built, problem, solved }: Reasons, { candidate }: ExplainedLeg): string {
  const accountId = candidate.payer.accountId;
  const index = built.limits.findIndex((limit) => limit.account === candidate.payerAccount && limit.kind === 'alive');
  const left = problem.accounts[index]?.excessUsd.slice();
  if (left === undefined) return `Nothing is required of ${accountId}.`;
  problem.decisions.forEach(({ excess }, variable) => {
    const effect = excess.find(({ account }) => account === index);
    if (effect !== undefined)
      for (let s = 0; s < left.length; s += 1)
        left[s] = (left[s] ?? 0) + (effect.effectUsd[s] ?? 0) * (solved.solution.values[variable] ?? 0);
  });
  const worst = leastIndex(left);
  const shocked = setting.shocks.retained[worst];
  const when = worst === 0 || shocked === undefined ? 'at the reference shock' : `at ${shockText(shocked)}`;
  return `${accountId} can spare it: with every leg done it still has ${moneyText(left[worst] ?? 0)} USD above its requirement ${when}, the worst it is kept alive in. It pays for what is needed elsewhere.`;
}

type AccountLimit = { readonly excessUsd: Float64Array; readonly effectUsd: Float64Array };

/** What the leg does for the account it acts on; null when it does nothing there that matters. */
function requirementSentence(reasons: Reasons, leg: ExplainedLeg): string | null {
  const { setting, before } = reasons;
  const account = leg.candidate.targetAccount;
  const accountId = setting.pack.accountIds[account] ?? '';
  const limit = aliveLimit(reasons, leg, account);
  if (limit === null) return null;
  const roundAtReference = before.reference.fallenRound[account] ?? 0;
  const scenario = scenarioThatMatters(reasons, limit, { variable: leg.variable, isReference: roundAtReference > 0 });
  const excessUsd = limit.excessUsd[scenario] ?? 0;
  const gainUsd = (limit.effectUsd[scenario] ?? 0) * leg.amount;
  const shocked = setting.shocks.retained[scenario];
  if (shocked === undefined) return null;
  if (gainUsd <= 0) return null;
  const round = scenario === 0 ? roundAtReference : 0;
  const when =
    scenario > 0 ? `at ${shockText(shocked)}` : round > 0 ? `in round ${round} of the reference shock` : 'at the reference shock';
  if (excessUsd < 0) return `${accountId} would be short ${moneyText(-excessUsd)} USD ${when}; this gives it ${moneyText(gainUsd)} before.`;
  if (round > 0)
    return `${accountId} falls ${when} once the others sell; they are kept, and its ${moneyText(excessUsd)} USD to spare become ${moneyText(excessUsd + gainUsd)}.`;
  return leg.candidate.kind === 'trade'
    ? null
    : `${accountId} has only ${moneyText(excessUsd)} USD to spare ${when}; with this ${moneyText(excessUsd + gainUsd)}.`;
}

function aliveLimit(reasons: Reasons, leg: ExplainedLeg, account: number): AccountLimit | null {
  const index = reasons.built.limits.findIndex((limit) => limit.account === account && limit.kind === 'alive');
  const excessUsd = reasons.problem.accounts[index]?.excessUsd;
  const effectUsd = reasons.problem.decisions[leg.variable]?.excess.find((effect) => effect.account === index)?.effectUsd;
  return excessUsd === undefined || effectUsd === undefined ? null : { excessUsd, effectUsd };
}

/**
 * The reference shock (first) where the account is short there or falls and the leg is there by then; else the binding row the leg adds to; else
 * the worst one that it helps in.
 */
function scenarioThatMatters(reasons: Reasons, limit: AccountLimit, what: { variable: number; isReference: boolean }): number {
  const { excessUsd, effectUsd } = limit;
  if ((what.isReference || (excessUsd[0] ?? 0) < 0) && (effectUsd[0] ?? 0) > 0) return 0;
  const binding = bindingScenario(reasons.solved.assembled, reasons.solved.solution.rowPrices, what.variable);
  return binding ?? leastIndex(excessUsd.map((excess, s) => ((effectUsd[s] ?? 0) > 0 ? excess : Number.POSITIVE_INFINITY)));
}

/** What the leg pays in the tail that the program's prices are taken over, and the day on which it pays most. */
function tailSentence(reasons: Reasons, leg: ExplainedLeg): string {
  const { setting, built, problem, solved } = reasons;
  const { average, best } = tailGain(problem.decisions[leg.variable]?.reductionUsd ?? [], solved.solution.tailWeights);
  const averageUsd = average * leg.amount;
  const day = setting.shocks.dayNames[best < built.days ? best : (built.lost[best - built.days]?.day ?? -1)];
  const share = `worst ${((1 - problem.confidence) * 100).toFixed(1)} % of days`;
  if (averageUsd <= 0 || day === undefined)
    return `Pays nothing in the ${share} by itself; it makes room on ${leg.candidate.target.accountId} for the legs that do.`;
  return `Pays ${moneyText(averageUsd)} USD on average in the ${share}, most in a repeat of ${day}.`;
}
