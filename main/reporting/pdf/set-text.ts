import type { ContentText } from 'pdfmake/interfaces.js';
import { wholePieces } from '../whole-pieces.ts';

/** A text in which names and figures are not broken at the end of a line. */
export function unbroken(text: string): ContentText['text'] {
  const pieces = wholePieces(text);
  return pieces.length <= 1 ? text : pieces.map((piece) => (piece.isWhole ? { text: piece.text, noWrap: true } : { text: piece.text }));
}

/**
 * The same picture with the decimal points of its figures set by themselves, at the distance of tabular figures. Figures of a picture cannot be asked to be
 * tabular in a PDF, and kerning pulls the point under a seven: 7.77 reads as 777. Figures within words stay as they are: a chart has none with a point.
 */
export function unkerned(svg: string): string {
  return svg.replace(/>([−+]?[\d,]+)\.(\d+)<\/text>/g, `>${POINT}</text>`);
}

/** Points taken off on either side, by eye, at the sizes of labels in charts. */
const POINT = '$1<tspan dx="-1.3">.</tspan><tspan dx="-1.2">$2</tspan>';
