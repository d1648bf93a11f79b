import type { HedgeLeg } from '../../../contract/hedge.ts';

/** A bound that several proposals share: a pool that bears so much, or what a lender has idle. */
export type SharedLimit = {
  readonly name: string;
  readonly mostUsd: number;
  /** Of cash that is there, not of a market. */
  readonly isCash?: boolean;
};

/**
 * What a market bears of a contract, and what of it is recorded, in USD of the underlying: the day's volume, the reserve of the underlying's
 * pools, or the contract's open interest.
 */
export type MarketDepth = {
  readonly units: number;
  readonly text: string;
  readonly recorded: { readonly kind: 'volume' | 'reserve' | 'openInterest'; readonly usd: number };
};

/** One row of the book. */
export type RowKey = { readonly accountId: string; readonly instrumentId: string };

/**
 * Something that could be done: `target` changes by `sign` per unit, and `payer` gives what that is worth plus the cost. A
 * repayment adds to a debt (which is negative) and takes from cash; a purchase adds a contract and takes its premium.
 */
export type Proposal = {
  readonly id: string;
  readonly kind: HedgeLeg['kind'];
  readonly side: HedgeLeg['side'];
  readonly target: RowKey;
  readonly sign: 1 | -1;
  readonly payer: RowKey;
  /** Collateral that goes along with a debt that is moved, in the proportion of the whole loan. */
  readonly carries?: { readonly from: RowKey; readonly to: RowKey; readonly assetId: string };
  /** Asset moved by a cash action, else null. */
  readonly assetId: string | null;
  /** Closes (part of) a position that the account holds, so that it frees requirement instead of taking it. */
  readonly isReducing: boolean;
  /** Half the spread and the venue's fee, or a swap's share, per unit: USD for `usd`, share of the unit's value for `share`. */
  readonly cost: { readonly kind: 'usd' | 'share'; readonly value: number };
  /** Paid once if it is done at all. */
  readonly gasUsd: number;
  /** Time by which it has surely arrived, minutes; at once where left out. */
  readonly latencyMinutes?: number;
  /** Waits for what is withdrawn or sold first. */
  readonly isAwaited?: boolean;
  /** Smallest step, decimal text; null = about `stepUsd` of the asset. */
  readonly lot: string | null;
  /** Most units: by what is owed or held, and by depth (null = no market is needed). */
  readonly most: number;
  readonly depth: MarketDepth | null;
  /** What it draws on beside rows of the book, together with others; nothing where left out. */
  readonly shared?: readonly SharedLimit[];
};
