import { z } from 'zod';
import {
  deleverageInOrder,
  deleverageProRata,
  deleveragingQueue,
  remainingPositions,
} from '../../../engine/cascade/policy/auto-deleveraging.ts';
import type { CaseOutput } from '../case-values.ts';

const side = z.enum(['long', 'short']);
const input = z.object({
  bankruptSide: side,
  sizeToAbsorb: z.number().min(0),
  positions: z.array(z.object({ side, pnlFraction: z.number(), leverage: z.number().min(0), size: z.number().min(0) })),
});

/** Positions closed against a bankrupt one, by rank and by equal shares. */
export function calculateAutoDeleveraging(raw: unknown): CaseOutput {
  const { bankruptSide, sizeToAbsorb, positions } = input.parse(raw);
  const size = Float64Array.from(positions, (each) => each.size);
  const queue = deleveragingQueue(
    {
      isLong: Uint8Array.from(positions, (each) => (each.side === 'long' ? 1 : 0)),
      profitFraction: Float64Array.from(positions, (each) => each.pnlFraction),
      leverage: Float64Array.from(positions, (each) => each.leverage),
      size,
    },
    bankruptSide === 'long',
  );
  const ranked = deleverageInOrder(queue, size, sizeToAbsorb);
  const shared = deleverageProRata(queue, size, sizeToAbsorb);
  return {
    queueOrder: [...queue],
    queueFills: [...ranked.fills],
    queueUnabsorbed: ranked.unabsorbed,
    queueSurvivors: remainingPositions(size, ranked.fills),
    proRataShare: shared.share,
    proRataFills: [...shared.fills],
    proRataUnabsorbed: shared.unabsorbed,
    proRataSurvivors: remainingPositions(size, shared.fills),
  };
}
