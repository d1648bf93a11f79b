import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fail, succeed, type Result } from '../../domain/failure.ts';

/** How the bytes of a text file are to be read. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What one look at every byte of a file tells. */
export type TextFacts = {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly encoding: TextEncoding;
  /** Encoding in words for the reader: 'UTF-8 with byte order mark'. */
  readonly encodingWords: string;
  /** Whether a NUL character occurs anywhere. */
  readonly hasNul: boolean;
  /** First 8 bytes, latin-1, to recognise other file types. */
  readonly magic: string;
};

const CHUNK_BYTES = 1 << 15;

/**
 * Reads the file once: digest, encoding, NULs. The encoding comes from the byte order mark, else from the pattern of zero
 * bytes (UTF-16), else UTF-8 when every byte agrees, else Windows-1252, in which any byte can be read.
 */
export async function inspectTextFile(path: string, signal: AbortSignal): Promise<Result<TextFacts>> {
  const hash = createHash('sha256');
  const strict = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let head = Buffer.alloc(0);
  let isUtf8 = true;
  let hasZero = false;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: CHUNK_BYTES * 4 })) {
      if (signal.aborted) return cancelled(path);
      const chunk = piece as Buffer;
      hash.update(chunk);
      if (head.length < 4096) head = Buffer.concat([head, chunk.subarray(0, 4096)]);
      bytes += chunk.length;
      isUtf8 &&= decodes(strict, chunk);
      hasZero ||= chunk.includes(0);
    }
  } catch (cause) {
    return fail('storage', `${path} cannot be read: ${reasonOf(cause)}`, { where: { file: path } });
  }
  isUtf8 &&= decodes(strict, null);
  const { encoding, words } = encodingOf(head.subarray(0, 4096), isUtf8);
  const hasNul = hasZero && !encoding.startsWith('utf-16');
  return succeed({
    path,
    bytes,
    digest: hash.digest('hex'),
    encoding,
    encodingWords: words,
    hasNul,
    magic: head.subarray(0, 8).toString('latin1'),
  });
}

/** The file's text in pieces, without its byte order mark, with the bytes read so far. Stops early when the signal fires. */
export async function* decodeTextFile(
  facts: TextFacts,
  signal: AbortSignal,
): AsyncGenerator<{ readonly text: string; readonly doneBytes: number }> {
  const decoder = new TextDecoder(facts.encoding);
  let doneBytes = 0;
  for await (const piece of createReadStream(facts.path, { highWaterMark: CHUNK_BYTES })) {
    if (signal.aborted) return;
    const chunk = piece as Buffer;
    doneBytes += chunk.length;
    yield { text: decoder.decode(chunk, { stream: true }), doneBytes };
  }
  const rest = decoder.decode();
  if (rest !== '') yield { text: rest, doneBytes };
}

/** The failure of reading that was told to stop. */
export function cancelled(path: string): Result<never> {
  return fail('cancelled', `reading ${path} was cancelled; nothing was written`, { where: { file: path } });
}

/** Code or message of an input/output error, without its stack. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function decodes(decoder: TextDecoder, chunk: Buffer | null): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function encodingOf(head: Buffer, isUtf8: boolean): { encoding: TextEncoding; words: string } {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', words: 'UTF-16 little endian' };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', words: 'UTF-16 big endian' };
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const many = head.length / 5;
  if ((zeros[1] ?? 0) > many && (zeros[0] ?? 0) === 0) return { encoding: 'utf-16le', words: 'UTF-16 little endian' };
  if ((zeros[0] ?? 0) > many && (zeros[1] ?? 0) === 0) return { encoding: 'utf-16be', words: 'UTF-16 big endian' };
  if (!isUtf8) return { encoding: 'windows-1252', words: 'Windows-1252' };
  const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return { encoding: 'utf-8', words: hasMark ? 'UTF-8 with byte order mark' : 'UTF-8' };
}
