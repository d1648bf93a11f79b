import type { NetworkGraph } from '../analysis/network-graph.ts';

/** The steps along backing and pledges: those into assets by their source, and those into anything else as pairs. */
export type Steps = { readonly intoAssets: ReadonlyMap<string, readonly string[]>; readonly ends: ReadonlySet<string> };

const STEP_KINDS: ReadonlySet<string> = new Set(['backs', 'lends', 'pledge']);

/** Sorts the edges once, so that any number of paths costs no more than the assets on them. */
export function stepsOf({ edges }: NetworkGraph): Steps {
  const intoAssets = new Map<string, string[]>();
  const ends = new Set<string>();
  for (const { from, to, kind } of edges) {
    if (!STEP_KINDS.has(kind)) continue;
    if (!to.startsWith('asset:')) ends.add(pairKey(from, to));
    else if (intoAssets.get(from)?.push(to) === undefined) intoAssets.set(from, [to]);
  }
  return { intoAssets, ends };
}

/** Shortest walk along backing and pledges from a node through assets to an account, both included; just the two where there is none. */
export function pathBetween({ intoAssets, ends }: Steps, from: string, to: string): string[] {
  const before = new Map<string, string>([[from, '']]);
  const waiting = [from];
  for (let at = 0; at < waiting.length && !before.has(to); at += 1) {
    const node = waiting[at] ?? '';
    if (ends.has(pairKey(node, to))) before.set(to, node);
    for (const next of intoAssets.get(node) ?? []) {
      if (before.has(next)) continue;
      before.set(next, node);
      waiting.push(next);
    }
  }
  if (!before.has(to)) return [from, to];
  const path: string[] = [];
  for (let node = to; node !== ''; node = before.get(node) ?? '') path.push(node);
  return path.toReversed();
}

function pairKey(from: string, to: string): string {
  return `${from}\n${to}`;
}
