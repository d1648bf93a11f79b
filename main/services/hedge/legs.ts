import type { HedgeLeg } from '../../contract/hedge.ts';
import { roundToLot } from '../../domain/decimal.ts';
import { allOf, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { subset } from '../../engine/hedge/build-problem.ts';
import { rowName, type Candidate } from './proposals/candidates.ts';
import { legLatencyOf } from './latency/latency-words.ts';
import { legCosts, premiumOf } from './measures.ts';
import type { Outcome } from './measures.ts';
import type { Pass } from './passes.ts';
import type { Setting } from './setting.ts';
import { shortfallWith } from './shortfall-with.ts';
import { impactSentence } from './impact/impact-words.ts';
import { legSurvivalOf } from './survival/survival-words.ts';
import { whyLeg, withCarry } from './words/why.ts';
import { legRoute, legTitle } from './words/words.ts';

/** The legs of a suggestion as the contract shows them, largest effect first. */
export async function describeLegs(setting: Setting, pass: Pass, before: Outcome): Promise<Result<HedgeLeg[]>> {
  const { plan, choice } = pass;
  const costs = legCosts(plan);
  const problem = subset(pass.built.problem, choice.chosen);
  const reasons = { setting, built: pass.built, solved: choice.solved, before, problem };
  const legs: HedgeLeg[] = [];
  const effects = allOf(await Promise.all(plan.candidates.map((_, index) => leaveOut(setting, pass, index))));
  if (!effects.ok) return effects;
  for (const [index, candidate] of plan.candidates.entries()) {
    const amount = plan.amounts[index] ?? 0;
    const quantity = roundToLot(amount * (1 + 1e-12), candidate.lotText);
    const effectUsd = effects.value[index] ?? Number.NaN;
    const { costUsd = 0, impactUsd = 0 } = costs[index] ?? {};
    const variable = choice.chosen.findIndex((chosen) => setting.candidates[chosen] === candidate);
    legs.push({
      id: candidate.id,
      kind: candidate.kind,
      accountId: candidate.target.accountId,
      fromAccountId: candidate.kind === 'trade' ? null : fromAccount(candidate),
      instrumentId: candidate.kind === 'trade' ? candidate.target.instrumentId : null,
      assetId: candidate.assetId,
      side: candidate.side,
      quantity,
      title: legTitle(setting.book, candidate, quantity),
      route: legRoute(setting.book, candidate),
      notionalUsd: amount * candidate.notionalUsd,
      costUsd,
      carryUsd: amount * candidate.carryUsd,
      ...(impactUsd > 0 ? { impactUsd } : {}),
      premiumUsd: amount * premiumOf(candidate),
      expectedShortfallEffectUsd: effectUsd,
      why: [
        withCarry(whyLeg(reasons, { candidate, variable, amount }), { candidate, carryUsd: amount * candidate.carryUsd }),
        ...impactSentence({ costUsd, impactUsd }),
      ].join(' '),
      target: candidate.target,
      payer: candidate.payer,
      survival: legSurvivalOf(setting, pass, candidate),
      ...legLatencyOf(setting, candidate, { costUsd, reductionUsd: -effectUsd }),
      ...carried(candidate, amount),
      depthUsedFraction: depthUsed(candidate, amount),
    });
  }
  const order = orderOf(legs);
  return succeed(legs.sort((a, b) => order(a) - order(b) || a.expectedShortfallEffectUsd - b.expectedShortfallEffectUsd));
}

/** Where cash or collateral comes from; a loan that is moved comes from where it is repaid. */
function fromAccount({ kind, target, payer }: Candidate): string {
  return kind === 'migrate' ? target.accountId : payer.accountId;
}

/** The collateral that goes along, in units to a millionth. */
export function carried({ carries, changes }: Candidate, amount: number): Pick<HedgeLeg, 'carries'> {
  if (carries === undefined) return {};
  const units = (changes.at(-1)?.units ?? 0) * amount;
  return { carries: { ...carries, quantity: roundToLot(units, '0.000001') } };
}

/** Share used of what its own market bears, or of the tightest of the pools and lenders it draws on with others. */
function depthUsed({ depth, shared = [], notionalUsd }: Candidate, amount: number): number {
  const own = depth === null ? 0 : amount / depth.units;
  return Math.min(1, Math.max(own, ...shared.map(({ mostUsd, isCash }) => (isCash === true ? 0 : (amount * notionalUsd) / mostUsd))));
}

/** In the order in which it can be done: what is paid with what is there, what brings more, what that pays for, and trades last. */
export function orderOf<T extends Pick<HedgeLeg, 'kind' | 'target' | 'payer'>>(legs: readonly T[]): (leg: T) => number {
  const filled = new Set(legs.flatMap(({ kind, target }) => (kind === 'withdraw' && target !== undefined ? [rowName(target)] : [])));
  return ({ kind, payer }) => {
    if (kind === 'trade') return 3;
    if (kind === 'withdraw') return 1;
    return payer !== undefined && filled.has(rowName(payer)) ? 2 : 0;
  };
}

/** What the expected shortfall changes by through this leg: with all legs, less with all others. Negative = the leg helps. */
async function leaveOut(setting: Setting, { plan, outcome }: Pass, left: number): Promise<Result<number>> {
  const amounts = Float64Array.from(plan.amounts, (amount, index) => (index === left ? 0 : amount));
  const without = await shortfallWith(setting, { plan, outcome }, amounts);
  return without.ok ? succeed(outcome.measures.expectedShortfallUsd - without.value) : without;
}
