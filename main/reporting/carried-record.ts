import { inflateSync } from 'node:zlib';

/** Name of the attachment in a PDF and of the element in a page. */
export const RECORD_NAME = 'interlock-record.json';
const ELEMENT = 'interlock-record';

/** The record as an element of a page that shows nothing, runs nothing and cannot be left by what is written in it. */
export function recordElement(text: string): string {
  const inert = text.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  return `<template id="${ELEMENT}">${inert}</template>`;
}

/** A kind of file that carries its record. */
export type CarryingFormat = 'json' | 'html' | 'pdf';

/** Which kind of file these bytes are, by what they begin with; null for one that carries no record. */
export function carryingFormat(bytes: Buffer): CarryingFormat | null {
  const start = bytes.subarray(0, 64).toString('latin1').trimStart();
  if (start.startsWith('%PDF-')) return 'pdf';
  if (/^<!doctype html>/i.test(start)) return 'html';
  return start.startsWith('{') ? 'json' : null;
}

/** The text of the record in a file; null where there is none. */
export function recordIn(bytes: Buffer, format: CarryingFormat): string | null {
  if (format === 'json') return bytes.toString('utf8');
  return format === 'html' ? recordInPage(bytes.toString('utf8')) : recordInPdf(bytes);
}

function recordInPage(page: string): string | null {
  const opening = `<template id="${ELEMENT}">`;
  const start = page.lastIndexOf(opening);
  const end = page.indexOf('</template>', start);
  return start === -1 || end === -1 ? null : page.slice(start + opening.length, end);
}

function recordInPdf(bytes: Buffer): string | null {
  const found = pdfStreams(bytes).findLast(({ dictionary }) => dictionary.includes('/EmbeddedFile'));
  return found === undefined ? null : found.content.toString('utf8');
}

/** One object of a PDF that has a stream, unpacked. */
type PdfStream = { readonly dictionary: string; readonly start: number; readonly content: Buffer };

/** The streams of a PDF in their order. What cannot be unpacked stands as it is. */
export function pdfStreams(bytes: Buffer): PdfStream[] {
  const text = bytes.toString('latin1');
  const found: PdfStream[] = [];
  for (let at = text.indexOf('stream\n'); at !== -1; at = text.indexOf('stream\n', at + 7)) {
    if (text.slice(at - 3, at) === 'end') continue;
    const dictionary = text.slice(text.lastIndexOf(' obj', at), at);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const packed = bytes.subarray(at + 7, at + 7 + length);
    found.push({ dictionary, start: at, content: dictionary.includes('/FlateDecode') ? unpack(packed) : packed });
    at += 7 + length;
  }
  return found;
}

function unpack(packed: Buffer): Buffer {
  try {
    return inflateSync(packed);
  } catch {
    return packed;
  }
}
