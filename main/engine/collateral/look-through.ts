import { loopBlock, loopGain, solveLoop, type LoopBlock } from './claim-loop.ts';
import { strongComponents, type Components } from './strong-components.ts';

/** Value-share backing of claims: nodes 0 … claims − 1 are claims, the next `bases` are bases. Weights ≥ 0; zero makes no edge. */
export type BackingGraph = {
  readonly claims: number;
  readonly bases: number;
  readonly start: Int32Array;
  readonly target: Int32Array;
  /** Value of the target held per 1 of value of the claim. */
  readonly weight: Float64Array;
};

/** A component of claims that back each other. */
export type ClaimLoop = { readonly members: readonly number[]; readonly gain: number };

/** What does not depend on the holdings: order, loops, backing ratios and depths. */
export type BackingAnalysis = {
  readonly components: Components;
  readonly loops: readonly ClaimLoop[];
  /** Loops whose gain is at or above one (within 1e-12): nothing can be looked through. */
  readonly circular: readonly number[];
  readonly backingRatio: Float64Array;
  /** Longest chain of claims down to a base; −1 for members of a loop, whose chain has no end. */
  readonly depth: Int32Array;
  /** The backing inside each loop, by component. */
  readonly blocks: ReadonlyMap<number, LoopBlock>;
};

/** Gain at or above which a loop has no finite value. */
const CIRCULAR_GAIN = 1 - 1e-12;

/** Finds order, loops by gain, holes and depths of a backing graph. */
export function analyseBacking(graph: BackingGraph): BackingAnalysis {
  const components = strongComponents(graph.claims, ...claimEdges(graph));
  const loops: ClaimLoop[] = [];
  const blocks = new Map<number, LoopBlock>();
  const place = new Int32Array(graph.claims).fill(-1);
  for (let c = 0; c < components.count; c += 1) {
    const members = components.order.subarray(components.start[c], components.start[c + 1]);
    if (members.length === 1 && !hasSelfEdge(graph, members[0]!)) continue;
    const block = loopBlock(graph, members, place);
    blocks.set(c, block);
    loops.push({ members: Array.from(members), gain: loopGain(block) });
  }
  const backingRatio = new Float64Array(graph.claims);
  for (let claim = 0; claim < graph.claims; claim += 1) {
    for (let e = graph.start[claim]!; e < graph.start[claim + 1]!; e += 1) backingRatio[claim]! += graph.weight[e]!;
  }
  const circular = loops.filter((loop) => loop.gain >= CIRCULAR_GAIN).flatMap((loop) => loop.members);
  return { components, loops, circular, backingRatio, depth: depths(graph, components, loops), blocks };
}

/** Value at every node after walking all chains, or null where a loop has no finite value. */
export type LookThrough = {
  /** g = (I − W′)⁻¹ x: value held in each claim, directly or through others. */
  readonly grossByClaim: Float64Array;
  /** B′ g + direct holdings of bases. */
  readonly baseExposure: Float64Array;
};

/**
 * Replaces holdings by what backs them until only bases remain: t = B′ (I − W′)⁻¹ x, solved component by component from the
 * top, so that chains cost one pass and only loops are solved.
 *
 * @param holdings value per node (claims, then bases); may be negative
 * @returns null if any loop of the graph has a gain at or above one, held or not, or one of many members is too close to it to be solved
 */
export function lookThrough(graph: BackingGraph, analysis: BackingAnalysis, holdings: Float64Array): LookThrough | null {
  if (analysis.circular.length > 0) return null;
  const value = Float64Array.from(holdings);
  const { components } = analysis;
  for (let c = components.count - 1; c >= 0; c -= 1) {
    const members = components.order.subarray(components.start[c], components.start[c + 1]);
    const block = analysis.blocks.get(c);
    if (block !== undefined && !solveLoop(block, value)) return null;
    for (const claim of members) {
      for (let e = graph.start[claim]!; e < graph.start[claim + 1]!; e += 1) {
        const target = graph.target[e]!;
        if (target >= graph.claims || components.of[target] !== c) value[target]! += graph.weight[e]! * value[claim]!;
      }
    }
  }
  return { grossByClaim: value.slice(0, graph.claims), baseExposure: value.slice(graph.claims) };
}

/**
 * Expected number of claims between what is held and the bases: 1′(I − W′)⁻¹ x / 1′x over all holdings, bases at depth 0; every walk of a
 * loop counts. Only holdings above zero are meant.
 *
 * @returns NaN where nothing is held
 */
export function expectedDepth({ grossByClaim }: LookThrough, holdings: Float64Array): number {
  let gross = 0;
  let held = 0;
  for (const value of grossByClaim) gross += value;
  for (const value of holdings) held += value;
  return held > 0 ? gross / held : NaN;
}

function hasSelfEdge(graph: BackingGraph, claim: number): boolean {
  for (let e = graph.start[claim]!; e < graph.start[claim + 1]!; e += 1) {
    if (graph.target[e] === claim && graph.weight[e]! > 0) return true;
  }
  return false;
}

/** Edges of positive weight between claims. */
function claimEdges({ claims, start, target, weight }: BackingGraph): [Int32Array, Int32Array] {
  const edgeStart = new Int32Array(claims + 1);
  const edges: number[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    for (let e = start[claim]!; e < start[claim + 1]!; e += 1) {
      if (weight[e]! > 0 && target[e]! < claims) edges.push(target[e]!);
    }
    edgeStart[claim + 1] = edges.length;
  }
  return [edgeStart, Int32Array.from(edges)];
}

function depths(graph: BackingGraph, components: Components, loops: readonly ClaimLoop[]): Int32Array {
  const ofComponent = new Int32Array(components.count);
  const depth = new Int32Array(graph.claims);
  for (let c = 0; c < components.count; c += 1) {
    for (let m = components.start[c]!; m < components.start[c + 1]!; m += 1) {
      const claim = components.order[m]!;
      for (let e = graph.start[claim]!; e < graph.start[claim + 1]!; e += 1) {
        const target = graph.target[e]!;
        if (graph.weight[e]! <= 0) continue;
        const below = target >= graph.claims ? 0 : components.of[target] === c ? -1 : ofComponent[components.of[target]!]!;
        ofComponent[c] = Math.max(ofComponent[c]!, below + 1);
      }
    }
  }
  for (let claim = 0; claim < graph.claims; claim += 1) depth[claim] = ofComponent[components.of[claim]!]!;
  for (const loop of loops) for (const member of loop.members) depth[member] = -1;
  return depth;
}
