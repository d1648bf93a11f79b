import { z } from 'zod';
import { analyseBacking, lookThrough, type BackingGraph } from '../../engine/collateral/look-through.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import type { CaseOutput } from './case-values.ts';

const input = z.object({
  claims: z.array(z.string()),
  bases: z.array(z.string()),
  backing: z.record(z.string(), z.array(z.object({ to: z.string(), weight: z.number() }))),
  holdings: z.record(z.string(), z.number()),
});

/** A claim counts as under-backed when its weights sum to less than one by more than this. */
const FULL_BACKING = 1 - 1e-12;

/** Look-through of holdings to base assets, with loops by gain, holes and depths. */
export function calculateCollateralLookThrough(raw: unknown): CaseOutput {
  const { claims, bases, backing, holdings } = input.parse(raw);
  const names = [...claims, ...bases];
  const graph = backingGraph(claims, bases, backing);
  const analysis = analyseBacking(graph);
  const result = lookThrough(
    graph,
    analysis,
    Float64Array.from(names, (name) => holdings[name] ?? 0),
  );
  if (result === null) return { failure: 'circular', members: analysis.circular.map((member) => claims[member]).toSorted() };
  const byClaim = (values: ArrayLike<number>): Record<string, number> =>
    Object.fromEntries(claims.map((claim, i) => [claim, values[i] ?? 0]));
  const loops = analysis.loops
    .map(({ members, gain }) => ({
      members: members.map((member) => claims[member] ?? '').toSorted(),
      gain,
      effectiveLength: 1 / (1 - gain),
    }))
    .toSorted((left, right) => ((left.members[0] ?? '') < (right.members[0] ?? '') ? -1 : 1));
  return {
    baseExposure: Object.fromEntries(bases.map((base, i) => [base, result.baseExposure[i]])),
    backingRatio: byClaim(analysis.backingRatio),
    underBacked: claims.filter((_, i) => (analysis.backingRatio[i] ?? 0) < FULL_BACKING).toSorted(),
    loops,
    chainDepth: Object.fromEntries(claims.map((claim, i) => [claim, (analysis.depth[i] ?? 0) < 0 ? null : analysis.depth[i]])),
    grossClaimsByClaim: byClaim(result.grossByClaim),
    grossClaims: sumAccurate(result.grossByClaim),
  };
}

function backingGraph(claims: readonly string[], bases: readonly string[], backing: z.output<typeof input>['backing']): BackingGraph {
  const place = new Map([...claims, ...bases].map((name, i) => [name, i]));
  const start = new Int32Array(claims.length + 1);
  const target: number[] = [];
  const weight: number[] = [];
  claims.forEach((claim, i) => {
    for (const row of backing[claim] ?? []) {
      const to = place.get(row.to);
      if (to === undefined) throw new RangeError(`backing of ${claim}: no token ${row.to}`);
      target.push(to);
      weight.push(row.weight);
    }
    start[i + 1] = target.length;
  });
  return { claims: claims.length, bases: bases.length, start, target: Int32Array.from(target), weight: Float64Array.from(weight) };
}
