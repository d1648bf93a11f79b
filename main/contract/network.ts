import { z } from 'zod';
import { finite, nonNegative } from '../domain/real.ts';
import { accountState, cell } from './cell.ts';

/** The dependency graph. Weights are dimensionless value shares; money in USD. */
export const networkNode = z.object({
  id: z.string(),
  kind: z.enum(['asset', 'claim', 'account', 'pool', 'venue']),
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
  kind: z.enum(['backs', 'pledge', 'borrow', 'lends', 'price', 'holds']),
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
});
export type NetworkResult = z.infer<typeof networkResult>;
