import { pointOnEllipse } from '../layout/geometry.ts';
import type { NetworkNode } from '../network-model.ts';
import { drawMapLabels } from './map-labels.ts';
import { type MapLook, placeOf, symbolScale } from './map-look.ts';
import { type MapScene, TONE } from './map-scene.ts';

const SMALLEST = 3;
/** Outlines that are drawn as one path: a path costs more than its parts. */
const SYMBOLS_A_PATH = 50;
/** Size below which a symbol is a dot, pixels. */
const DOT = 6;

/** Draws one frame above the edges: rings, chain, symbols, labels. Only what is on the screen costs anything. */
export function drawMap(context: CanvasRenderingContext2D, scene: MapScene, look: MapLook): void {
  const { palette } = look;
  context.lineJoin = 'round';
  drawRings(context, scene, look);
  drawChain(context, scene, look);
  for (const tone of Object.values(TONE)) drawSymbols(context, { scene, look, tone });
  for (const node of [look.hovered, look.selected]) {
    if (node === null) continue;
    context.beginPath();
    addSymbol(context, { kind: scene.nodes[node]?.kind ?? 'asset', ...placeOf(scene, look.view, node) });
    context.fillStyle = palette.select;
    context.strokeStyle = node === look.selected ? palette.accent : palette.text;
    context.lineWidth = 2.5;
    context.fill();
    context.stroke();
  }
  drawMapLabels(context, scene, look);
}

function drawRings(context: CanvasRenderingContext2D, { rings }: MapScene, { view, palette, size }: MapLook): void {
  context.strokeStyle = palette.watch;
  context.fillStyle = palette.watch;
  context.lineWidth = 1.5;
  for (const ring of rings) {
    const [x, y] = [ring.centerX * view.scale + view.offsetX, ring.centerY * view.scale + view.offsetY];
    const [radiusX, radiusY] = [Math.max(0, ring.radiusX) * view.scale, Math.max(0, ring.radiusY) * view.scale];
    if (x + radiusX < 0 || x - radiusX > size.width || y + radiusY < 0 || y - radiusY > size.height) continue;
    context.beginPath();
    context.ellipse(x, y, radiusX, radiusY, 0, 0, 2 * Math.PI);
    context.stroke();
    if (Math.min(radiusX, radiusY) < 40 || ring.members.length > 40) continue;
    context.beginPath();
    ring.members.forEach((member, index) => {
      const next = ring.members[index + 1]?.angle ?? member.angle + (2 * Math.PI) / ring.members.length;
      const angle = (member.angle + next) / 2;
      const tip = pointOnEllipse({ centerX: x, centerY: y, radiusX, radiusY }, angle);
      addArrow(context, tip, Math.atan2(radiusY * Math.cos(angle), -radiusX * Math.sin(angle)));
    });
    context.fill();
  }
}

/** A small head of an arrow in a direction in radians, so that a ring says which way it is walked. */
function addArrow(context: CanvasRenderingContext2D, tip: { readonly x: number; readonly y: number }, direction: number): void {
  const [dx, dy] = [Math.cos(direction) * 6, Math.sin(direction) * 6];
  context.moveTo(tip.x + dx, tip.y + dy);
  context.lineTo(tip.x - dx * 0.4 - dy * 0.6, tip.y - dy * 0.4 + dx * 0.6);
  context.lineTo(tip.x - dx * 0.4 + dy * 0.6, tip.y - dy * 0.4 - dx * 0.6);
  context.closePath();
}

function drawChain(context: CanvasRenderingContext2D, scene: MapScene, { chain, view, palette }: MapLook): void {
  if (chain.length === 0) return;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5;
  context.globalAlpha = Math.max(0.25, Math.min(1, 200 / chain.length));
  context.beginPath();
  for (const edge of chain) {
    const from = placeOf(scene, view, scene.from[edge] ?? 0);
    const to = placeOf(scene, view, scene.to[edge] ?? 0);
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

type SymbolLayer = { readonly scene: MapScene; readonly look: MapLook; readonly tone: number };

function drawSymbols(context: CanvasRenderingContext2D, { scene, look, tone }: SymbolLayer): void {
  const { view, palette, size } = look;
  const { scale, offsetX, offsetY } = view;
  const shrunk = symbolScale(scene, view);
  context.strokeStyle = tone === TONE.danger ? palette.danger : tone === TONE.watch ? palette.watch : palette.text3;
  context.fillStyle = palette.panel;
  context.lineWidth = 1.25;
  const dots: number[] = [];
  let symbols = 0;
  context.beginPath();
  for (let node = 0; node < scene.x.length; node += 1) {
    if (scene.tone[node] !== tone) continue;
    const x = (scene.x[node] ?? 0) * scale + offsetX;
    const y = (scene.y[node] ?? 0) * scale + offsetY;
    if (x < -20 || y < -20 || x > size.width + 20 || y > size.height + 20) continue;
    const across = Math.max(SMALLEST, (scene.size[node] ?? 0) * shrunk);
    if (across < DOT) dots.push(x, y, across);
    else {
      addSymbol(context, { kind: scene.nodes[node]?.kind ?? 'asset', x, y, size: across });
      symbols += 1;
      if (symbols % SYMBOLS_A_PATH === 0) inkPath(context);
    }
  }
  inkPath(context);
  context.fillStyle = context.strokeStyle;
  for (let k = 0; k < dots.length; k += 3) {
    const across = dots[k + 2] ?? 0;
    context.fillRect((dots[k] ?? 0) - across / 2, (dots[k + 1] ?? 0) - across / 2, across, across);
  }
}

/** Fills and strokes what was added, and begins anew. */
function inkPath(context: CanvasRenderingContext2D): void {
  context.fill();
  context.stroke();
  context.beginPath();
}

type Symbol = { readonly kind: NetworkNode['kind']; readonly x: number; readonly y: number; readonly size: number };

/** Adds the outline of a kind to the path: those of the legend. */
function addSymbol(context: CanvasRenderingContext2D, { kind, x, y, size }: Symbol): void {
  const half = Math.max(SMALLEST, size) / 2;
  if (kind === 'asset') {
    context.moveTo(x + half, y);
    context.arc(x, y, half, 0, 2 * Math.PI);
  } else if (kind === 'account') {
    context.roundRect(x - half, y - half, 2 * half, 2 * half, half / 2);
  } else if (kind === 'pool' || kind === 'venue') {
    context.rect(x - half, y - half, 2 * half, 2 * half);
  } else {
    context.moveTo(x, y - half);
    if (kind === 'claim') {
      context.lineTo(x + half, y);
      context.lineTo(x, y + half);
      context.lineTo(x - half, y);
    } else {
      context.lineTo(x + half, y + half);
      context.lineTo(x - half, y + half);
    }
    context.closePath();
  }
}
