/** A place on the stage in pixels; y grows downwards. */
export type Point = { readonly x: number; readonly y: number };
/** A rectangle on the stage in pixels, by its upper left corner. */
export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** A straight line between two places. */
export type Segment = { readonly from: Point; readonly to: Point };
/** An ellipse on the stage, axes along the screen's. */
export type Ellipse = { readonly centerX: number; readonly centerY: number; readonly radiusX: number; readonly radiusY: number };

/** Distance between two places, pixels. */
export function distanceBetween(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

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

/** Shortest distance from a place to a segment, pixels. */
export function distanceToSegment(point: Point, { from, to }: Segment): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}

function side(a: Point, b: Point, c: Point): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}

/** Whether two segments cross at an inner place; touching at an end does not count. */
export function doCross(first: Segment, second: Segment): boolean {
  const a = side(first.from, first.to, second.from);
  const b = side(first.from, first.to, second.to);
  const c = side(second.from, second.to, first.from);
  const d = side(second.from, second.to, first.to);
  return a * b < 0 && c * d < 0;
}

/** Whether two rectangles share an area. */
export function doOverlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a segment enters a rectangle. */
export function doesEnter(segment: Segment, rect: Rect): boolean {
  if (isInside(segment.from, rect) || isInside(segment.to, rect)) return true;
  const { x, y, width, height } = rect;
  const corners: readonly Point[] = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
  return corners.some((corner, index) => doCross(segment, { from: corner, to: corners[(index + 1) % corners.length] ?? corner }));
}

function isInside(point: Point, rect: Rect): boolean {
  return point.x > rect.x && point.x < rect.x + rect.width && point.y > rect.y && point.y < rect.y + rect.height;
}
