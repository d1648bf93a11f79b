import { deribitOption } from '../domain/venue-symbol.ts';
import type { OptionInstrument } from '../domain/instrument.ts';
import type { Result } from '../domain/failure.ts';
import type { AssetQuote, Listing } from '../domain/snapshot.ts';
import { columnIndex, RowCells, type MarketRow, type RejectedRow } from './market-rows.ts';

/** Columns by which an option chain is recognised; others may stand beside them. */
export const OPTION_CHAIN_COLUMNS = [
  'timestamp',
  'instrument_name',
  'underlying',
  'bid_price',
  'ask_price',
  'mark_price',
  'implied_volatility',
  'open_interest',
  'volume',
  'currency',
  'index_price',
] as const;

/** An option chain: its listings in file order, the median index price of each currency, and the rows left out. */
export type OptionChain = { readonly listings: Listing[]; readonly quotes: AssetQuote[]; readonly rejected: RejectedRow[] };

/** The inverse option of a Deribit name, e.g. `BTC-27MAR26-60000-P`. */
export function optionInstrument(name: string): Result<OptionInstrument> {
  return deribitOption(name);
}

/**
 * Reads the rows of a Deribit option chain. Prices are in coin, implied volatility is a fraction, open interest and volume
 * are coins. The forward is the column `underlying` (`futures_price` is empty for daily expiries). An empty bid, ask, mark or
 * volatility is 'no such quote', never 0; a bid or ask of 0 is nobody bidding or offering, so no quote either. A row whose
 * columns contradict its name is left out.
 */
export function readOptionChain(header: readonly string[], rows: Iterable<MarketRow>): OptionChain {
  const index = columnIndex(header);
  const listings: Listing[] = [];
  const rejected: RejectedRow[] = [];
  const indexPrices = new Map<string, AssetQuote[]>();
  const lines = new Map<string, number>();
  for (const row of rows) {
    const read = readRow(new RowCells(row, index));
    const first = 'listing' in read ? lines.get(read.listing.instrument.id) : undefined;
    if (!('listing' in read)) rejected.push({ line: row.line, ...read });
    else if (first !== undefined) {
      rejected.push({ line: row.line, column: 'instrument_name', reason: `${read.listing.instrument.name} is already on line ${first}` });
    } else {
      lines.set(read.listing.instrument.id, row.line);
      listings.push(read.listing);
      collect(indexPrices, read.quote);
    }
  }
  return { listings, quotes: [...indexPrices.keys()].sort().flatMap((assetId) => medianQuote(indexPrices.get(assetId) ?? [])), rejected };
}

function readRow(cells: RowCells): { listing: Listing; quote: AssetQuote } | { column: string; reason: string } {
  const instrument = optionInstrument(cells.text('instrument_name'));
  if (!instrument.ok) return { column: 'instrument_name', reason: instrument.failure.message };
  const asOf = cells.instant('timestamp');
  const listing: Listing = {
    instrument: instrument.value,
    bid: offered(cells.quote('bid_price')),
    ask: offered(cells.quote('ask_price')),
    mark: cells.quote('mark_price'),
    underlyingPriceUsd: cells.amount('underlying'),
    impliedVolatility: cells.quote('implied_volatility'),
    openInterest: cells.quote('open_interest'),
    volume24h: cells.quote('volume'),
    asOf,
  };
  const priceUsd = cells.amount('index_price');
  if (cells.refusal) return cells.refusal;
  const { underlyingId, optionType, expiry, strike, name } = instrument.value;
  const isCrossed = listing.bid !== null && listing.ask !== null && listing.bid > listing.ask;
  if (isCrossed) return { column: 'bid_price', reason: `${name}: bid ${listing.bid ?? ''} is above ask ${listing.ask ?? ''}` };
  if (listing.underlyingPriceUsd === 0) return { column: 'underlying', reason: `${name}: a forward of 0 prices nothing` };
  if (cells.text('currency') !== underlyingId)
    return { column: 'currency', reason: `${name} is not an option on ${cells.text('currency')}` };
  const stated = { option_type: optionType, strike: Number(strike), expiry_datetime: expiry };
  if (cells.text('option_type') !== '' && cells.text('option_type') !== stated.option_type) {
    return { column: 'option_type', reason: `${name} is a ${optionType}, the column says ${cells.text('option_type')}` };
  }
  const strikeCell = cells.quote('strike');
  if (strikeCell !== null && strikeCell !== stated.strike)
    return { column: 'strike', reason: `${name} has strike ${strike}, the column says ${strikeCell}` };
  if (cells.text('expiry_datetime') !== '' && cells.instant('expiry_datetime') !== expiry) {
    return { column: 'expiry_datetime', reason: `${name} expires ${expiry}, the column says ${cells.text('expiry_datetime')}` };
  }
  const quote = { assetId: underlyingId, priceUsd, source: 'Deribit index, recorded with the chain', asOf, intervalMs: 60_000 };
  return { listing, quote };
}

/** A price of 0 in a book of orders means that nobody is there. */
function offered(price: number | null): number | null {
  return price === 0 ? null : price;
}

function collect(prices: Map<string, AssetQuote[]>, quote: AssetQuote): void {
  const held = prices.get(quote.assetId);
  if (held) held.push(quote);
  else prices.set(quote.assetId, [quote]);
}

/**
 * The rows of a chain carry one time though they were polled over a minute or two, and the index moved meanwhile: the
 * (lower) median of the recorded index prices stands for all of them.
 */
function medianQuote(quotes: readonly AssetQuote[]): AssetQuote[] {
  const ordered = [...quotes].sort((a, b) => a.priceUsd - b.priceUsd);
  return ordered.slice((ordered.length - 1) >> 1).slice(0, 1);
}
