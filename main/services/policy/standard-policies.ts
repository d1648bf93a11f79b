import { noPolicy, type Policy } from '../../domain/policy.ts';

/**
 * The policies compared when none are named. Their sizes are examples of what venues announce or could adopt, not recorded rules: a
 * percentage band as exchanges halt by, the outflow limit of ERC-7265, the pause of toxic liquidations (Warmuz, Chaudhary and Pinna, 2022),
 * and a fund before auto-deleveraging as derivative venues do it.
 */
export const standardPolicies: readonly Policy[] = [
  { ...noPolicy, id: 'band', name: 'Price band 3 %, 3 rounds', priceBand: { bandFraction: 0.03, haltRounds: 3, refillFraction: 0 } },
  {
    ...noPolicy,
    id: 'band-refill',
    name: 'Price band, depth returns',
    priceBand: { bandFraction: 0.03, haltRounds: 3, refillFraction: 0.1 },
  },
  {
    ...noPolicy,
    id: 'outflow',
    name: 'Outflow limit 1 %',
    outflowLimit: { thresholdFraction: 0.01, minimumUsd: 1_000_000, windowRounds: 2, effect: 'revert', cooldownRounds: 2 },
  },
  { ...noPolicy, id: 'pause', name: 'Pause of toxic liquidations', pausesToxic: true },
  {
    ...noPolicy,
    id: 'fund-queue',
    name: 'Fund, then deleveraging by queue',
    lossOrder: { fundUsd: 250_000, fundByVenueUsd: {}, deleveraging: 'queue' },
  },
  {
    ...noPolicy,
    id: 'fund-pro-rata',
    name: 'Fund, then deleveraging pro rata',
    lossOrder: { fundUsd: 250_000, fundByVenueUsd: {}, deleveraging: 'proRata' },
  },
];
