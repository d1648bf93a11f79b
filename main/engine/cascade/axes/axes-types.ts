import type { DepthResponse, LatencyRule, OracleRule } from '../../../domain/cascade-axes.ts';
import type { LawName } from '../../impact/law/choose-law.ts';
import type { LawParameters } from '../../impact/law/price-law.ts';

/** The rules of a cascade beyond its plain ones, packed. Absent = off. Plain data: they travel to the workers. */
export type PackedAxes = {
  readonly impact?: { readonly law: LawName; readonly parameters: LawParameters };
  readonly oracle?: OracleRule;
  readonly latency?: LatencyRule;
  /** Share of what was sold into a market that is bought back each round, 0 … 1. */
  readonly recoveryPerRound?: number;
  /** Cost of one liquidation, USD; given = keepers liquidate only at a profit. */
  readonly keeperGasUsd?: number;
  readonly depthResponse?: DepthResponse;
  /** Log move of driver k per log move of driver j made by sales, at k × drivers + j; zero on the diagonal. */
  readonly crossImpact?: Float64Array;
};
