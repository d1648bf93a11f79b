import type { AccountResult } from '../../contract/analysis.ts';
import type { Cell } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { addDependencies } from '../network/dependency-nodes.ts';
import { collateralValue } from '../network/collateral-value.ts';
import { failureBook } from '../network/failure-book.ts';
import { failureTable } from '../network/failure-table.ts';
import { networkMetrics } from '../network/network-metrics.ts';
import type { EngineRun } from './engine-run.ts';
import { buildGraph, type NetworkGraph } from './network-graph.ts';
import { findLoops, markLoops } from './network-loops.ts';
import { networkWords, type WordInputs } from './network-words.ts';
import { fillLookThrough } from './position-results.ts';

/** The dependency graph of the book with loops, conditions, sellers, chains and look-through. */
export function networkResult(run: EngineRun, accounts: readonly AccountResult[], cascade: WordInputs['cascade']): NetworkResult {
  const { graph, ...measured } = measureNetwork(run, accounts);
  return {
    nodes: [...graph.nodes.values()],
    edges: graph.edges,
    ...networkWords({ run, accounts, cascade, loops: measured.loops }),
    ...measured,
  };
}

type Measured = Pick<NetworkResult, 'loops' | 'underBacked' | 'lookThrough' | 'metrics' | 'failures' | 'exposures' | 'unknown'> & {
  readonly graph: NetworkGraph;
};

/** Everything of a network that is a figure: also for the same book at other prices. */
export function measureNetwork(run: EngineRun, accounts: readonly AccountResult[]): Measured {
  const graph = buildGraph(run, accounts);
  const loops = findLoops(run, graph);
  markLoops(graph, loops);
  addDependencies(run, graph);
  const book = failureBook(run, accounts);
  const { failures, exposures, crossProtocolFraction } = failureTable(run, book);
  const underBacked = [...run.pack.underBacked];
  const lookThrough = lookThroughTotals(run);
  const [topRow] = exposures.rows.toSorted((left, right) => (right.concentration ?? 0) - (left.concentration ?? 0));
  const metrics = networkMetrics(run, { lookThrough, loops, underBacked, crossProtocolFraction, topRow });
  return { graph, loops: [...loops], underBacked, lookThrough, metrics, failures, exposures, unknown: [...book.unknown] };
}

/** Exposure of the whole book by base asset, and what leverage it takes to hold it. */
function lookThroughTotals(run: EngineRun): NetworkResult['lookThrough'] {
  const { pack, values } = run;
  const { positions } = pack.packed;
  const count = pack.packed.assets.count;
  const assetsUsd = new Float64Array(count);
  const debtsUsd = new Float64Array(count);
  const exposureUsd = new Float64Array(count);
  let holdings = 0;
  let debts = 0;
  let throughUsd = 0;
  for (let p = 0; p < positions.count; p += 1) {
    fillLookThrough(run, p, exposureUsd);
    let ownedUsd = 0;
    for (let base = 0; base < count; base += 1) {
      const usd = exposureUsd[base] ?? 0;
      if (usd > 0) {
        assetsUsd[base] = (assetsUsd[base] ?? 0) + usd;
        ownedUsd += usd;
      } else debtsUsd[base] = (debtsUsd[base] ?? 0) - usd;
    }
    if ((positions.kind[p] ?? 0) > POSITION_KIND.debt) continue;
    const valueUsd = values.positions.valueUsd[p] ?? 0;
    if (valueUsd > 0) holdings += valueUsd;
    else debts -= valueUsd;
    throughUsd += ownedUsd;
  }
  const equity = sumAccurate(values.accounts.equityUsd);
  return {
    totalUsd: assetsUsd.reduce((sum, usd) => sum + usd, 0),
    byAsset: pack.assetIds.flatMap((assetId, base) => {
      const [long, short] = [assetsUsd[base] ?? 0, debtsUsd[base] ?? 0];
      return long === 0 && short === 0 ? [] : [{ assetId, assetsUsd: long, debtsUsd: short, netUsd: long - short }];
    }),
    leverage: ratio(throughUsd, equity, 'the book has no equity, so look-through leverage has no value'),
    walletLeverage: ratio(holdings, holdings - debts, 'debts exceed holdings, so leverage has no value'),
    chainDepth: chainDepth(run),
    debtFinancedFraction: debtFinanced(run),
  };
}

function ratio(above: number, below: number, otherwise: string): Cell {
  return below > 0 ? above / below : { reason: 'unsupported', message: otherwise };
}

/** Longest chain of claims from a holding down to a base asset. */
function chainDepth({ pack }: EngineRun): number {
  const { assets, positions } = pack.packed;
  const depth = new Int32Array(assets.count);
  for (const claim of assets.claimOrder) {
    for (let e = assets.backing.start[claim] ?? 0; e < (assets.backing.start[claim + 1] ?? 0); e += 1) {
      depth[claim] = Math.max(depth[claim] ?? 0, 1 + (depth[assets.backing.target[e] ?? 0] ?? 0));
    }
  }
  let deepest = 0;
  for (let p = 0; p < positions.count; p += 1) {
    if (positions.kind[p] === POSITION_KIND.holding && (positions.quantity[p] ?? 0) > 0)
      deepest = Math.max(deepest, depth[positions.asset[p] ?? 0] ?? 0);
  }
  return deepest;
}

/** Share of pledged collateral that was bought with what the same account borrowed: debt in something the collateral looks through to. */
function debtFinanced(run: EngineRun): Cell {
  const { positions, accounts } = run.pack.packed;
  const count = run.pack.packed.assets.count;
  const held = new Float64Array(count);
  const owed = new Float64Array(count);
  const exposureUsd = new Float64Array(count);
  let collateral = 0;
  let financed = 0;
  for (let a = 0; a < accounts.count; a += 1) {
    if ((accounts.borrower[a] ?? -1) < 0) continue;
    const own = collateralValue(run, a);
    held.fill(0);
    owed.fill(0);
    for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
      const side = positions.kind[p] === POSITION_KIND.debt ? owed : held;
      fillLookThrough(run, p, exposureUsd);
      for (let base = 0; base < count; base += 1) side[base] = (side[base] ?? 0) + Math.abs(exposureUsd[base] ?? 0);
    }
    collateral += own;
    for (let base = 0; base < count; base += 1) financed += Math.min(owed[base] ?? 0, held[base] ?? 0);
  }
  return collateral > 0
    ? Math.min(1, financed / collateral)
    : { reason: 'unsupported', message: 'nothing is pledged, so no share of it is financed by debt' };
}
