/** Strongly connected components of a directed graph, each after every component it points to. */
export type Components = {
  readonly count: number;
  /** Component of each node. */
  readonly of: Int32Array;
  /** Nodes by component: component c holds order[start[c]] … order[start[c + 1] − 1], nodes ascending inside. */
  readonly order: Int32Array;
  readonly start: Int32Array;
};

/**
 * Tarjan's algorithm without recursion: one walk over nodes and edges. Components come out with sinks first, so a claim
 * stands after everything that backs it.
 *
 * @param start, target sparse rows of successors
 * Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1 (1972) 146-160.
 */
export function strongComponents(nodes: number, start: Int32Array, target: Int32Array): Components {
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const of = new Int32Array(nodes).fill(-1);
  const cursor = new Int32Array(nodes);
  const stack: number[] = [];
  const walk: number[] = [];
  let visited = 0;
  let count = 0;
  for (let root = 0; root < nodes; root += 1) {
    if (index[root] !== -1) continue;
    walk.push(root);
    while (walk.length > 0) {
      const node = walk[walk.length - 1]!;
      if (index[node] === -1) {
        index[node] = low[node] = visited;
        visited += 1;
        cursor[node] = start[node]!;
        stack.push(node);
      }
      const next = nextChild({ node, index, of, low, cursor, end: start[node + 1]!, target });
      if (next >= 0) {
        walk.push(next);
        continue;
      }
      walk.pop();
      if (low[node] === index[node]) {
        closeComponent(stack, node, of, count);
        count += 1;
      }
      const parent = walk[walk.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    }
  }
  return { count, of, ...byComponent(of, count) };
}

/** Takes the nodes above and including the root off the stack into a component. */
function closeComponent(stack: number[], root: number, of: Int32Array, component: number): void {
  let member = -1;
  while (member !== root) {
    member = stack[stack.length - 1]!;
    stack.length -= 1;
    of[member] = component;
  }
}

type Visit = {
  node: number;
  index: Int32Array;
  of: Int32Array;
  low: Int32Array;
  cursor: Int32Array;
  end: number;
  target: Int32Array;
};

/** The next unvisited successor, or −1; visited ones still on the stack lower the node's link. */
function nextChild({ node, index, of, low, cursor, end, target }: Visit): number {
  while (cursor[node]! < end) {
    const child = target[cursor[node]!]!;
    cursor[node]! += 1;
    if (index[child] === -1) return child;
    if (of[child] === -1) low[node] = Math.min(low[node]!, index[child]!);
  }
  return -1;
}

function byComponent(of: Int32Array, count: number): { order: Int32Array; start: Int32Array } {
  const start = new Int32Array(count + 1);
  for (const component of of) start[component + 1]! += 1;
  for (let c = 0; c < count; c += 1) start[c + 1]! += start[c]!;
  const place = start.slice();
  const order = new Int32Array(of.length);
  for (let node = 0; node < of.length; node += 1) {
    const component = of[node]!;
    order[place[component]!] = node;
    place[component]! += 1;
  }
  return { order, start };
}
