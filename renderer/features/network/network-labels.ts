import { type Point, type Rect, type Segment, doesEnter, doOverlap } from './network-geometry.ts';

/** Side of a node on which its two lines of text stand. */
export type LabelSide = 'right' | 'bottom' | 'top' | 'left' | 'topRight' | 'bottomRight' | 'topLeft' | 'bottomLeft';

/** What a label is for: where its node stands, how large it is and how wide its text may be. */
export type Labelled = {
  readonly id: string;
  readonly place: Point;
  readonly size: number;
  readonly label: string;
  readonly caption: string;
  readonly likes: LabelSide | null;
};

const LABEL_CHARACTER = 7.3;
const CAPTION_CHARACTER = 6.1;
const LINE = 15;
const GAP = 5;
/** Labels keep this far from the border of the stage, pixels. */
const BORDER = 6;
const sides: readonly LabelSide[] = ['right', 'bottom', 'top', 'left', 'topRight', 'bottomRight', 'topLeft', 'bottomLeft'];
const CORNER_SHARE = 0.3;

/** Widest line of a label, pixels, from the mean width of a figure in each of its two sizes. */
export function labelWidth(label: string, caption: string): number {
  return Math.max(label.length * LABEL_CHARACTER, caption.length * CAPTION_CHARACTER);
}

/** Distance of a corner label from the middle of its node, both ways, pixels. */
export function cornerReach(size: number): number {
  return size * CORNER_SHARE + GAP;
}

/** Where the label of a node would stand. */
export function labelRect(node: Labelled, side: LabelSide): Rect {
  const width = labelWidth(node.label, node.caption);
  const height = node.caption === '' ? LINE : 2 * LINE;
  const reach = node.size / 2 + GAP;
  const { x, y } = node.place;
  if (side === 'right') return { x: x + reach, y: y - height / 2, width, height };
  if (side === 'left') return { x: x - reach - width, y: y - height / 2, width, height };
  if (side === 'top' || side === 'bottom') return { x: x - width / 2, y: side === 'top' ? y - reach - height : y + reach, width, height };
  const near = cornerReach(node.size);
  return {
    x: side.endsWith('Right') ? x + near : x - near - width,
    y: side.startsWith('top') ? y - near - height : y + near,
    width,
    height,
  };
}

/** What labels keep away from: edges, and the words in the middle of rings. */
export type Obstacles = { readonly segments: readonly Segment[]; readonly rects: readonly Rect[] };

/** Straight sides are read more easily than corners; members of a ring have theirs outside. */
function preference(side: LabelSide, likes: LabelSide | null): number {
  const isCorner = side !== 'left' && side !== 'right' && side !== 'top' && side !== 'bottom';
  if (likes === null) return isCorner ? 2 : 0;
  if (isAgainst(side, likes)) return 9;
  return (isCorner ? 2 : 0) - (isAlike(side, likes) ? 3 : 0);
}

const opposites: readonly (readonly [string, string])[] = [
  ['left', 'right'],
  ['right', 'left'],
  ['top', 'bottom'],
  ['bottom', 'top'],
];

/** Whether one side looks at least partly the other way than another. */
function isAgainst(side: LabelSide, likes: LabelSide): boolean {
  return opposites.some(([one, other]) => one === likes && side.toLowerCase().includes(other));
}

/** Whether one side looks the same way as another, straight or at a corner. */
function isAlike(side: LabelSide, likes: LabelSide): boolean {
  return side.toLowerCase().includes(likes);
}

/**
 * For every node the side on which its label meets the fewest edges and nothing else. Nodes are taken in the given order;
 * a label that is placed is in the way of the later ones.
 */
export function chooseSides(
  nodes: readonly Labelled[],
  obstacles: Obstacles,
  stage: { width: number; height: number },
): ReadonlyMap<string, LabelSide> {
  const symbols = nodes.map((node) => ({
    id: node.id,
    rect: { x: node.place.x - node.size / 2, y: node.place.y - node.size / 2, width: node.size, height: node.size },
  }));
  const placed: Rect[] = [...obstacles.rects];
  const chosen = new Map<string, LabelSide>();
  for (const node of nodes) {
    let best: LabelSide = 'right';
    let lowest = Infinity;
    for (const side of sides) {
      const rect = labelRect(node, side);
      const isOutside = rect.x < BORDER || rect.y < 0 || rect.x + rect.width > stage.width - BORDER || rect.y + rect.height > stage.height;
      const collisions =
        placed.filter((other) => doOverlap(other, rect)).length +
        symbols.filter((symbol) => symbol.id !== node.id && doOverlap(symbol.rect, rect)).length;
      const crossed = obstacles.segments.filter((segment) => doesEnter(segment, rect)).length;
      const cost =
        (isOutside ? 60 : 0) + collisions * 40 + Math.min(3, crossed) * 4 + preference(side, node.likes) + sides.indexOf(side) * 0.1;
      if (cost < lowest) {
        lowest = cost;
        best = side;
      }
    }
    chosen.set(node.id, best);
    placed.push(labelRect(node, best));
  }
  return chosen;
}
