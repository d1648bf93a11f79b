import type { LimitName } from '../build-problem.ts';
import type { Decision } from '../hedge-problem.ts';

/** A limit with its excess before any action, by retained scenario, and what must be kept of it. USD; Infinity = nothing is asked there. */
export type Limit = LimitName & { readonly bufferUsd: number; readonly excessUsd: Float64Array };

/**
 * Limits in states, only where the state changes something: a scenario in which neither the account nor any decision is touched by it asks
 * nothing that staying alive does not, and a limit without any other scenario goes. All other limits stay as they are.
 */
export function limitsThatMatter(
  limits: readonly Limit[],
  decisions: readonly Decision[],
): { readonly limits: readonly Limit[]; readonly decisions: readonly Decision[] } {
  const touched = limits.map(({ kind, excessUsd }) => new Uint8Array(excessUsd.length).fill(kind === 'inState' ? 0 : 1));
  const alive = limits.map(({ account }) => limits.findIndex((other) => other.account === account && other.kind === 'alive'));
  const mark = (index: number, values: Float64Array, without: Float64Array): void => {
    for (let s = 0; s < values.length; s++) if (values[s] !== without[s]) touched[index]![s] = 1;
  };
  limits.forEach(({ kind, excessUsd }, index) => {
    if (kind === 'inState') mark(index, excessUsd, limits[alive[index]!]!.excessUsd);
  });
  for (const { excess } of decisions) {
    const effectOf: Float64Array[] = [];
    for (const { account, effectUsd } of excess) effectOf[account] = effectUsd;
    for (const { account, effectUsd } of excess)
      if (limits[account]!.kind === 'inState') mark(account, effectUsd, effectOf[alive[account]!]!);
  }
  const kept = limits.flatMap((_, index) => (touched[index]!.includes(1) ? [index] : []));
  const place = new Int32Array(limits.length).fill(-1);
  kept.forEach((index, at) => {
    place[index] = at;
  });
  return {
    limits: kept.map((index) => asked(limits[index]!, touched[index]!)),
    decisions: decisions.map((decision) => ({
      ...decision,
      excess: decision.excess.flatMap(({ account, effectUsd }) => (place[account]! < 0 ? [] : [{ account: place[account]!, effectUsd }])),
    })),
  };
}

function asked(limit: Limit, touched: Uint8Array): Limit {
  if (limit.kind !== 'inState') return limit;
  return { ...limit, excessUsd: limit.excessUsd.map((usd, s) => (touched[s] === 1 ? usd : Number.POSITIVE_INFINITY)) };
}
