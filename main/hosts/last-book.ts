import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'last-book.json';

/** Path of the book that was open last; null when there was none or the note cannot be read. */
export function readLastBook(dataFolder: string): string | null {
  try {
    const noted: unknown = JSON.parse(readFileSync(join(dataFolder, FILE), 'utf8'));
    const path = typeof noted === 'object' && noted !== null && 'path' in noted ? noted.path : null;
    return typeof path === 'string' ? path : null;
  } catch {
    return null;
  }
}

/** Notes the book that is open now, whole or not at all. Losing the note loses no data, so trouble with it is not reported. */
export function writeLastBook(dataFolder: string, path: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true });
    const next = join(dataFolder, `${FILE}.${process.pid}`);
    writeFileSync(next, JSON.stringify({ path }));
    renameSync(next, join(dataFolder, FILE));
  } catch {
    // The next start opens the demo book.
  }
}
