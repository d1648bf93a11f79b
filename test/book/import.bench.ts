import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createBook } from '../../main/book/book-file.ts';
import type { OpenBook } from '../../main/book/open-book.ts';
import { connect } from '../../main/book/file/connection.ts';
import type { Position } from '../../main/domain/position.ts';
import type { Benchmark } from '../bench/benchmark.ts';
import { createFolder, samplePosition, sampleSeed } from '../support/sample-book.ts';

const rowCount = 100_000;
const batch = 5000;

type Ground = { readonly folder: string; readonly book: OpenBook; readonly twinPath: string };
let ground: Ground | null = null;

/** The insert stage of an import: rows that are already domain values, into a book, undoable, not yet committed. */
export const benchmarks: Benchmark[] = [
  {
    name: `insert stage of an import of ${rowCount.toLocaleString('en')} positions against one row at a time`,
    setUp: () => {
      const folder = createFolder();
      const book = opened(createBook(join(folder, 'book.interlock'), sampleSeed));
      const twinPath = join(folder, 'twin.interlock');
      opened(createBook(twinPath, sampleSeed)).close();
      ground = { folder, book, twinPath };
    },
    run: () => insertStage(standing().book),
    twin: () => insertRowByRow(standing().twinPath),
    tearDown: () => {
      const { book, folder } = standing();
      book.close();
      rmSync(folder, { recursive: true, force: true });
      ground = null;
    },
    leastRatio: 1.8,
    limitMemoryMiB: 300,
    repeats: 3,
  },
];

function insertStage(book: OpenBook): number {
  const writer = opened(book.beginImport('Benchmark'));
  let written = 0;
  for (const rows of batches()) {
    opened(writer.putPositions(rows));
    written += rows.length;
  }
  writer.rollback();
  return written;
}

/** The same work as one would first write it: look whether the row is there, keep what it was, write it, one row at a time. */
function insertRowByRow(path: string): number {
  const { database } = opened(connect(path));
  const find = database.prepare('SELECT id, account_id, instrument_id, quantity, entry_price, opened_at FROM position WHERE id = ?');
  const keep = database.prepare(`INSERT INTO journal_image (step, sequence, noun, keys, images) VALUES (1, ?, 'position', ?, ?)`);
  const write = database.prepare(
    `INSERT INTO position (id, account_id, instrument_id, quantity, entry_price, opened_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, instrument_id = excluded.instrument_id,
     quantity = excluded.quantity, entry_price = excluded.entry_price, opened_at = excluded.opened_at`,
  );
  database.exec('BEGIN IMMEDIATE');
  const digest = '0'.repeat(64);
  database.prepare(`INSERT INTO journal_step VALUES (1, 'Benchmark', '2026-02-05T21:29:00Z', 0, 0, ?, ?)`).run(digest, digest);
  let written = 0;
  for (const rows of batches()) {
    for (const row of rows) {
      const former = find.get(row.id);
      keep.run(written, JSON.stringify([row.id]), JSON.stringify(former === undefined ? [] : [former]));
      write.run(row.id, row.accountId, row.instrumentId, row.quantity, row.entryPrice, row.openedAt);
      written += 1;
    }
  }
  database.exec('ROLLBACK');
  database.close();
  return written;
}

function* batches(): Generator<Position[]> {
  for (let start = 0; start < rowCount; start += batch) {
    yield Array.from({ length: batch }, (_, index) => samplePosition(`B-${start + index}`, 'CUS-1 ETH-spot', `${start + index}.5`));
  }
}

function standing(): Ground {
  if (!ground) throw new Error('the benchmark was not set up');
  return ground;
}

function opened<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly message: string } },
): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
