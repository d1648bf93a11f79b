const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CHUNK = 0x2000;
const codes = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const values = new Int16Array(128).fill(-1);
for (let at = 0; at < 64; at += 1) values[codes[at] ?? 0] = at;

/** Base64 with padding (RFC 4648 section 4). Written out because the contract runs where neither Buffer nor btoa is promised. */
export function bytesToBase64(bytes: Uint8Array): string {
  const length = Math.ceil(bytes.length / 3) * 4;
  const letters = new Uint8Array(length).fill(61);
  let to = 0;
  for (let from = 0; from < bytes.length; from += 3) {
    const word = (byteAt(bytes, from) << 16) | (byteAt(bytes, from + 1) << 8) | byteAt(bytes, from + 2);
    const letterCount = Math.min(4, bytes.length - from + 1);
    for (let letter = 0; letter < letterCount; letter += 1) letters[to + letter] = codes[(word >> (18 - 6 * letter)) & 63] ?? 0;
    to += 4;
  }
  let text = '';
  for (let at = 0; at < length; at += CHUNK) text += String.fromCharCode(...letters.subarray(at, at + CHUNK));
  return text;
}

/** The bytes of a padded base64 text in a buffer of their own; null when the text is not base64. */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let to = 0;
  for (let from = 0; from < text.length; from += 4) {
    const isLast = from + 4 === text.length;
    let word = 0;
    for (let letter = 0; letter < 4; letter += 1) {
      const value = isLast && letter >= 4 - padding ? 0 : letterValue(text.charCodeAt(from + letter));
      if (value < 0) return null;
      word = (word << 6) | value;
    }
    for (let byte = 0; byte < 3 && to < bytes.length; byte += 1) bytes[to++] = (word >> (16 - 8 * byte)) & 255;
  }
  return bytes;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function letterValue(code: number): number {
  return values[code] ?? -1;
}
