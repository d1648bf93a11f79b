import { pdfStreams, type CarryingFormat } from './carried-record.ts';

/** Where two files part: a place a person can look at, and what stands there in each. */
type FileDifference = { readonly where: string; readonly inFile: string; readonly recomputed: string };

const AROUND = 40;

/**
 * The first difference of a file from the one that its record gives; null where there is none. A PDF whose bytes differ is compared
 * unpacked: two programs may compress the same page differently.
 */
export function fileDifference(format: CarryingFormat, inFile: Buffer, recomputed: Buffer): FileDifference | null {
  if (inFile.equals(recomputed)) return null;
  return format === 'pdf' ? pdfDifference(inFile, recomputed) : textDifference(inFile.toString('utf8'), recomputed.toString('utf8'));
}

function textDifference(inFile: string, recomputed: string): FileDifference | null {
  const at = firstAt(inFile, recomputed);
  const before = recomputed.slice(0, at);
  const section = [...before.matchAll(/<section id="([^"]+)"/g)].at(-1)?.[1];
  const where = section === undefined ? `character ${at}` : `section ${section}, character ${at}`;
  return { where, inFile: around(inFile, at), recomputed: around(recomputed, at) };
}

function pdfDifference(inFile: Buffer, recomputed: Buffer): FileDifference | null {
  const theirs = pdfStreams(inFile);
  const ours = pdfStreams(recomputed);
  const different = ours.findIndex((stream, i) => theirs[i]?.content.equals(stream.content) !== true);
  if (different === -1 && theirs.length === ours.length) {
    const bare = [inFile, recomputed].map((bytes, i) => skeleton(bytes, i === 0 ? theirs : ours));
    const [their = '', our = ''] = bare;
    return their === our ? null : { ...textOf(their, our), where: 'the frame of the PDF' };
  }
  const at = different === -1 ? ours.length : different;
  const number = /(\d+) \d+$/.exec(recomputed.subarray(0, recomputed.lastIndexOf(' obj', ours[at]?.start ?? 0)).toString('latin1'))?.[1];
  const page = ours.slice(0, at + 1).filter(({ content }) => content.includes('BT\n')).length;
  const told = textOf(theirs[at]?.content.toString('latin1') ?? '', ours[at]?.content.toString('latin1') ?? '');
  return { ...told, where: `object ${number ?? at} of the PDF, at or after page ${Math.max(1, page)}` };
}

function textOf(inFile: string, recomputed: string): Pick<FileDifference, 'inFile' | 'recomputed'> {
  const at = firstAt(inFile, recomputed);
  return { inFile: around(inFile, at), recomputed: around(recomputed, at) };
}

/** A PDF without its streams and without what only says where they are. */
function skeleton(bytes: Buffer, streams: ReturnType<typeof pdfStreams>): string {
  const text = bytes.toString('latin1');
  let from = 0;
  let out = '';
  for (const { start } of streams) {
    out += text.slice(from, start);
    from = text.indexOf('endstream', start);
  }
  return `${out}${text.slice(from, text.lastIndexOf('xref\n', text.lastIndexOf('trailer')))}`.replace(/\/Length \d+/g, '');
}

function firstAt(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left[at] === right[at]) at += 1;
  return at;
}

function around(text: string, at: number): string {
  const piece = text.slice(Math.max(0, at - AROUND), at + AROUND);
  return piece === '' ? 'nothing' : piece.replace(/[^\x20-\x7e\u00a0-\uffff]/g, ' ');
}
