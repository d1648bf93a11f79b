import type { Policy } from '../../domain/policy.ts';
import type { CascadeAssumptions } from '../../domain/scenario.ts';
import type { CascadeRules } from '../../engine/cascade/cascade-types.ts';
import { DELEVERAGING } from '../../engine/cascade/policy/policy-rules.ts';
import type { PackResult } from '../pack.ts';
import { cascadeRules } from '../scenarios.ts';
import { assumedCounterparties } from './assumed-counterparties.ts';

/** A policy as the kernel's rules, for venues in packed order; `reversesAfterRound` undoes the shock then. */
export function rulesUnder(
  policy: Policy,
  assumptions: CascadeAssumptions,
  { pack, reversesAfterRound = Infinity }: { readonly pack: PackResult; readonly reversesAfterRound?: number },
): CascadeRules {
  const { priceBand, outflowLimit, lossOrder } = policy;
  return {
    ...cascadeRules(assumptions, pack),
    pausesToxic: policy.pausesToxic,
    policy: {
      bandFraction: priceBand?.bandFraction ?? Infinity,
      haltRounds: priceBand?.haltRounds ?? 0,
      refillFraction: priceBand?.refillFraction ?? 0,
      outflowFraction: outflowLimit?.thresholdFraction ?? Infinity,
      outflowMinimumUsd: outflowLimit?.minimumUsd ?? Infinity,
      outflowWindowRounds: outflowLimit?.windowRounds ?? 1,
      outflowCooldownRounds: outflowLimit?.effect === 'delay' ? outflowLimit.cooldownRounds : 0,
      fundUsd:
        lossOrder === null
          ? new Float64Array(0)
          : Float64Array.from(pack.venueIds, (id) => lossOrder.fundByVenueUsd[id] ?? lossOrder.fundUsd),
      deleveraging: DELEVERAGING[lossOrder?.deleveraging ?? 'none'],
      counterparties: assumedCounterparties,
      reversesAfterRound,
    },
  };
}
