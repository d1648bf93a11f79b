/** A name with hyphens, of an account or an instrument (MKR-A, BTC-27MAR26-100000-C), or a figure with its sign. */
const WHOLE = /(\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b|[\d.,]+\s[%×])/;

/** A part of a text, and whether a line must not end within it. */
type Piece = { readonly text: string; readonly isWhole: boolean };

/** A text in pieces that give it again when joined. Hyphens stay hyphens, so that a name is found by searching the file. */
export function wholePieces(text: string): Piece[] {
  return text.split(WHOLE).flatMap((piece, index) => (piece === '' ? [] : [{ text: piece, isWhole: index % 2 === 1 }]));
}
