/** Places of the standard manager's numbers for one underlying; fractions unless named otherwise. */
export const STANDARD_TERM = {
  callMaintenance: 0,
  putMaintenance: 1,
  putMarkMaintenance: 2,
  optionInitial: 3,
  optionInitialFloor: 4,
  putInitialOfMaintenance: 5,
  /** Share of the forward per coin of calls that no call covers. */
  unpairedMaintenance: 6,
  unpairedInitial: 7,
  perpetualMaintenance: 8,
  perpetualInitial: 9,
  collateralShare: 10,
  collateralInitialScale: 11,
  /** Feeds below these confidences are penalised; 0 = never. */
  optionConfidence: 12,
  perpetualConfidence: 13,
  collateralConfidence: 14,
  confidenceFactor: 15,
  pegThresholdUsd: 16,
  pegFactor: 17,
} as const;
export const STANDARD_TERMS = 18;

/** Share of a notional required on top for a feed below the threshold: (1 − confidence) × factor. */
export function confidencePenaltyRate(confidence: number, threshold: number, terms: Float64Array, at: number): number {
  return confidence < threshold ? (1 - confidence) * terms[at + STANDARD_TERM.confidenceFactor]! : 0;
}
