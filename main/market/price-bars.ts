import { columnIndex, RowCells, type MarketRow, type RejectedRow } from './market-rows.ts';

/** Columns of bars within a day; `time_utc` is the opening of the bar. */
export const PRICE_BAR_COLUMNS = ['time_utc', 'venue', 'symbol', 'interval', 'open', 'high', 'low', 'close', 'volume_base'] as const;
/** Columns of daily bars. */
export const DAILY_BAR_COLUMNS = ['date_utc', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const;

/** One bar of a symbol quoted in dollars or a dollar coin. Prices in that quote, which stands for USD. */
export type PriceBar = {
  readonly assetId: string;
  readonly symbol: string;
  readonly venue: string;
  /** Milliseconds since 1970 at which the bar ends. */
  readonly endMs: number;
  readonly intervalMs: number;
  readonly close: number;
  /** Lowest and highest price within the bar. */
  readonly low: number;
  readonly high: number;
};

/** Bars in file order and the rows left out. */
export type PriceBars = { readonly bars: PriceBar[]; readonly rejected: RejectedRow[] };

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const QUOTES = /^([A-Z0-9]{1,15}?)(?:USDT|USDC|BUSD|FDUSD|USD)$/;

/**
 * Reads price bars, of the layout with times or the daily one. A bar whose low and high do not enclose open and close, with an
 * impossible time, of a symbol not quoted in dollars, or given twice, is left out.
 */
export function readPriceBars(header: readonly string[], rows: Iterable<MarketRow>): PriceBars {
  const index = columnIndex(header);
  const isDaily = index.has('date_utc');
  const bars: PriceBar[] = [];
  const rejected: RejectedRow[] = [];
  const lines = new Map<string, number>();
  for (const row of rows) {
    const bar = readBar(new RowCells(row, index), isDaily);
    if ('reason' in bar) {
      rejected.push({ line: row.line, ...bar });
      continue;
    }
    const key = `${bar.venue} ${bar.symbol} ${bar.intervalMs} ${bar.endMs}`;
    const first = lines.get(key);
    if (first === undefined) {
      lines.set(key, row.line);
      bars.push(bar);
    } else
      rejected.push({
        line: row.line,
        column: isDaily ? 'date_utc' : 'time_utc',
        reason: `this bar of ${bar.symbol} is already on line ${first}`,
      });
  }
  return { bars, rejected };
}

function readBar(cells: RowCells, isDaily: boolean): PriceBar | { column: string; reason: string } {
  const symbol = cells.text('symbol');
  const assetId = QUOTES.exec(symbol)?.[1];
  const [open, high, low, close] = [cells.amount('open'), cells.amount('high'), cells.amount('low'), cells.amount('close')];
  cells.quote(isDaily ? 'volume' : 'volume_base');
  const startMs = isDaily ? dayMs(cells.text('date_utc')) : Date.parse(cells.instant('time_utc'));
  if (cells.refusal) return cells.refusal;
  if (assetId === undefined) return { column: 'symbol', reason: `${symbol} is not quoted in dollars` };
  if (startMs === null) return { column: 'date_utc', reason: `${cells.text('date_utc')} is not a day of the calendar` };
  if (low > Math.min(open, close) || high < Math.max(open, close))
    return { column: 'high', reason: `low ${low} and high ${high} do not enclose ${open} and ${close}` };
  if (low === 0) return { column: 'low', reason: 'a price of 0' };
  const intervalMs = isDaily ? 86_400_000 : intervalOf(cells.text('interval'));
  if (intervalMs === null) return { column: 'interval', reason: `${cells.text('interval')} is not an interval such as 5m, 1h or 1d` };
  return { assetId, symbol, venue: isDaily ? 'spot' : cells.text('venue'), endMs: startMs + intervalMs, intervalMs, close, low, high };
}

function intervalOf(text: string): number | null {
  const read = /^([1-9]\d{0,3})([mhd])$/.exec(text);
  return read ? Number(read[1]) * (UNIT_MS[read[2] ?? ''] ?? 0) : null;
}

function dayMs(text: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? ms : null;
}
