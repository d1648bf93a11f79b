import { describe, expect, it } from 'vitest';
import { readOptionChain } from '../../main/market/option-chain.ts';

const HEADER =
  'timestamp,instrument_name,underlying,underlying_name,option_type,strike,expiry_datetime,time_to_maturity,bid_price,ask_price,mark_price,mid_price,futures_price,futures_instrument_name,implied_volatility,delta,vega,open_interest,volume,bid_ask_spread,currency,index_price,volume_usd'.split(
    ',',
  );
type Cells = Readonly<Record<string, string>>;
/** A row as recorded on 2026-02-05 (class B facts; SVCJ-Deribit-Inverse-Options-Pricer @516b0cb0). */
const recorded: Cells = {
  timestamp: '2026-02-05T21:29:37.885165+00:00',
  instrument_name: 'BTC-7FEB26-69000-P',
  underlying: '63726.13857142857',
  option_type: 'put',
  strike: '69000.0',
  expiry_datetime: '2026-02-07T08:00:00+00:00',
  bid_price: '0.086',
  ask_price: '0.0915',
  mark_price: '0.08970832',
  futures_price: '',
  implied_volatility: '1.2563',
  open_interest: '66.8',
  volume: '114.1',
  currency: 'BTC',
  index_price: '63718.97',
};
const read = (...changes: Cells[]) =>
  readOptionChain(
    HEADER,
    changes.map((change, index) => ({ line: index + 2, cells: HEADER.map((column) => ({ ...recorded, ...change })[column] ?? '') })),
  );
const named = (name: string, more: Cells = {}): Cells => ({
  instrument_name: name,
  option_type: '',
  strike: '',
  expiry_datetime: '',
  ...more,
});

describe('an option chain', () => {
  it('becomes listings with the forward of the column underlying, prices in coin', () => {
    const { listings, rejected, quotes } = read({});
    expect(rejected).toEqual([]);
    expect(listings).toEqual([
      {
        instrument: {
          kind: 'option',
          id: 'deribit:BTC-7FEB26-69000-P',
          name: 'BTC-7FEB26-69000-P',
          venueId: 'deribit',
          underlyingId: 'BTC',
          settlement: 'inverse',
          settlementAssetId: 'BTC',
          contractSize: '1',
          lotSize: '0.1',
          expiry: '2026-02-07T08:00:00Z',
          optionType: 'put',
          strike: '69000',
        },
        bid: 0.086,
        ask: 0.0915,
        mark: 0.08970832,
        underlyingPriceUsd: 63726.13857142857,
        impliedVolatility: 1.2563,
        openInterest: 66.8,
        volume24h: 114.1,
        asOf: '2026-02-05T21:29:37Z',
      },
    ]);
    expect(quotes).toMatchObject([{ assetId: 'BTC', priceUsd: 63718.97, asOf: '2026-02-05T21:29:37Z' }]);
  });

  it('takes an empty or zero bid or ask for no quote, never for 0', () => {
    const [listing] = read({ bid_price: '', ask_price: '0.0', mark_price: '', implied_volatility: '' }).listings;
    expect(listing).toMatchObject({ bid: null, ask: null, mark: null, impliedVolatility: null });
  });

  it('lets the median index price stand for all rows, since they were polled over a minute or two', () => {
    const prices = ['63700', '99999', '63710', '63720', '1'];
    const { quotes } = read(...prices.map((price, index) => named(`BTC-7FEB26-${60_000 + index}-P`, { index_price: price })));
    expect(quotes.map((quote) => quote.priceUsd)).toEqual([63710]);
  });

  it.each<[string, Cells, string, string]>([
    ['an impossible day', named('BTC-31FEB26-60000-P'), 'instrument_name', '31 February does not exist'],
    ['a future', named('BTC-27MAR26'), 'instrument_name', 'is not an option'],
    ['a type against the name', { option_type: 'call' }, 'option_type', 'is a put'],
    ['a strike against the name', { strike: '70000' }, 'strike', 'has strike 69000'],
    ['an expiry against the name', { expiry_datetime: '2026-02-08T08:00:00+00:00' }, 'expiry_datetime', 'expires 2026-02-07'],
    ['a currency against the name', { currency: 'ETH' }, 'currency', 'is not an option on ETH'],
    ['a crossed market', { bid_price: '0.2' }, 'bid_price', 'is above ask'],
    ['no forward', { underlying: '' }, 'underlying', 'is empty'],
    ['a forward of 0', { underlying: '0' }, 'underlying', 'prices nothing'],
    ['a price that is no number', { mark_price: 'NaN' }, 'mark_price', 'NaN is not a finite number'],
    ['a price beyond every number', { mark_price: '1e999' }, 'mark_price', '1e999 is not a finite number'],
    ['a time without a zone', { timestamp: '2026-02-05 21:29' }, 'timestamp', 'is not an instant'],
    ['a day that time parsing would roll over', { timestamp: '2026-02-30T00:00:00+00:00' }, 'timestamp', 'is not an instant'],
  ])('leaves out a row with %s, with line, column and reason', (...[, change, column, reason]) => {
    const { listings, rejected } = read({}, change);
    expect(listings).toHaveLength(1);
    expect(rejected).toEqual([{ line: 3, column, reason: expect.stringContaining(reason) as string }]);
  });

  it('leaves out an instrument listed twice', () => {
    expect(read({}, {}).rejected).toEqual([{ line: 3, column: 'instrument_name', reason: 'BTC-7FEB26-69000-P is already on line 2' }]);
  });
});
