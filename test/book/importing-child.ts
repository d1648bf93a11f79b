import { openBook } from '../../main/book/book-file.ts';
import { samplePosition } from '../support/sample-book.ts';

/**
 * A process of its own that imports batch after batch into the book named on its command line and says 'saved N' after each
 * commit, until it is killed. With 'hold' it begins an import, says 'holding' and commits it when it is told to go on.
 */
const [, , path = '', mode = ''] = process.argv;
const rowsPerImport = 2000;
const opened = openBook(path);
if (!opened.ok) throw new Error(opened.failure.message);
const book = opened.value;

if (mode === 'hold') {
  const writer = importOf(0);
  say('holding');
  process.stdin.once('data', () => {
    writer.commit();
    book.close();
    process.exit(0);
  });
} else {
  const start = book.info().counts['position'] ?? 0;
  for (let batch = 0; ; batch += 1) {
    const committed = importOf(start + batch * rowsPerImport).commit();
    if (!committed.ok) throw new Error(committed.failure.message);
    say(`saved ${start + (batch + 1) * rowsPerImport}`);
  }
}

function importOf(first: number) {
  const begun = book.beginImport('Import of a child');
  if (!begun.ok) throw new Error(begun.failure.message);
  const rows = Array.from({ length: rowsPerImport }, (_, index) => samplePosition(`K-${first + index}`, 'CUS-1 ETH-spot', '1.5'));
  const put = begun.value.putPositions(rows);
  if (!put.ok) throw new Error(put.failure.message);
  return begun.value;
}

function say(line: string): void {
  // Written at once: a line that waits in memory when the process is killed would look like a lost commit.
  process.stdout.write(`${line}\n`);
}
