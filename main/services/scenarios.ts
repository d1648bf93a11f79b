import type { Result } from '../domain/failure.ts';
import type { CascadeAssumptions, Shock } from '../domain/scenario.ts';
import type { CallContext } from '../contract/contract.ts';
import type { PackedBook } from '../engine/packed/packed-book.ts';
import type { Pool } from '../pool/pool-types.ts';

/** Which cascades to run. */
export type ScenarioRequest = {
  readonly packed: PackedBook;
  /** Asset ids of packed.drivers, in that order; a shock's other moves are ignored. */
  readonly driverIds: readonly string[];
  readonly shocks: readonly Shock[];
  readonly assumptions: CascadeAssumptions;
  /** Other quantities than the packed ones, same length: what a suggestion would change. */
  readonly quantities?: Float64Array;
  /** Only these venues take part (1 by venue index); absent = all. */
  readonly activeVenues?: Uint8Array;
  /** Also value one unit of every position in each final state (for candidates of a hedge). */
  readonly withUnitValues?: boolean;
};

/** Outcomes in scenario order, matrices row-major: scenario × account, × asset or × position. USD unless named otherwise. */
export type ScenarioTable = {
  readonly scenarios: number;
  readonly accounts: number;
  readonly assets: number;
  readonly positions: number;
  /** Per account, before anything moves. */
  readonly initialEquityUsd: Float64Array;
  /** After the shock, before any forced sale. */
  readonly shockedEquityUsd: Float64Array;
  readonly shockedExcessUsd: Float64Array;
  /** After the cascade. */
  readonly equityUsd: Float64Array;
  readonly excessUsd: Float64Array;
  /** Excess at the final prices with the account's own positions untouched: what a hedge must lift above zero. */
  readonly intactExcessUsd: Float64Array;
  /** Equity at the final prices with the account's own positions untouched. */
  readonly intactEquityUsd: Float64Array;
  /** Round in which each account first fell; 0 = holds. */
  readonly fallenRound: Int32Array;
  /** By scenario. */
  readonly rounds: Int32Array;
  readonly hasConverged: Uint8Array;
  readonly badDebtUsd: Float64Array;
  /** Final market: scenario × asset, and the volatility shift by scenario. */
  readonly priceUsd: Float64Array;
  readonly discountFraction: Float64Array;
  readonly lossFraction: Float64Array;
  readonly volatilityShift: Float64Array;
  /** Scenario × position; empty unless asked for. Equity of one more unit (profit since entry for futures), and its requirement bought or sold alone. */
  readonly unitValueUsd: Float64Array;
  readonly unitLongRequirementUsd: Float64Array;
  readonly unitShortRequirementUsd: Float64Array;
};

/** Runs every shock's cascade in the pool, in fixed chunks, and returns them in order. The same bits for any number of workers. */
export type RunScenarios = (request: ScenarioRequest, pool: Pool, context: Pick<CallContext, 'signal' | 'progress'>) => Promise<Result<ScenarioTable>>;
