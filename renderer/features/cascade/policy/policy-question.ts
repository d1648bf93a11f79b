import type { CascadeAssumptions, Shock } from '../../../../main/domain/scenario.ts';

/** What the panels are asked about: the shock and what the cascade assumes besides it. */
export type PolicyQuestion = { readonly scenarioSetId: string; readonly shock: Shock; readonly assumptions: CascadeAssumptions };

/** The question as a call's input. */
export function callInput({ scenarioSetId, shock, assumptions }: PolicyQuestion): {
  scenarioSetId: string;
  shock: Shock;
  cascade: CascadeAssumptions;
} {
  return { scenarioSetId, shock, cascade: assumptions };
}
