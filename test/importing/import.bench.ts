import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../bench/benchmark.ts';
import { must, openDesk, SPOT_HEADER, type Desk } from './import-desk.ts';

const MILLION = 1_000_000;
/** Most memory the whole process may ever hold while importing a million rows, MiB of resident set. */
const MOST_MEMORY_MIB = 400;

let desk: Desk | null = null;

/**
 * Whole imports, from a CSV file on disk to committed rows that can be undone. The stage that inserts is measured against its
 * row-by-row twin in test/book.
 */
export const benchmarks: Benchmark[] = [
  {
    name: 'import of a CSV of 1,000,000 rows, preview and commit',
    setUp: () => prepare(MILLION),
    run: importWhole,
    tearDown: finish,
    limitMemoryMiB: 320,
    repeats: 1,
  },
  {
    name: 'cancelling the import of 1,000,000 rows half way',
    setUp: async () => {
      prepare(MILLION);
      halfway = await startedHalfway();
    },
    run: () => halfway?.cancel(),
    tearDown: finish,
    limitElapsedMs: 500,
    repeats: 1,
  },
];

let halfway: { readonly cancel: () => Promise<string> } | null = null;

/** A file of about 85 bytes a row and an empty book. */
function prepare(rows: number): void {
  desk = openDesk();
  const file = openSync(join(desk.folder, 'rows.csv'), 'w');
  writeSync(file, `${SPOT_HEADER}\n`);
  for (let start = 0; start < rows; start += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, offset) => {
      const index = start + offset;
      const price = 60_000 + (index % 5000);
      return `P-${String(index).padStart(9, '0')},CST-1,spot:BTC,${index % 1000}.${1000 + (index % 9000)},${price}.25,2026-02-05T21:29:37Z,custody,spot,BTC,base\n`;
    });
    writeSync(file, lines.join(''));
  }
  closeSync(file);
}

async function importWhole(): Promise<number> {
  const at = standing();
  const { result } = await at.load(join(at.folder, 'rows.csv'));
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  if (peakMiB > MOST_MEMORY_MIB) throw new Error(`the import held ${peakMiB} MiB`);
  return result.rowsWritten;
}

/** An import that has read half of the file while writing and waits to be cancelled. */
async function startedHalfway(): Promise<{ readonly cancel: () => Promise<string> }> {
  const at = standing();
  const preview = must(await at.preview(join(at.folder, 'rows.csv')));
  const controller = new AbortController();
  const half = Promise.withResolvers<undefined>();
  const progress = (_: string, done: number, total: number): void => {
    if (done * 2 > total) half.resolve(undefined);
  };
  const running = at.importing['import.commit']({ previewId: preview.previewId }, { ...at.context(controller.signal), progress });
  await half.promise;
  return {
    cancel: async () => {
      controller.abort();
      const ended = await running;
      if (ended.ok || at.positions().length > 0) throw new Error('the import was not cancelled');
      return ended.failure.reason;
    },
  };
}

function finish(): void {
  desk?.close();
  desk = null;
  halfway = null;
}

function standing(): Desk {
  if (!desk) throw new Error('the benchmark was not set up');
  return desk;
}
