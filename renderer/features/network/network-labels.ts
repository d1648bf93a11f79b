import { type Point, type Rect, type Segment, doesEnter, doOverlap } from './network-geometry.ts';

/** Side of a node on which its two lines of text stand. */
export type LabelSide = 'right' | 'bottom' | 'top' | 'left';

/** What a label is for: where its node stands, how large it is and how wide its text may be. */
export type Labelled = { readonly id: string; readonly place: Point; readonly size: number; readonly label: string; readonly caption: string; readonly likes: LabelSide | null };

const LABEL_CHARACTER = 6.9;
const CAPTION_CHARACTER = 5.9;
const LINE = 15;
const GAP = 5;
const sides: readonly LabelSide[] = ['right', 'bottom', 'top', 'left'];

/** Widest line of a label, pixels, from the mean width of a figure in each of its two sizes. */
export function labelWidth(label: string, caption: string): number {
  return Math.max(label.length * LABEL_CHARACTER, caption.length * CAPTION_CHARACTER);
}

/** Where the label of a node would stand. */
export function labelRect(node: Labelled, side: LabelSide): Rect {
  const width = labelWidth(node.label, node.caption);
  const height = node.caption === '' ? LINE : 2 * LINE;
  const reach = node.size / 2 + GAP;
  const { x, y } = node.place;
  if (side === 'right') return { x: x + reach, y: y - height / 2, width, height };
  if (side === 'left') return { x: x - reach - width, y: y - height / 2, width, height };
  return { x: x - width / 2, y: side === 'top' ? y - reach - height : y + reach, width, height };
}

/**
 * For every node the side on which its label meets the fewest edges and nothing else. Nodes are taken in the given order;
 * a label that is placed is in the way of the later ones.
 */
export function chooseSides(nodes: readonly Labelled[], segments: readonly Segment[], stage: { width: number; height: number }): ReadonlyMap<string, LabelSide> {
  const symbols = nodes.map((node) => ({ id: node.id, rect: { x: node.place.x - node.size / 2, y: node.place.y - node.size / 2, width: node.size, height: node.size } }));
  const placed: Rect[] = [];
  const chosen = new Map<string, LabelSide>();
  for (const node of nodes) {
    let best: LabelSide = 'right';
    let lowest = Infinity;
    for (const side of sides) {
      const rect = labelRect(node, side);
      const isOutside = rect.x < 0 || rect.y < 0 || rect.x + rect.width > stage.width || rect.y + rect.height > stage.height;
      const collisions = placed.filter((other) => doOverlap(other, rect)).length + symbols.filter((symbol) => symbol.id !== node.id && doOverlap(symbol.rect, rect)).length;
      const crossed = segments.filter((segment) => doesEnter(segment, rect)).length;
      const cost = (isOutside ? 60 : 0) + collisions * 40 + crossed * 4 + (node.likes === side ? -3 : 0) + sides.indexOf(side) * 0.1;
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
