import type { Services } from '../contract/contract.ts';
import { succeed } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { readInputs } from './analysis.ts';
import { comparePolicies } from './policy/compare-policies.ts';
import { hedgeSurvival } from './policy/hedge-survival.ts';
import { standardPolicies } from './policy/standard-policies.ts';
import type { Session } from './session.ts';

/** What halts, limits and insurance change for the open book, and whether its hedges survive; the last answers are kept to be explained. */
export function createPolicyServices(session: Session, pool: Pool): Pick<Services, 'policy.compare' | 'policy.survival'> {
  return {
    'policy.compare': async (input, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const inputs = readInputs(book.value, input);
      if (!inputs.ok) return inputs;
      const { policies = standardPolicies, reversesAfterRound } = input;
      const compared = await comparePolicies(inputs.value, { policies, reversesAfterRound }, { ...context, pool });
      if (!compared.ok) return compared;
      const result = { runId: context.runId, ...compared.value };
      session.policy.set(context.runId, result);
      return succeed(result);
    },
    'policy.survival': async (input, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const inputs = readInputs(book.value, input);
      if (!inputs.ok) return inputs;
      const told = await hedgeSurvival(inputs.value, input, { ...context, pool });
      if (!told.ok) return told;
      const result = { runId: context.runId, ...told.value };
      session.survival.set(context.runId, result);
      return succeed(result);
    },
  };
}
