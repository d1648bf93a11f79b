import type { EngineRun } from '../analysis/engine-run.ts';
import { assetNodeId, type NetworkEdge, type NetworkGraph, type NetworkNode } from '../analysis/network-graph.ts';
import { plural } from '../analysis/words.ts';

type Kind = 'issuer' | 'oracle' | 'chain';
const edgeKinds = { issuer: 'issues', oracle: 'price', chain: 'runs' } as const;
const words = { issuer: 'issues', oracle: 'prices', chain: 'runs' } as const;

/** Adds who issues, prices and runs what is in the graph already, and which pledges their venue may use again. */
export function addDependencies(run: EngineRun, { nodes, edges }: NetworkGraph): void {
  const { contents } = run.inputs;
  const added = new Map<string, Set<string>>();
  const tie = (kind: Kind, name: string | null, to: string): void => {
    const target = nodes.get(to);
    if (name === null || target === undefined) return;
    const from = `${kind}:${name}`;
    const known = added.get(from) ?? new Set<string>();
    if (known.has(to)) return;
    added.set(from, known.add(to));
    edges.push({ from, to, kind: edgeKinds[kind], label: words[kind], valueUsd: Math.abs(target.valueUsd), weight: 0, loopId: null });
  };
  contents.assets.forEach((asset, index) => {
    const to = assetNodeId(run, index);
    tie('issuer', asset.issuer, to);
    tie('oracle', asset.oracle, to);
    tie('chain', asset.chain, to);
  });
  for (const { id, parameters } of contents.venues) {
    tie('chain', parameters.restsOn?.chain ?? null, `venue:${id}`);
    tie('oracle', parameters.restsOn?.oracle ?? null, `venue:${id}`);
  }
  for (const [id, targets] of added)
    nodes.set(
      id,
      dependencyNode(
        id,
        [...targets].map((target) => nodes.get(target)?.valueUsd ?? 0),
      ),
    );
  edges.push(...reuseEdges(run, nodes));
}

function dependencyNode(id: string, valuesUsd: readonly number[]): NetworkNode {
  const kind = id.slice(0, id.indexOf(':')) as Kind;
  return {
    id,
    kind,
    label: id.slice(id.indexOf(':') + 1),
    caption: `${words[kind]} ${valuesUsd.length} ${plural(valuesUsd.length, 'node')}`,
    valueUsd: Math.max(0, ...valuesUsd.map(Math.abs)),
    state: 'none',
    isMine: true,
    loopId: null,
  };
}

function reuseEdges({ inputs, pack }: EngineRun, nodes: NetworkGraph['nodes']): NetworkEdge[] {
  return inputs.contents.pledges.flatMap(({ accountId, assetId, pledgeeVenueId, quantity, isReusable }) => {
    const [from, to] = [`account:${accountId}`, `venue:${pledgeeVenueId}`];
    if (!isReusable || !nodes.has(from) || !nodes.has(to)) return [];
    const valueUsd = Number(quantity) * (pack.packed.initial.priceUsd[pack.assetIndex.get(assetId) ?? -1] ?? 0);
    return [{ from, to, kind: 'reuse' as const, label: `may re-use ${assetId}`, valueUsd, weight: 0, loopId: null }];
  });
}
