import type { CascadeRules } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { evaluateAccounts, hasFallen, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import type { PackedBook } from '../packed/packed-book.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** A line through the space of shocks: move s moves driver d by direction[d] × s and adds volatilityPerMove × s to volatility where that is above zero (no relief). */
export type Axis = { readonly direction: Float64Array; readonly volatilityPerMove: number };

/** A search along an axis in one direction. */
export type DistanceSearch = BookReference & {
  readonly axis: Axis;
  /** Moves to try, from the nearest outward, all of one sign. */
  readonly moves: Float64Array;
  /** With everybody reacting; null = prices move but nobody sells. */
  readonly rules: CascadeRules | null;
  /** Only this account is asked about, by index: the search ends when it has fallen, and the others stay NaN. */
  readonly account?: number;
};

/** Width at which a bracket is narrow enough: 0.001 % of price. */
const TOLERANCE = 1e-5;
const MOST_STEPS = 40;

/**
 * Smallest move along the axis at which each account falls: the given moves are tried outward until it falls, then the last
 * interval is halved. All accounts share the same runs. A fall inside an interval of the given moves that has ended at its
 * far end is not seen: the moves are the resolution.
 *
 * @returns per account the move; NaN = never within the given moves
 */
export function findDistances(input: DistanceSearch, shared: SharedValues): Float64Array {
  const packed = sharedBook(shared, input);
  const fallenAt = makeProbe(packed, input);
  const accounts = packed.accounts.count;
  const safe = new Float64Array(accounts);
  const fallen = new Float64Array(accounts).fill(NaN);
  const first = input.account ?? 0;
  const end = input.account === undefined ? accounts : first + 1;
  for (let i = -1; i < input.moves.length; i += 1) {
    const move = i < 0 ? 0 : input.moves[i]!;
    const isFallen = fallenAt(move);
    let open = 0;
    for (let a = first; a < end; a += 1) {
      if (!Number.isNaN(fallen[a]!)) continue;
      if (isFallen[a] === 1) fallen[a] = move;
      else {
        safe[a] = move;
        open += 1;
      }
    }
    if (open === 0) break;
  }
  for (let a = first; a < end; a += 1) narrow(fallenAt, a, safe, fallen);
  return fallen;
}

function narrow(fallenAt: (move: number) => Uint8Array, account: number, safe: Float64Array, fallen: Float64Array): void {
  if (Number.isNaN(fallen[account]!) || fallen[account] === 0) return;
  for (let step = 0; step < MOST_STEPS && Math.abs(fallen[account]! - safe[account]!) > TOLERANCE; step += 1) {
    const middle = (fallen[account]! + safe[account]!) / 2;
    if (fallenAt(middle)[account] === 1) fallen[account] = middle;
    else safe[account] = middle;
  }
}

/** Which accounts have fallen at a move; answers are remembered, since brackets of several accounts overlap. */
function makeProbe(packed: PackedBook, input: DistanceSearch): (move: number) => Uint8Array {
  const known = new Map<number, Uint8Array>();
  const { axis, rules } = input;
  const shockMoves = new Float64Array(packed.drivers.length);
  const work = rules === null ? null : makeCascadeWorkspace(packed);
  const state = copyState(packed.initial);
  const measures = makeAccountMeasures(packed.accounts.count);
  return (move) => {
    const before = known.get(move);
    if (before !== undefined) return before;
    for (let d = 0; d < shockMoves.length; d += 1) shockMoves[d] = Math.max(-0.99, axis.direction[d]! * move);
    const volatilityShift = Math.max(0, axis.volatilityPerMove * move);
    const isFallen = new Uint8Array(packed.accounts.count);
    if (work !== null && rules !== null) {
      const { fallenRound } = runCascade(work, { moves: shockMoves, volatilityShift }, rules);
      for (let a = 0; a < isFallen.length; a += 1) isFallen[a] = fallenRound[a]! > 0 ? 1 : 0;
    } else {
      applyShock(packed, shockMoves, volatilityShift, state);
      evaluateAccounts(packed, state, measures);
      for (let a = 0; a < isFallen.length; a += 1) {
        isFallen[a] = hasFallen(packed.accounts.family[a]!, measures.excessUsd[a]!, measures.requirementUsd[a]!) ? 1 : 0;
      }
    }
    known.set(move, isFallen);
    return isFallen;
  };
}
