import type { ImportFormat, ImportPreview } from '../contract/importing.ts';
import type { BookContents } from '../domain/book.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { Venue } from '../domain/venue.ts';
import { accountQuestion, newAccountId } from './account-question.ts';
import { Directory } from './directory.ts';
import { openTable, type NamedFile } from './file/open-table.ts';
import type { Table } from './file/table.ts';
import { binancePositionRows } from './layout/binance-position-rows.ts';
import { deribitCurrency, deribitRows } from './layout/deribit-rows.ts';
import { detectLayout, type Layout } from './layout/detect-layout.ts';
import type { Answers, LayoutReader } from './layout/layout-reader.ts';
import { POSITION_COLUMNS } from './layout/position-columns.ts';
import { positionRows } from './layout/position-rows.ts';
import { binanceTradeRows, hyperliquidTradeRows } from './layout/trade-rows.ts';

/** What an import is prepared from. */
export type ImportWish = {
  readonly file: NamedFile;
  readonly format: ImportFormat;
  readonly answers: Answers;
  readonly contents: BookContents;
  readonly shippedVenues: readonly Venue[];
  readonly signal: AbortSignal;
};

/** A file with everything needed to walk it. */
export type PreparedImport = {
  readonly table: Table;
  readonly layout: Layout;
  readonly directory: Directory;
  readonly reader: LayoutReader;
  /** Asked when the layout has no accounts and none was chosen. */
  readonly accountQuestion: ImportPreview['questions'][number] | null;
};

/** Opens the file, recognises its layout and makes the reader for it. */
export async function prepareImport(wish: ImportWish): Promise<Result<PreparedImport>> {
  const { contents, shippedVenues, answers, signal } = wish;
  const table = await openTable(wish.file, POSITION_COLUMNS, signal);
  if (!table.ok) return table;
  const layout = detectLayout(table.value, wish.format);
  if (!layout.ok) return layout;
  const { venueId } = layout.value;
  const { columns } = table.value;
  if (venueId === null) {
    const directory = new Directory(contents, { shippedVenues, accountId: null });
    const reader = positionRows({ columns, isGuarded: table.value.kind === 'csv', directory, answers });
    return succeed({ table: table.value, layout: layout.value, directory, reader, accountQuestion: null });
  }
  const currency = await currencyOf(table.value, layout.value, signal);
  if (!currency.ok) return currency;
  const at = { venueId, currency: currency.value };
  const accountId = answers.accountId ?? newAccountId(at, new Directory(contents, { shippedVenues, accountId: null }));
  const directory = new Directory(contents, { shippedVenues, accountId });
  if (!directory.venue(venueId)) {
    return fail('notFound', `venue ${venueId} is not in the book`, {
      remedy: 'Import its parameters first.',
      where: { file: table.value.fileName },
    });
  }
  const reader = venueReader(layout.value.format, { columns, accountId, currency: currency.value, directory, answers });
  const question = answers.accountId === undefined ? accountQuestion(at, directory) : null;
  return succeed({ table: table.value, layout: layout.value, directory, reader, accountQuestion: question });
}

type VenueReaderInput = {
  readonly columns: readonly string[];
  readonly accountId: string;
  readonly currency: string;
  readonly directory: Directory;
  readonly answers: Answers;
};

function venueReader(format: Layout['format'], input: VenueReaderInput): LayoutReader {
  if (format === 'deribit-transactions') return deribitRows(input);
  if (format === 'binance-trades') return binanceTradeRows(input);
  if (format === 'binance-positions') return binancePositionRows(input);
  return hyperliquidTradeRows(input);
}

async function currencyOf(table: Table, layout: Layout, signal: AbortSignal): Promise<Result<string>> {
  if (layout.format === 'hyperliquid-trades') return succeed('USDC');
  if (layout.format !== 'deribit-transactions') return succeed('USDT');
  const named = deribitCurrency(table.fileName, []);
  if (named.ok) return named;
  const column = table.columns.indexOf('Instrument');
  const names = new Set<string>();
  const onRows: Parameters<Table['read']>[0]['onRows'] = (rows) => {
    for (const { cells } of rows) names.add((cells[column] ?? '').trim());
    return true;
  };
  const read = await table.read({ signal, onRows, onProgress: () => undefined });
  return read.ok ? deribitCurrency(table.fileName, names) : read;
}
