import type { PolicyComparison, PolicyOutcome } from '../../contract/policy.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { noPolicy, type Policy } from '../../domain/policy.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import type { PolicyCase } from '../../engine/scenario/policy-case.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { packBook } from '../pack.ts';
import { packShocks, type RunContext } from '../scenarios.ts';
import { counterpartyAssumptions } from './assumed-counterparties.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { rulesUnder } from './policy-rules.ts';

/** Rounds after which the move reverses in the test of a false halt: as long as the standard halt lasts. */
const REVERSES_AFTER = 3;

/** What is compared. */
export type ComparisonWish = { readonly policies: readonly Policy[]; readonly reversesAfterRound?: number | undefined };

/** The same shock under no policy and under each given one, and each again with the move reversing; all in the pool. */
export async function comparePolicies(
  inputs: AnalysisInputs,
  wish: ComparisonWish,
  engine: RunContext & { readonly pool: Pool },
): Promise<Result<Omit<PolicyComparison, 'runId'>>> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  engine.pool.share(pack.packed.id, pack.packed);
  const policies = [noPolicy, ...wish.policies.filter(({ id }) => id !== noPolicy.id)];
  const reversesAfterRound = wish.reversesAfterRound ?? REVERSES_AFTER;
  const { moves } = packShocks([inputs.shock], pack.driverIds);
  const request = { packedId: pack.packed.id, quantities: null, moves, volatilityShift: inputs.shock.volatilityShift };
  const cases = policies.flatMap((policy) => [
    { ...request, rules: rulesUnder(policy, inputs.assumptions, { pack }) },
    { ...request, rules: rulesUnder(policy, inputs.assumptions, { pack, reversesAfterRound }) },
  ]);
  const run = await engine.pool.run({ name: 'policyCase', inputs: cases }, engine.signal, (done, total) =>
    engine.progress('Running policies', done, total),
  );
  if (!run.ok) return run;
  const at = (i: number): PolicyCase => {
    const found = run.value[i];
    if (found === undefined) throw new Error(`policy case ${i} gave no answer`);
    return found;
  };
  const outcomes = policies.map((policy, i) =>
    outcomeOf(policy, {
      without: at(0),
      withPolicy: at(2 * i),
      reversedWithout: at(1),
      reversed: at(2 * i + 1),
      reversesAfterRound,
      accountIds: pack.accountIds,
    }),
  );
  return succeed({ shock: inputs.shock, assumptions: inputs.assumptions, outcomes, stated: statedAssumptions(reversesAfterRound) });
}

type Cases = {
  readonly without: PolicyCase;
  readonly withPolicy: PolicyCase;
  readonly reversedWithout: PolicyCase;
  readonly reversed: PolicyCase;
  readonly reversesAfterRound: number;
  readonly accountIds: readonly string[];
};

function outcomeOf(policy: Policy, cases: Cases): PolicyOutcome {
  const { without, withPolicy, accountIds } = cases;
  const lossUsd = lossOf(withPolicy);
  const secondRoundLossUsd = sumAccurate(withPolicy.shockedEquityUsd) - sumAccurate(withPolicy.equityUsd);
  const { badDebtUsd, fundUsd, counterpartiesUsd, usersUsd } = withPolicy.bearers;
  const outcome = {
    policy,
    lossUsd,
    secondRoundLossUsd,
    badDebtUsd,
    lossChangeUsd: lossUsd - lossOf(without),
    badDebtChangeUsd: badDebtUsd - without.bearers.badDebtUsd,
    rounds: withPolicy.rounds,
    hasConverged: withPolicy.hasConverged,
    fallen: accountIds
      .flatMap((accountId, a) => ((withPolicy.fallenRound[a] ?? 0) > 0 ? [{ accountId, round: withPolicy.fallenRound[a] ?? 0 }] : []))
      .toSorted((left, right) => left.round - right.round),
    bearers: {
      liquidatorsUsd: Math.max(0, -withPolicy.liquidatorsUsd),
      fundUsd,
      counterpartiesUsd,
      usersUsd: Math.max(0, usersUsd),
      mineUsd: secondRoundLossUsd,
    },
    liquidatorsEarnUsd: withPolicy.liquidatorsUsd,
    deleveragedUsd: withPolicy.deleveragedUsd,
    haltedRounds: withPolicy.haltedRounds,
    heldBack: withPolicy.heldBack,
    falseHalt: falseHaltOf(cases),
  };
  return { ...outcome, sentence: outcomeSentence(outcome, without.rounds) };
}

function falseHaltOf({ reversedWithout, reversed, reversesAfterRound }: Cases): PolicyOutcome['falseHalt'] {
  const lossWithoutUsd = lossOf(reversedWithout);
  const lossWithUsd = lossOf(reversed);
  const sparedUsd = lossWithoutUsd - lossWithUsd;
  const forgoneUsd = reversed.frozenGainUsd;
  return {
    reversesAfterRound,
    lossWithoutUsd,
    lossWithUsd,
    sparedUsd,
    forgoneUsd,
    costUsd: forgoneUsd - sparedUsd,
    lockedUsd: reversed.lockedUsd,
  };
}

function lossOf({ initialEquityUsd, equityUsd }: PolicyCase): number {
  return sumAccurate(initialEquityUsd) - sumAccurate(equityUsd);
}

function statedAssumptions(reversesAfterRound: number): PolicyComparison['stated'] {
  return [
    {
      id: 'halt',
      text: 'A halted market sells nothing; borrowers and margin accounts that need it wait, and all sell together when it opens',
      value: 'the shock is round 0',
      source: 'model',
    },
    {
      id: 'refill',
      text: 'Depth that comes back to a halted market in each round of the halt',
      value: 'as the policy says; none unless it says so',
      source: 'model',
    },
    {
      id: 'outflow',
      text: 'Outflow of a lending venue is collateral seized; the liquidation that passes the limit still goes through',
      value: 'after ERC-7265',
      source: 'model',
    },
    {
      id: 'false-halt',
      text: 'False halt: the shock is undone in full; what sales have moved stays',
      value: `after round ${reversesAfterRound}`,
      source: 'model',
    },
    {
      id: 'fund',
      text: 'Insurance funds pay bad debt of the venue they belong to; their sizes are examples',
      value: 'per venue, as the policy says',
      source: 'assumption',
    },
    ...counterpartyAssumptions(),
  ];
}
