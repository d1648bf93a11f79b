import { DELEVERAGING, type PolicyRules } from '../../main/engine/cascade/policy/policy-rules.ts';
import { assumedCounterparties } from '../../main/services/policy/assumed-counterparties.ts';

/** Policy rules that set no limit. */
export const noPolicyRules: PolicyRules = {
  bandFraction: Infinity,
  haltRounds: 0,
  refillFraction: 0,
  outflowFraction: Infinity,
  outflowMinimumUsd: Infinity,
  outflowWindowRounds: 1,
  outflowCooldownRounds: 0,
  fundUsd: new Float64Array(0),
  deleveraging: DELEVERAGING.none,
  counterparties: assumedCounterparties,
  reversesAfterRound: Infinity,
};
