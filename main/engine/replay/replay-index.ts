import type { CascadeResultArrays, CascadeRules, PackedShock } from '../cascade/cascade-types.ts';
import { onlyVenue } from '../cascade/participants.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { copyState } from '../packed/market-state.ts';
import { POSITION_KIND, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import { positionGreeks, type PositionGreeks } from '../packed/position-delta.ts';
import { sharedBook, type BookReference, type SharedValues } from '../scenario/shared-book.ts';
import { placeStep, type ReplayPath } from './replay-path.ts';

/** A range of steps at each of which the index's figures are taken anew. */
export type ReplayIndexRequest = BookReference &
  ReplayPath & {
    /** The reference shock, from each step's own prices. */
    readonly reference: PackedShock;
    readonly rules: CascadeRules;
    /** Venues of the book; each is also run alone. */
    readonly venues: number;
  };

/** What the parts of the systemic leverage index are made of, by step; USD. */
export type ReplayIndexTable = {
  readonly equityUsd: Float64Array;
  /** Holdings above zero, claims replaced by what backs them. */
  readonly throughUsd: Float64Array;
  readonly firstRoundLossUsd: Float64Array;
  readonly totalLossUsd: Float64Array;
  /** Second-round loss of each venue with its part of the crowd alone, added up. */
  readonly sumOfBlocksUsd: Float64Array;
  /** Signed look-through exposure, step × driver. */
  readonly netUsd: Float64Array;
};

/** Figures of the index at every step: the cascade of the reference shock from that step's prices, jointly and venue by venue. */
export function replayIndex(input: ReplayIndexRequest, shared: SharedValues): ReplayIndexTable {
  const packed = sharedBook(shared, input);
  const steps = input.volatilityShift.length;
  const column = (): Float64Array => new Float64Array(steps);
  const table: ReplayIndexTable = {
    equityUsd: column(),
    throughUsd: column(),
    firstRoundLossUsd: column(),
    totalLossUsd: column(),
    sumOfBlocksUsd: column(),
    netUsd: new Float64Array(steps * packed.drivers.length),
  };
  for (let step = 0; step < steps; step += 1) {
    const initial = copyState(packed.initial);
    placeStep(packed, input, step, initial);
    const here = { ...packed, initial };
    placeExposure(here, table, step);
    placeCascades(here, input, table, step);
  }
  return table;
}

function placeCascades(packed: PackedBook, input: ReplayIndexRequest, table: ReplayIndexTable, step: number): void {
  const work = makeCascadeWorkspace(packed);
  const joint = runCascade(work, input.reference, { ...input.rules, participants: null });
  table.equityUsd[step] = total(joint.initialEquityUsd);
  table.firstRoundLossUsd[step] = total(joint.initialEquityUsd) - total(joint.shockedEquityUsd);
  table.totalLossUsd[step] = total(joint.initialEquityUsd) - total(joint.equityUsd);
  for (let venue = 0; venue < input.venues; venue += 1) {
    if (!packed.accounts.venue.includes(venue)) continue;
    const participants = onlyVenue(packed.accounts.venue, input.venues, venue);
    const alone = runCascade(work, input.reference, { ...input.rules, participants });
    table.sumOfBlocksUsd[step]! += secondRoundOf(packed, alone, venue);
  }
}

/** What forced sales cost one venue's own accounts. */
function secondRoundOf(packed: PackedBook, { shockedEquityUsd, equityUsd }: CascadeResultArrays, venue: number): number {
  let lost = 0;
  for (let a = 0; a < packed.accounts.count; a += 1) if (packed.accounts.venue[a] === venue) lost += shockedEquityUsd[a]! - equityUsd[a]!;
  return lost;
}

function placeExposure(packed: PackedBook, table: ReplayIndexTable, step: number): void {
  const { positions, drivers } = packed;
  const greeks: PositionGreeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };
  for (let p = 0; p < positions.count; p += 1) {
    const isContract = positions.kind[p]! > POSITION_KIND.debt;
    if (isContract) positionGreeks(packed, p, packed.initial, greeks);
    for (let base = 0; base < packed.assets.count; base += 1) {
      const exposure = isContract ? contractExposure(packed, p, base, greeks) : heldExposure(packed, p, base, packed.initial);
      if (exposure === 0) continue;
      if (!isContract && exposure > 0) table.throughUsd[step]! += exposure;
      const d = drivers.indexOf(base);
      if (d >= 0) table.netUsd[step * drivers.length + d]! += exposure;
    }
  }
}

function heldExposure({ positions, assets }: PackedBook, p: number, base: number, state: MarketState): number {
  return assets.lookThroughUnits[positions.asset[p]! * assets.count + base]! * state.priceUsd[base]! * positions.quantity[p]!;
}

/** A contract's delta; Greeks are per unit of quantity. */
function contractExposure({ positions, initial }: PackedBook, p: number, base: number, { deltaCoin }: PositionGreeks): number {
  return positions.asset[p] === base ? positions.quantity[p]! * deltaCoin * initial.priceUsd[base]! : 0;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum;
}
