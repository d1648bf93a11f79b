import { positionDeltaCoin } from '../../packed/position-delta.ts';
import type { MarketState, PackedBook } from '../../packed/packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from '../../packed/position-value.ts';
import type { CascadeWorkspace } from '../workspace.ts';

const unit = new Float64Array(UNIT_VALUES);

/** Places of `legOutcome`'s answer. Gains are signed and counted from the packed market, USD. */
export const LEG_OUTCOME = {
  /** Had the position been left alone to the final prices. */
  idealUsd: 0,
  /** What happened: fixed when its account was closed, or auto-deleveraged. */
  executedUsd: 1,
  /** 1 where its account was closed. */
  isClosed: 2,
  /** Share auto-deleveraged. */
  deleveragedShare: 3,
  /** 1 where the market of its underlying was halted at any time. */
  isHalted: 4,
  /** Exposure of the whole position at the final prices, left alone. */
  deltaUsd: 5,
} as const;
/** Length of `legOutcome`'s answer. */
export const LEG_OUTCOMES = 6;

/** What became of one position in the cascade that has just run. */
export function legOutcome(work: CascadeWorkspace, position: number, out: Float64Array): void {
  const { packed, state, policy } = work;
  const startUsd = positionUsd(packed, position, packed.initial);
  const share = policy?.closedShare[position] ?? 0;
  const asset = packed.positions.asset[position]!;
  out[LEG_OUTCOME.idealUsd] = positionUsd(packed, position, state) - startUsd;
  out[LEG_OUTCOME.executedUsd] = (policy?.closedUsd[position] ?? 0) + (1 - share) * standingUsd(work, position) - startUsd;
  out[LEG_OUTCOME.isClosed] = work.isClosed[packed.positions.account[position]!]!;
  out[LEG_OUTCOME.deleveragedShare] = share;
  out[LEG_OUTCOME.isHalted] = (policy?.haltedThrough[asset] ?? -1) >= 0 ? 1 : 0;
  out[LEG_OUTCOME.deltaUsd] = packed.positions.quantity[position]! * positionDeltaCoin(packed, position, state) * state.priceUsd[asset]!;
}

/** Worth of a whole position in a state, USD; for futures the profit since entry. */
export function positionUsd(packed: PackedBook, position: number, state: MarketState): number {
  valueUnit(packed, position, state, unit);
  return packed.positions.quantity[position]! * unit[UNIT_VALUE.valueUsd]!;
}

/** The same in a running cascade: now, or as fixed when its account was closed. */
export function standingUsd(work: CascadeWorkspace, position: number): number {
  const { packed, state } = work;
  if (work.isClosed[packed.positions.account[position]!] === 0) return positionUsd(packed, position, state);
  return work.frozenUsd[position]! + work.frozenCoin[position]! * state.priceUsd[packed.positions.asset[position]!]!;
}
