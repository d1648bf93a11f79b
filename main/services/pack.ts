import type { Result } from '../domain/failure.ts';
import type { BookContents } from '../domain/book.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ScenarioSet } from '../domain/scenario.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { PackedBook } from '../engine/packed/packed-book.ts';

/** A position that is not in the book, e.g. a candidate hedge with quantity '0'. The instrument may be one of the snapshot's listings. */
export type ExtraPosition = { readonly accountId: string; readonly instrumentId: string; readonly quantity: string };

/** Why a position is not fully priced, or how old its price is. */
export type PositionCoverage = {
  readonly unpricedReason: string | null;
  readonly isStale: boolean;
  readonly ageMs: number;
  readonly limitMs: number | null;
  readonly source: string;
  readonly asOf: string;
};

/** A packed book with the way back from indexes to names. */
export type PackResult = {
  readonly packed: PackedBook;
  readonly assetIds: readonly string[];
  readonly driverIds: readonly string[];
  readonly venueIds: readonly string[];
  readonly accountIds: readonly string[];
  /** By packed position: the book's position id, or `extra:<n>` for extra positions in the given order. */
  readonly positionIds: readonly string[];
  readonly instruments: readonly Instrument[];
  readonly assetIndex: ReadonlyMap<string, number>;
  readonly accountIndex: ReadonlyMap<string, number>;
  readonly positionIndex: ReadonlyMap<string, number>;
  readonly crowdIds: readonly string[];
  readonly coverage: readonly PositionCoverage[];
};

/**
 * Turns a book and a snapshot into columns once. Fails with `circular` for a collateral loop of gain at or above one, and
 * with `invalidValue` for a position of an unknown account or instrument; a missing price is not a failure but a flag.
 */
export type PackBook = (
  contents: BookContents,
  snapshot: Snapshot,
  scenarioSet: ScenarioSet,
  options?: { readonly extraPositions?: readonly ExtraPosition[] },
) => Result<PackResult>;
