import { type Point, type Rect, type Segment, doOverlap, lengthInside } from './geometry.ts';

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
/** Two labels nearer than this read as one line of text, pixels. */
const APART = { width: 9, height: 2 };
/** Cost of a label that stands on another or on a symbol, and of one that is only too near to it. */
const COVERING = 60;
const TOUCHING = 25;
const OUTSIDE = 80;
/** Cost of a pixel of line under the text, and the most that all lines together cost: even a struck label is better than a covered one. */
const STRUCK = 0.3;
const MOST_STRUCK = 45;
/** How often labels are placed anew with all others in place. */
const ROUNDS = 3;

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

/** What labels keep away from: edges with how strongly they are drawn, and the words in the middle of rings. */
export type Obstacles = { readonly segments: readonly (Segment & { readonly strength: number })[]; readonly rects: readonly Rect[] };

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
 * For every node the side on which its label covers nothing, keeps clear of other labels, and has the least line under its text. Nodes
 * are taken in the given order, then again with all others in place, so that a label also makes way for later ones.
 */
export function chooseSides(
  nodes: readonly Labelled[],
  { segments, rects }: Obstacles,
  stage: { readonly width: number; readonly height: number },
): ReadonlyMap<string, LabelSide> {
  const symbols = nodes.map(({ place, size }) => ({ x: place.x - size / 2, y: place.y - size / 2, width: size, height: size }));
  const fixed = nodes.map((node) =>
    sides.map((side) => {
      const rect = labelRect(node, side);
      const struck = segments.reduce((sum, segment) => sum + segment.strength * lengthInside(segment, rect), 0);
      const inTheWay = [...rects, ...symbols.filter((_, index) => nodes[index] !== node)];
      const cost = inTheWay.reduce((sum, other) => sum + nearness(rect, other), isOutside(rect, stage) ? OUTSIDE : 0);
      return { side, rect, cost: cost + Math.min(MOST_STRUCK, STRUCK * struck) + preference(side, node.likes) + sides.indexOf(side) * 0.1 };
    }),
  );
  const chosen: Choice[] = [];
  for (let round = 0; round < ROUNDS; round += 1) if (!placeAll(fixed, chosen)) break;
  return new Map(nodes.map((node, index) => [node.id, chosen[index]?.side ?? 'right']));
}

/** A side of a node with the place of its label there and what it costs apart from other labels. */
type Choice = { readonly side: LabelSide; readonly rect: Rect; readonly cost: number };

/** Chooses for every node in turn, with the other labels where they are now; whether any has changed. */
function placeAll(fixed: readonly (readonly Choice[])[], chosen: Choice[]): boolean {
  let hasChanged = false;
  for (const [index, choices] of fixed.entries()) {
    const others = chosen.filter((_, other) => other !== index);
    const costs = choices.map(({ rect, cost }) => others.reduce((sum, other) => sum + nearness(rect, other.rect), cost));
    const best = choices[costs.indexOf(Math.min(...costs))];
    if (best === undefined) continue;
    hasChanged ||= chosen[index]?.side !== best.side;
    chosen[index] = best;
  }
  return hasChanged;
}

function isOutside({ x, y, width, height }: Rect, stage: { readonly width: number; readonly height: number }): boolean {
  return x < BORDER || y < 0 || x + width > stage.width - BORDER || y + height > stage.height;
}

/** What it costs that a label and something else cover each other, or nearly do. */
function nearness(label: Rect, other: Rect): number {
  if (doOverlap(label, other)) return COVERING;
  const wide = {
    x: label.x - APART.width,
    y: label.y - APART.height,
    width: label.width + 2 * APART.width,
    height: label.height + 2 * APART.height,
  };
  return doOverlap(wide, other) ? TOUCHING : 0;
}
