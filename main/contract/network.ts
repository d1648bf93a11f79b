import { z } from 'zod';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { instant } from '../domain/time.ts';
import { accountState, cell } from './cell.ts';

/** The dependency graph. Weights are dimensionless value shares; money in USD. */
export const networkNode = z.object({
  id: z.string(),
  kind: z.enum(['asset', 'claim', 'account', 'pool', 'venue', 'issuer', 'oracle', 'chain']),
  label: z.string(),
  caption: z.string(),
  valueUsd: finite,
  state: accountState,
  isMine: z.boolean(),
  /** Loop it belongs to, or null. */
  loopId: z.number().int().nullable(),
});
export const networkEdge = z.object({
  from: z.string(),
  to: z.string(),
  kind: z.enum(['backs', 'pledge', 'borrow', 'lends', 'price', 'holds', 'reuse', 'issues', 'runs']),
  label: z.string(),
  valueUsd: nonNegative,
  weight: finite,
  loopId: z.number().int().nullable(),
});
export const networkLoop = z.object({
  id: z.number().int(),
  name: z.string(),
  /** Node ids in walking order. */
  members: z.array(z.string()),
  gain: finite,
  /** 1 / (1 − gain); a failure when the gain is at or above one. */
  turns: cell,
});

/** One metric of the book as a network, with how old and how complete its inputs are. The catalogue has its definition. */
export const networkMetric = z.object({
  id: z.enum([
    'lookThroughLeverage',
    'collateralMultiplier',
    'rehypothecationFactor',
    'debtFinancedFraction',
    'chainDepth',
    'expectedDepth',
    'largestGain',
    'crossProtocolFraction',
    'velocityHour',
    'velocityDay',
    'velocityWeek',
    'drawdownCorrelation',
    'tailDependence',
    'runOffHour',
    'runOffDay',
    'runOffWeek',
    'underBackedClaims',
  ]),
  title: z.string(),
  unit: z.enum(['×', 'fraction', 'claims', '']),
  value: cell,
  /** The same holdings at the prices of 24 hours before; a failure where that is not known. */
  dayBefore: cell,
  asOf: instant,
  /** Age of the oldest input. */
  ageMs: nonNegative,
  /** Share of the value it is about whose inputs are known. */
  coverageFraction: fraction,
  /** What it is made of, in a few words. */
  meaning: z.string(),
});
export type NetworkMetric = z.infer<typeof networkMetric>;

/** What the failure of one node does to the book. USD. */
export const nodeFailure = z.object({
  /** Id of a node of the graph. */
  id: z.string(),
  kind: z.enum(['venue', 'issuer', 'oracle', 'chain', 'token', 'pool']),
  label: z.string(),
  /** Value held there or issued by it. */
  directUsd: nonNegative,
  /** Value that rests on it through something else. */
  throughUsd: nonNegative,
  /** Equity that is lost, each account at most its own; a failure where the propagation did not come to rest. */
  lossUsd: cell,
  accounts: z.array(z.object({ accountId: z.string(), lossUsd: nonNegative })),
  rounds: z.number().int(),
  /** Which way the largest losses come, in words. */
  path: z.string(),
});
export type NodeFailure = z.infer<typeof nodeFailure>;

/** What is held at each venue rests on which venues and issuers. USD; a value that rests on several stands under each. */
export const exposureMatrix = z.object({
  protocols: z.array(z.object({ id: z.string(), label: z.string() })),
  rows: z.array(
    z.object({
      venueId: z.string(),
      venueName: z.string(),
      heldUsd: nonNegative,
      valueUsd: z.array(nonNegative),
      /** Herfindahl-Hirschman index of the row, 1 = all on one; null where the row is empty. */
      concentration: fraction.nullable(),
    }),
  ),
});
export type ExposureMatrix = z.infer<typeof exposureMatrix>;

export const networkResult = z.object({
  nodes: z.array(networkNode),
  edges: z.array(networkEdge),
  loops: z.array(networkLoop),
  underBacked: z.array(z.object({ assetId: z.string(), backingRatio: finite })),
  /** What must stay true for a claim to be worth its value, in words, by node id. */
  conditions: z.record(z.string(), z.array(z.object({ text: z.string(), detail: z.string(), state: accountState }))),
  /** Accounts and venues that may sell the pledged collateral, in order, by node id. */
  sellers: z.record(z.string(), z.array(z.string())),
  /** Chain of the node back to the base assets, as sentences. */
  chains: z.record(z.string(), z.array(z.string())),
  lookThrough: z.object({
    totalUsd: finite,
    byAsset: z.array(z.object({ assetId: z.string(), assetsUsd: finite, debtsUsd: finite, netUsd: finite })),
    leverage: cell,
    walletLeverage: cell,
    chainDepth: z.number().int(),
    debtFinancedFraction: cell,
  }),
  metrics: z.array(networkMetric),
  /** Largest loss first. */
  failures: z.array(nodeFailure),
  exposures: exposureMatrix,
  /** Assets and venues of which issuer, chain or oracle is not known, in words. */
  unknown: z.array(z.string()),
});
export type NetworkResult = z.infer<typeof networkResult>;
