import type { PhaseMap } from '../../main/contract/phase-map.ts';

/** A map of four cells: calm ones, and one in which three accounts fall only because others sell and the cascade does not come to rest. */
export const samplePhaseMap: PhaseMap = {
  shock: { moves: { ETH: -0.18, BTC: -0.14 }, volatilityShift: 0.35 },
  assumptions: { depthThinningFraction: 0.5, maxRounds: 60, includeCrowd: true },
  leadDriver: 'ETH',
  leadMoves: [-0.09, -0.18],
  scales: [0.5, 1],
  thinnings: [0, 0.5],
  rounds: [
    [0, 2],
    [1, 60],
  ],
  hasConverged: [
    [1, 1],
    [1, 0],
  ],
  accountsFallen: [
    [0, 1],
    [1, 4],
  ],
  fallenOnlyJointly: [
    [0, 0],
    [0, 3],
  ],
  badDebtUsd: [
    [0, 0],
    [0, 2e6],
  ],
  lossUsd: [
    [1e6, 2e6],
    [1e6, 4e6],
  ],
  priceAmplification: [
    [1, 1.1],
    [1, 1.5],
  ],
  lossAmplification: [
    [{ reason: 'unsupported', message: 'loses nothing' }, 1.2],
    [1, 2],
  ],
  amplificationLevel: 1.5,
  crossings: [
    { thinningFraction: 0, firstOnlyJointScale: null, amplifiedScale: null },
    { thinningFraction: 0.5, firstOnlyJointScale: 0.75, amplifiedScale: 0.8 },
  ],
  crossingWidth: 0.01,
};
