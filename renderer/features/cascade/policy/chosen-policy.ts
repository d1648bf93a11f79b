import type { PolicyOutcome } from '../../../../main/contract/policy.ts';
import type { Policy } from '../../../../main/domain/policy.ts';

/** Id of the policy made of several. */
export const TOGETHER = 'together';

/** The policies of an answer that may be switched on: all but "none" and a mix of former switches. */
export function offeredPolicies(outcomes: readonly PolicyOutcome[]): Policy[] {
  return outcomes.map((outcome) => outcome.policy).filter(({ id }) => id !== 'none' && id !== TOGETHER);
}

/** Several policies at once: of each kind of rule the last one named; null for fewer than two, which stand in the table by themselves. */
export function policyTogether(policies: readonly Policy[], chosen: ReadonlySet<string>): Policy | null {
  const parts = policies.filter(({ id }) => chosen.has(id));
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return null;
  return rest.reduce(
    (mix: Policy, part) => ({
      ...mix,
      priceBand: part.priceBand ?? mix.priceBand,
      outflowLimit: part.outflowLimit ?? mix.outflowLimit,
      pausesToxic: part.pausesToxic || mix.pausesToxic,
      lossOrder: part.lossOrder ?? mix.lossOrder,
    }),
    { ...first, id: TOGETHER, name: 'Chosen together' },
  );
}
