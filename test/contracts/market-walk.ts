import { accrueMarket } from '../../main/engine/requirement/lending/isolated/market-accrual.ts';
import { EMPTY_TOTALS, isHealthy, smallestHealthyPriceRaw } from '../../main/engine/requirement/lending/isolated/market-book.ts';
import type { MarketBook, MarketPosition, MarketTotals } from '../../main/engine/requirement/lending/isolated/market-book.ts';
import { moveCollateral, moveInMarket } from '../../main/engine/requirement/lending/isolated/market-flow.ts';
import type { FlowAmount, MarketFlow } from '../../main/engine/requirement/lending/isolated/market-flow.ts';
import { liquidateMarket } from '../../main/engine/requirement/lending/isolated/market-liquidation.ts';

/** Steps in the order in which the judge numbers them. */
export const STEP_KINDS = [
  ...['supply assets', 'supply shares', 'withdraw assets', 'withdraw shares', 'borrow assets', 'borrow shares'],
  ...['repay assets', 'repay shares', 'add collateral', 'take collateral', 'seize assets', 'repay and seize', 'move price', 'let pass'],
] as const;

/** What somebody does, or what happens: a price, or seconds at a rate. */
export type Step = { readonly kind: string; readonly who: number; readonly amount: bigint; readonly rate: bigint };

/** What is seen after a step: the judge tells the same of the contract. */
export type Seen = {
  readonly refusal: string;
  readonly first: bigint;
  readonly second: bigint;
  readonly totals: readonly bigint[];
  readonly position: readonly bigint[];
  readonly feeShares: bigint;
  readonly isHealthy: boolean;
  readonly isHealthyAtProbe: boolean;
  readonly isHealthyBelowProbe: boolean;
};

/** A market with all its accounts, walked step by step by the engine. */
export type Walk = {
  readonly lltv: bigint;
  readonly fee: bigint;
  price: bigint;
  totals: MarketTotals;
  feeShares: bigint;
  readonly positions: Map<number, MarketPosition>;
};

type Moved = { readonly status: string; readonly first: bigint; readonly second: bigint; readonly book?: MarketBook };

/** A market before its first step. */
export function startWalk(lltv: bigint, fee: bigint, price: bigint): Walk {
  return { lltv, fee, price, totals: EMPTY_TOTALS, feeShares: 0n, positions: new Map() };
}

/** The account in its market. */
export function bookOf(walk: Walk, who: number): MarketBook {
  return { totals: walk.totals, position: walk.positions.get(who) ?? { supplyShares: 0n, borrowShares: 0n, collateral: 0n } };
}

/** The price asked about after a step: the smallest healthy one, or one beyond all where there is none. */
export function probeOf(walk: Walk, who: number): bigint {
  return smallestHealthyPriceRaw(bookOf(walk, who), walk.lltv) ?? 10n ** 40n;
}

/** Takes a step with the engine and says what there is to see. */
export function takeStep(walk: Walk, step: Step): Seen {
  const moved = move(walk, step);
  if (moved.book !== undefined) {
    walk.totals = moved.book.totals;
    walk.positions.set(step.who, moved.book.position);
  }
  const book = bookOf(walk, step.who);
  const probe = probeOf(walk, step.who);
  const healthyAt = (priceRaw: bigint): boolean => isHealthy(book, { priceRaw, liquidationLoanToValueWad: walk.lltv });
  const { totals, position } = book;
  return {
    refusal: moved.status === 'ok' ? '' : moved.status,
    first: moved.first,
    second: moved.second,
    totals: [totals.supplyAssets, totals.supplyShares, totals.borrowAssets, totals.borrowShares],
    position: [position.supplyShares, position.borrowShares, position.collateral],
    feeShares: walk.feeShares,
    isHealthy: healthyAt(walk.price),
    isHealthyAtProbe: healthyAt(probe),
    isHealthyBelowProbe: healthyAt(probe === 0n ? 0n : probe - 1n),
  };
}

function move(walk: Walk, { kind, who, amount, rate }: Step): Moved {
  const book = bookOf(walk, who);
  const terms = { priceRaw: walk.price, liquidationLoanToValueWad: walk.lltv };
  switch (kind) {
    case 'add collateral':
    case 'take collateral':
      return { first: 0n, second: 0n, ...moveCollateral(book, kind === 'add collateral' ? amount : -amount, terms) };
    case 'seize assets':
    case 'repay and seize': {
      const outcome = liquidateMarket(book, terms, { unit: kind === 'seize assets' ? 'seizedAssets' : 'repaidShares', amount });
      return outcome.status === 'ok' ? { ...outcome, first: outcome.seizedAssets, second: outcome.repaidAssets } : refused(outcome.status);
    }
    case 'move price':
      walk.price = amount;
      return { status: 'ok', first: 0n, second: 0n };
    case 'let pass': {
      const accrued = accrueMarket(walk.totals, rate, amount, walk.fee);
      walk.totals = accrued.totals;
      walk.feeShares += accrued.feeShares;
      return { status: 'ok', first: 0n, second: 0n };
    }
    default: {
      const [flow, unit] = kind.split(' ') as [MarketFlow, FlowAmount['unit']];
      const outcome = moveInMarket(book, flow, { unit, amount }, terms);
      return outcome.status === 'ok' ? { ...outcome, first: outcome.assets, second: outcome.shares } : refused(outcome.status);
    }
  }
}

function refused(status: string): Moved {
  return { status, first: 0n, second: 0n };
}
