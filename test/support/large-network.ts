import type { NetworkResult } from '../../main/contract/network.ts';
import { randomUniform } from '../../main/engine/math/random.ts';
import { sampleNetwork } from './sample-network.ts';

type Node = NetworkResult['nodes'][number];
type Edge = NetworkResult['edges'][number];

const SEED = 11;
const ASSETS = 60;
/** One node in so many is a claim, a pool; the rest are accounts. */
const CLAIM_EVERY = 7;
const POOL_EVERY = 19;
/** One account in so many runs a loop. */
const LOOP_EVERY = 25;

/**
 * A network of so many nodes with two edges for each: claims on few assets, accounts that pledge claims and borrow assets or from pools,
 * and loops, some apart, some that share the walk of another. The same numbers give the same network.
 */
export function largeNetwork(nodeCount: number, edgeCount = 2 * nodeCount): NetworkResult {
  const nodes = Array.from({ length: nodeCount }, (_, index) => nodeAt(index));
  const [assets, claims, accounts, pools] = (['asset', 'claim', 'account', 'pool'] as const).map((kind) =>
    nodes.filter((node) => node.kind === kind),
  );
  const pick = (from: readonly Node[] | undefined, index: number, stream: number): string =>
    from?.[Math.floor(randomUniform(SEED, index, stream) ** 2 * from.length)]?.id ?? nodes[0]?.id ?? '';
  const edges: Edge[] = [];
  const tie = (from: string, to: string, kind: Edge['kind'], index: number): void => {
    const valueUsd = 1e8 * randomUniform(SEED, index, 9) ** 4;
    edges.push({ from, to, kind, label: kind, valueUsd, weight: 0.5, loopId: null });
  };
  claims?.forEach((claim, index) => tie(pick(assets, index, 1), claim.id, 'backs', index));
  const loops: NetworkResult['loops'] = [];
  accounts?.forEach((account, index) => {
    const claim = pick(claims, index, 2);
    const asset = edges.find((edge) => edge.to === claim)?.from ?? '';
    tie(claim, account.id, 'pledge', index);
    if (index % LOOP_EVERY === 0) {
      tie(account.id, asset, 'borrow', index);
      loops.push({ id: loops.length + 1, name: `loop of ${account.label}`, members: [asset, claim, account.id], gain: 0.5, turns: 2 });
    } else tie(account.id, pick(pools, index, 3), 'borrow', index);
  });
  for (let index = 0; edges.length < edgeCount; index += 1) tie(pick(assets, index, 4), pick(accounts, index, 5), 'holds', index);
  return { ...sampleNetwork, nodes, edges: edges.slice(0, edgeCount), loops, conditions: {}, sellers: {}, chains: {}, failures: [] };
}

function nodeAt(index: number): Node {
  const kind = index < ASSETS ? 'asset' : index % POOL_EVERY === 0 ? 'pool' : index % CLAIM_EVERY === 0 ? 'claim' : 'account';
  const drawn = randomUniform(SEED, index, 0);
  const state = kind !== 'account' ? 'none' : drawn < 0.03 ? 'danger' : drawn < 0.1 ? 'watch' : 'safe';
  const label = `${kind.toUpperCase().slice(0, 3)}-${index}`;
  return { id: `${kind}:${index}`, kind, label, caption: 'HF 1.250', valueUsd: 1e8 * drawn ** 6, state, isMine: true, loopId: null };
}
