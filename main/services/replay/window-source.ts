import type { CallContext, ParsedInputOf } from '../../contract/contract.ts';
import { fail, type Result } from '../../domain/failure.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import { openCsvTable } from '../../importing/file/csv-table.ts';
import { sourceFile, type SourceFile } from '../../importing/file/spilled-file.ts';
import { inspectTextFile } from '../../importing/file/text-file.ts';
import type { MarketRow } from '../../market/market-rows.ts';
import { PRICE_BAR_COLUMNS, DAILY_BAR_COLUMNS, readPriceBars } from '../../market/price-bars.ts';
import { readRecordedWindows, windowFromBars } from '../../market/recorded-window.ts';

/** Rows of a bar file that are held at a time. */
const MOST_ROWS = 500_000;

/** The window a call names: one that ships, or a file of price bars. */
export async function windowOf(
  { windowId, source }: Pick<ParsedInputOf<'replay.run'>, 'windowId' | 'source'>,
  resourcesFolder: string,
  context: CallContext,
): Promise<Result<RecordedWindow>> {
  if (source === undefined) return shippedWindow(windowId, resourcesFolder);
  if (windowId !== undefined) return fail('usage', 'name a window or give a file, not both');
  const file = sourceFile(source);
  if (!file.ok) return file;
  try {
    return await readBarFile(file.value, context);
  } finally {
    file.value.discard();
  }
}

function shippedWindow(windowId: string | undefined, resourcesFolder: string): Result<RecordedWindow> {
  const windows = readRecordedWindows(resourcesFolder);
  if (!windows.ok) return windows;
  const found = windows.value.find((window) => window.id === windowId);
  const known = windows.value.map((window) => window.id).join(', ');
  if (found !== undefined) return { ok: true, value: found };
  return fail('notFound', windowId === undefined ? 'no window is named' : `no window is called ${windowId}`, {
    remedy: `There are: ${known}.`,
  });
}

async function readBarFile(file: SourceFile, context: CallContext): Promise<Result<RecordedWindow>> {
  const facts = await inspectTextFile(file.path, context.signal);
  if (!facts.ok) return facts;
  const table = await openCsvTable(file.name, facts.value);
  if (!table.ok) return table;
  const { columns } = table.value;
  if (![PRICE_BAR_COLUMNS, DAILY_BAR_COLUMNS].some((names) => names.every((column) => columns.includes(column))))
    return fail('invalidFile', `${file.name}: the columns ${columns.slice(0, 6).join(', ')} … are not price bars`, {
      remedy: 'See resources/formats/README.md for the layouts that are read.',
      where: { file: file.name, line: 1 },
    });
  const rows: MarketRow[] = [];
  const read = await table.value.read({
    signal: context.signal,
    onProgress: (done, total) => context.progress('reading', done, total),
    onRows: (batch) => {
      for (const row of batch) if (!row.refusal) rows.push(row);
      return rows.length <= MOST_ROWS;
    },
  });
  if (!read.ok) return read;
  if (rows.length > MOST_ROWS) return fail('unsupported', `${file.name} has more than ${MOST_ROWS} rows`, { remedy: 'Split it by time.' });
  return windowFromBars(readPriceBars(columns, rows).bars, file.name);
}
