import type { CascadeRules, PackedShock } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** How a book is cut into blocks. */
export type BlockMap = {
  readonly blocks: number;
  /** Block of each own account. */
  readonly ofAccount: Int32Array;
  /** Block × venue: 1 = the crowd at the venue takes part whenever the block does. */
  readonly crowdVenues: Uint8Array;
};

/** A range of coalitions of blocks under one shock. */
export type CoalitionChunk = BookReference &
  PackedShock & {
    readonly rules: CascadeRules;
    readonly map: BlockMap;
    /** Coalition × block, 1 = member. */
    readonly members: Uint8Array;
  };

/** What forced selling costs each coalition, USD; losses above zero. */
export type CoalitionTable = {
  /** Λ by coalition: its own accounts only. */
  readonly lossUsd: Float64Array;
  /** Coalition × block: the part of Λ that falls on the block's accounts; 0 for blocks outside. */
  readonly lossByBlockUsd: Float64Array;
  /** Coalition × account: 1 = falls. */
  readonly hasFallen: Uint8Array;
  /** By coalition: 1 = came to rest within the round limit. */
  readonly hasConverged: Uint8Array;
};

/**
 * Second-round loss Λ(S) of each coalition S of blocks: its own accounts and its part of the crowd react to the shock in the whole market
 * (the pools are not shared out), everybody else holds still. Λ(S) = Σ over the accounts of S of (equity right after the shock − equity at
 * the end). A crowd that several blocks live with takes part as soon as one of them does.
 */
export function runCoalitions(input: CoalitionChunk, shared: SharedValues): CoalitionTable {
  const packed = sharedBook(shared, input);
  const work = makeCascadeWorkspace(packed);
  const { map, members } = input;
  const accounts = packed.accounts.count;
  const venues = map.crowdVenues.length / Math.max(1, map.blocks);
  const coalitions = members.length / Math.max(1, map.blocks);
  const participants = { ownAccounts: new Uint8Array(accounts), crowdVenues: new Uint8Array(venues) };
  const rules = { ...input.rules, participants };
  const table: CoalitionTable = {
    lossUsd: new Float64Array(coalitions),
    lossByBlockUsd: new Float64Array(coalitions * map.blocks),
    hasFallen: new Uint8Array(coalitions * accounts),
    hasConverged: new Uint8Array(coalitions),
  };
  for (let c = 0; c < coalitions; c += 1) {
    const row = c * map.blocks;
    participants.crowdVenues.fill(0);
    for (let block = 0; block < map.blocks; block += 1) {
      if (members[row + block] === 0) continue;
      for (let venue = 0; venue < venues; venue += 1)
        if (map.crowdVenues[block * venues + venue] === 1) participants.crowdVenues[venue] = 1;
    }
    for (let a = 0; a < accounts; a += 1) participants.ownAccounts[a] = members[row + map.ofAccount[a]!]!;
    const result = runCascade(work, input, rules);
    for (let a = 0; a < accounts; a += 1) {
      if (participants.ownAccounts[a] === 0) continue;
      const lost = result.shockedEquityUsd[a]! - result.equityUsd[a]!;
      table.lossUsd[c]! += lost;
      table.lossByBlockUsd[row + map.ofAccount[a]!]! += lost;
      if (result.fallenRound[a]! > 0) table.hasFallen[c * accounts + a] = 1;
    }
    table.hasConverged[c] = result.status === 'converged' ? 1 : 0;
  }
  return table;
}
