import { z } from 'zod';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { cascadeAssumptions, shock } from '../domain/scenario.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

const matrix = z.array(z.array(finite));
const counts = z.array(z.array(z.number().int()));

/** Sizes of a shock as multiples of it, rising, and shares of the depth that has gone, rising. */
const scales = z.array(z.number().positive().max(20)).min(2).max(80);
const thinnings = z.array(fraction).min(2).max(80);

/** Where along one thinning the phase changes, as a multiple of the shock; null = nowhere on the map. */
const crossing = z.object({
  thinningFraction: fraction,
  /** Smallest size at which an account falls that would hold if nobody sold. */
  firstOnlyJointScale: finite.nullable(),
  /** Smallest size at which loss is amplified to the stated level. */
  amplifiedScale: finite.nullable(),
});

/**
 * Cascades over the size of a shock (columns) and the thinning of the depth (rows): where it comes to rest by itself, and where it feeds on
 * itself. Matrices are by row and column. USD.
 */
export const phaseMap = z.object({
  /** The shock of scale 1, and what is assumed besides its size and the thinning. */
  shock,
  assumptions: cascadeAssumptions,
  /** The driver that moves most in the shock, and its move at each scale. */
  leadDriver: z.string(),
  leadMoves: z.array(finite),
  scales: z.array(finite),
  thinnings: z.array(fraction),
  rounds: counts,
  /** 1 = came to rest before the round limit. */
  hasConverged: counts,
  /** The book's accounts that fall, and of these the ones that would hold at the shock if nobody sold. */
  accountsFallen: counts,
  fallenOnlyJointly: counts,
  badDebtUsd: matrix,
  lossUsd: matrix,
  /** Total move of the lead driver over its move in the shock. */
  priceAmplification: z.array(z.array(cell)),
  /** Total over first-round loss; a failure where the shock by itself loses nothing. */
  lossAmplification: z.array(z.array(cell)),
  /** The level whose first passing is told, and the refined crossings, one per row. */
  amplificationLevel: z.number().positive(),
  crossings: z.array(crossing),
  /** How exact the crossings are: width of the last bracket, as a multiple of the shock. */
  crossingWidth: nonNegative,
});
export type PhaseMap = z.infer<typeof phaseMap>;

/** The shock to scale, the other assumptions, and axes if others than the plain ones are wanted. */
export const phaseMapInput = z.strictObject({
  runId: runId.optional(),
  scenarioSetId: z.string().optional(),
  shock: shock.optional(),
  cascade: cascadeAssumptions.partial().optional(),
  scales: scales.optional(),
  thinnings: thinnings.optional(),
  amplificationLevel: z.number().positive().max(100).optional(),
});

export const phaseMapProcedures = {
  /** Cascades over shock size and thinning, with the boundary between falling alone and falling together. */
  'analysis.phaseMap': procedure('job', phaseMapInput, phaseMap),
};
