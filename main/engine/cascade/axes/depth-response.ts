import type { CascadeWorkspace } from '../workspace.ts';

/**
 * After a round: the depth of every market × g(v) / its g of the round before, g = max(least, exp(−b v)), v = √Σ(log move by sales in a round)².
 * What has been sold shrinks with it, so that the price stays where it is: every law depends on their ratio alone.
 */
export function thinDepth(work: CascadeWorkspace): void {
  const { axes, reserve } = work;
  const rule = axes.rules.depthResponse;
  if (rule === undefined) return;
  for (let pool = 0; pool < work.packed.depth.count; pool += 1) {
    axes.squaredMoves[pool]! += axes.roundMove[pool]! * axes.roundMove[pool]!;
    axes.roundMove[pool] = 0;
    if (reserve[pool] === Infinity) continue;
    const left = Math.max(rule.leastShare, Math.exp(-rule.sensitivity * Math.sqrt(axes.squaredMoves[pool]!)));
    const ratio = left / axes.depthLeft[pool]!;
    axes.depthLeft[pool] = left;
    reserve[pool]! *= ratio;
    axes.position[pool]! *= ratio;
  }
}
