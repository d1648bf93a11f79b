/** A place on the stage in pixels; y grows downwards. */
export type Point = { readonly x: number; readonly y: number };
/** A rectangle on the stage in pixels, by its upper left corner. */
export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** A straight line between two places. */
export type Segment = { readonly from: Point; readonly to: Point };
/** An ellipse on the stage, axes along the screen's. */
export type Ellipse = { readonly centerX: number; readonly centerY: number; readonly radiusX: number; readonly radiusY: number };

/** Place on an ellipse at an angle in radians: 0 is right, growing clockwise as seen on the screen. */
export function pointOnEllipse(ellipse: Ellipse, angle: number): Point {
  return { x: ellipse.centerX + ellipse.radiusX * Math.cos(angle), y: ellipse.centerY + ellipse.radiusY * Math.sin(angle) };
}

/** Places along the arc from one angle clockwise to another, both ends included. */
export function arcPoints(ellipse: Ellipse, fromAngle: number, toAngle: number): readonly Point[] {
  const span = (((toAngle - fromAngle) % TURN) + TURN) % TURN || TURN;
  const steps = Math.max(6, Math.ceil((span / TURN) * 72));
  return Array.from({ length: steps + 1 }, (_, index) => pointOnEllipse(ellipse, fromAngle + (span * index) / steps));
}

/** A whole turn in radians. */
export const TURN = 2 * Math.PI;

/** Whether two rectangles share an area. */
export function doOverlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** How much of a segment lies inside a rectangle, pixels. */
export function lengthInside({ from, to }: Segment, { x, y, width, height }: Rect): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [first, last] = [0, 1];
  for (const [step, gap] of [
    [-dx, from.x - x],
    [dx, x + width - from.x],
    [-dy, from.y - y],
    [dy, y + height - from.y],
  ] as const) {
    if (step === 0 && gap <= 0) return 0;
    if (step < 0) first = Math.max(first, gap / step);
    if (step > 0) last = Math.min(last, gap / step);
  }
  return last > first ? (last - first) * Math.hypot(dx, dy) : 0;
}
