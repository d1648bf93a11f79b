import { fail, succeed, type Result } from './failure.ts';
import type { Instrument, OptionInstrument } from './instrument.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Smallest order steps: Deribit contract specifications (inverse contracts), Binance and Hyperliquid symbol filters. Others: one unit. */
const LOTS: Readonly<Record<string, string>> = {
  'deribit:inverse:future:BTC': '10',
  'deribit:inverse:future:ETH': '1',
  'deribit:inverse:option:BTC': '0.1',
  'deribit:inverse:option:ETH': '1',
  'binance:linear:future:BTC': '0.001',
  'binance:linear:future:ETH': '0.01',
  'hyperliquid:linear:future:BTC': '0.001',
  'hyperliquid:linear:future:ETH': '0.01',
};

const STABLE_QUOTES = ['USDT', 'USDC', 'FDUSD', 'BUSD'];

/**
 * The instrument of a Deribit name: `BTC-PERPETUAL`, `BTC-26JUN26`, `BTC-27MAR26-60000-P`, and their `_USDC` linear
 * forms (`ETH_USDC-PERPETUAL`; `d` is the point of a strike, as in `XRP_USDC-27MAR26-0d65-C`). Expiries are 08:00 UTC.
 * A day that is not in the calendar, a spot pair or a combination is an 'invalidValue' or 'unsupported' failure.
 * Source: Deribit API, naming of instruments; expiry hour from its contract specifications.
 */
export function deribitInstrument(name: string): Result<Instrument> {
  const parts = name.split('-');
  const [pair = '', second = ''] = parts;
  const money = /^([A-Z0-9]{2,12})(?:_(USDC|USDT))?$/.exec(pair);
  if (!money || parts.length === 1) return unknownName(name);
  const underlyingId = money[1] ?? '';
  const quote = money[2];
  const settlement = quote === undefined ? 'inverse' : 'linear';
  const common = {
    id: `deribit:${name}`,
    name,
    venueId: 'deribit',
    underlyingId,
    settlementAssetId: quote ?? underlyingId,
    contractSize: '1',
  } as const;
  const lot = (kind: string): string => LOTS[`deribit:${settlement}:${kind}:${underlyingId}`] ?? '1';
  if (parts.length === 2 && second === 'PERPETUAL') return succeed({ kind: 'perpetual', ...common, settlement, lotSize: lot('future') });
  const expiry = expiryOf(name, second);
  if (!expiry.ok) return expiry;
  if (parts.length === 2) return succeed({ kind: 'future', ...common, settlement, lotSize: lot('future'), expiry: expiry.value });
  const [, , strikeText = '', letter = ''] = parts;
  const strike = strikeText.replace('d', '.');
  if (parts.length !== 4 || !/^(?:[1-9]\d*|0)(?:\.\d+)?$/.test(strike) || !/^[CP]$/.test(letter)) return unknownName(name);
  return succeed({
    kind: 'option',
    ...common,
    settlement,
    lotSize: lot('option'),
    expiry: expiry.value,
    optionType: letter === 'C' ? 'call' : 'put',
    strike,
  });
}

/** The option of a Deribit name; fails for anything that is not an option. */
export function deribitOption(name: string): Result<OptionInstrument> {
  const read = deribitInstrument(name);
  if (!read.ok) return read;
  if (read.value.kind !== 'option') return fail('invalidValue', `${name} is not an option`, { where: { value: name } });
  return succeed(read.value);
}

/**
 * The instrument of a Binance USD-M symbol: `BTCUSDT` (perpetual), `BTCUSDT_260327` (dated, 08:00 UTC), `1000PEPEUSDT`
 * (a thousand coins per unit of quantity).
 */
export function binanceInstrument(symbol: string): Result<Instrument> {
  const read = /^(1000)?([A-Z0-9]{1,15}?)(USDT|USDC|FDUSD|BUSD)(?:_(\d{2})(\d{2})(\d{2}))?$/.exec(symbol);
  if (!read) {
    return fail('invalidValue', `${symbol} is not a Binance USD-M symbol: it should end in ${STABLE_QUOTES.join(', ')}`, {
      where: { value: symbol },
    });
  }
  const [, thousand, underlyingId = '', settlementAssetId = '', year, month = '', day = ''] = read;
  const common = {
    id: `binance:${symbol}`,
    name: symbol,
    venueId: 'binance',
    underlyingId,
    settlement: 'linear',
    settlementAssetId,
    contractSize: thousand ?? '1',
    lotSize: LOTS[`binance:linear:future:${underlyingId}`] ?? '1',
  } as const;
  if (year === undefined) return succeed({ kind: 'perpetual', ...common });
  const expiry = calendarDay(2000 + Number(year), Number(month), Number(day));
  if (!expiry.ok) return fail('invalidValue', `${symbol}: ${expiry.failure.message}`, { where: { value: symbol } });
  return succeed({ kind: 'future', ...common, expiry: `${expiry.value}T08:00:00Z` });
}

/** The perpetual of a Hyperliquid coin (`ETH`; `kPEPE` is a thousand coins) or the spot instrument of a pair (`ETH/USDC`). */
export function hyperliquidInstrument(coin: string): Result<Instrument> {
  const pair = /^([A-Za-z0-9]{1,20})\/USDC$/.exec(coin);
  if (pair) {
    const assetId = pair[1] ?? '';
    return succeed({ kind: 'spot', id: `spot:${assetId}`, name: assetId, venueId: null, assetId });
  }
  const read = /^(k)?([A-Z0-9]{1,20})$/.exec(coin);
  if (!read) return fail('invalidValue', `${coin} is not a Hyperliquid coin or pair`, { where: { value: coin } });
  const underlyingId = read[2] ?? '';
  return succeed({
    kind: 'perpetual',
    id: `hyperliquid:${coin}`,
    name: coin,
    venueId: 'hyperliquid',
    underlyingId,
    settlement: 'linear',
    settlementAssetId: 'USDC',
    contractSize: read[1] === undefined ? '1' : '1000',
    lotSize: LOTS[`hyperliquid:linear:future:${underlyingId}`] ?? '1',
  });
}

/** YYYY-MM-DD of a day that the calendar has; 'invalidValue' with a sentence such as '31 February does not exist' otherwise. */
export function calendarDay(year: number, month: number, day: number): Result<string> {
  const name = MONTH_NAMES[month - 1];
  if (name === undefined) return fail('invalidValue', `there is no month ${month}`);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return succeed(date.toISOString().slice(0, 10));
  const isLeapCase = month === 2 && day === 29;
  return fail('invalidValue', isLeapCase ? `29 February ${year} does not exist` : `${day} ${name} does not exist`);
}

function expiryOf(name: string, text: string): Result<string> {
  const read = /^(\d{1,2})([A-Z]{3})(\d{2})$/.exec(text);
  const month = read ? MONTHS.indexOf(read[2] ?? '') + 1 : 0;
  if (!read || month === 0) return unknownName(name);
  const day = calendarDay(2000 + Number(read[3]), month, Number(read[1]));
  if (!day.ok) return fail('invalidValue', `${name}: ${day.failure.message}`, { where: { value: name } });
  return succeed(`${day.value}T08:00:00Z`);
}

function unknownName(name: string): Result<never> {
  return fail('invalidValue', `${name} is not a Deribit perpetual, future or option`, {
    remedy: 'Spot pairs and combinations are not read; enter them as positions.',
    where: { value: name },
  });
}
