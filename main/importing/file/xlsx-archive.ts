import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, type Entry, type ZipFile } from 'yauzl';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { reasonOf } from './text-file.ts';

const MEBIBYTE = 1024 * 1024;

/** Most that an XLSX archive may hold before anything of it is parsed. */
export const XLSX_LIMITS = { entries: 1_000, entryBytes: 256 * MEBIBYTE, totalBytes: 512 * MEBIBYTE, ratio: 100 } as const;

/** A ratio is judged only where there is something to blow up. */
const SMALL_ENTRY_BYTES = MEBIBYTE;
/** Extra field and data descriptor of an entry take less than this; more room could hide an entry that the directory does not list. */
const SLACK_BYTES = 1_024;

/**
 * Looks through an XLSX archive without parsing it: number and size of entries, compression ratio, that declared sizes are
 * true, that entries neither overlap nor leave room for hidden ones, no macros, no links to other workbooks, no document type
 * definition. Returns the names of the entries.
 */
export async function checkXlsxArchive(path: string): Promise<Result<string[]>> {
  let archive: ZipFile;
  try {
    archive = await openArchive(path);
  } catch (cause) {
    return fail('invalidFile', `${path} is not a sound XLSX file: ${reasonOf(cause)}`, { where: { file: path } });
  }
  try {
    const entries = await listEntries(archive);
    if (!entries.ok) return entries;
    const problem = entries.value.map(entryProblem).find((text) => text !== null) ?? archiveProblem(entries.value, directoryOffset(path));
    if (problem) return refuse(path, problem);
    for (const entry of entries.value) {
      const content = await contentProblem(archive, entry);
      if (content) return refuse(path, content);
    }
    return succeed(entries.value.map((entry) => entry.fileName));
  } catch (cause) {
    return refuse(path, reasonOf(cause));
  } finally {
    archive.close();
  }
}

function openArchive(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true }, (error, archive) => {
      if (error) reject(error);
      else resolve(archive);
    });
  });
}

function listEntries(archive: ZipFile): Promise<Result<Entry[]>> {
  if (archive.entryCount > XLSX_LIMITS.entries) {
    return Promise.resolve(fail('invalidFile', `the XLSX file has ${archive.entryCount} entries; at most ${XLSX_LIMITS.entries} are read`));
  }
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      archive.readEntry();
    });
    archive.on('end', () => resolve(succeed(entries)));
    archive.on('error', reject);
    archive.readEntry();
  });
}

function entryProblem(entry: Entry): string | null {
  const { fileName, compressedSize, uncompressedSize } = entry;
  if (uncompressedSize > XLSX_LIMITS.entryBytes)
    return `${fileName} unpacks to ${uncompressedSize} bytes; at most ${XLSX_LIMITS.entryBytes} are read`;
  if (uncompressedSize > SMALL_ENTRY_BYTES && uncompressedSize > XLSX_LIMITS.ratio * compressedSize) {
    return `${fileName} unpacks to more than ${XLSX_LIMITS.ratio} times its size`;
  }
  if (entry.isEncrypted()) return `${fileName} is encrypted`;
  if (/(?:^|\/)(?:vbaProject|macrosheets|vbaData)/i.test(fileName)) return `${fileName} is a macro`;
  if (/(?:^|\/)externalLinks\//i.test(fileName)) return `${fileName} links to another workbook`;
  return null;
}

function archiveProblem(entries: readonly Entry[], directoryStart: number): string | null {
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (total > XLSX_LIMITS.totalBytes) return `it unpacks to ${total} bytes; at most ${XLSX_LIMITS.totalBytes} are read`;
  const names = new Set(entries.map((entry) => entry.fileName.toLowerCase()));
  if (names.size !== entries.length) return 'two entries have the same name';
  if (!names.has('[content_types].xml') || !names.has('xl/workbook.xml')) return 'it has no workbook';
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) return `${entry.fileName} overlaps another entry`;
    if (start > end + SLACK_BYTES) return `bytes before ${entry.fileName} belong to no entry`;
    end = start + 30 + Buffer.byteLength(entry.fileName) + entry.compressedSize;
  }
  return directoryStart > end + SLACK_BYTES ? 'bytes after its last entry belong to no entry' : null;
}

/** Where the list of entries starts, from the record at the end of the file; Infinity when there is no such record. */
function directoryOffset(path: string): number {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, 22 + 65_535));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const record = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    return record < 0 || record + 20 > tail.length ? Infinity : tail.readUInt32LE(record + 16);
  } finally {
    closeSync(file);
  }
}

/** Unpacks one entry without keeping it; yauzl fails when the bytes are not as many as declared. */
async function contentProblem(archive: ZipFile, entry: Entry): Promise<string | null> {
  const isMarkup = /\.(?:xml|rels|vml)$/i.test(entry.fileName);
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    archive.openReadStream(entry, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  let tail = '';
  for await (const piece of stream) {
    if (!isMarkup) continue;
    const text = tail + (piece as Buffer).toString('latin1');
    if (text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff') || text.includes('\0')) return `${entry.fileName} is not UTF-8`;
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return `${entry.fileName} has a document type definition`;
    if (entry.fileName.endsWith('.rels') && /TargetMode\s*=\s*["']External["'][^>]*externalLink/i.test(text))
      return `${entry.fileName} links to another workbook`;
    tail = text.slice(-16);
  }
  return null;
}

function refuse(path: string, problem: string): Result<never> {
  return fail('invalidFile', `${path} is refused: ${problem}`, {
    remedy: 'Save the sheet as CSV, or as a plain XLSX without macros and links.',
    where: { file: path },
  });
}
