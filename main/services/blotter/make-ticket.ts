import { balanceInstruments } from '../../domain/balance-instrument.ts';
import type { HedgeLeg } from '../../contract/hedge.ts';
import { multiplyDecimal, priceText } from '../../domain/decimal.ts';
import type { DecimalText } from '../../domain/decimal.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Ground } from './book-trade.ts';
import { alongOf } from './ticket-source.ts';

/** The part of a leg that its ticket is made from. */
export type TicketLeg = Pick<HedgeLeg, 'kind' | 'side' | 'quantity' | 'title' | 'notionalUsd' | 'why' | 'target' | 'payer' | 'carries'>;

/** What a ticket is made with besides its leg. */
export type TicketTerms = {
  readonly id: string;
  readonly source: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly toleranceFraction: number;
};

/** The tickets of one leg: its own, and for a loan that is moved one for the collateral that goes along. */
export function makeTickets(ground: Ground, leg: TicketLeg, terms: TicketTerms): Result<Ticket[]> {
  const own = makeTicket(ground, leg, terms);
  if (!own.ok || leg.carries === undefined) return own.ok ? succeed([own.value]) : own;
  const { from, to, assetId, quantity } = leg.carries;
  const title = `Move ${quantity} ${assetId} of collateral from ${from.accountId} to ${to.accountId}`;
  const carried = { ...leg, target: to, payer: from, quantity, title };
  const along = makeTicket(ground, carried, { ...terms, id: `${terms.id}+`, source: alongOf(terms.source) });
  return along.ok ? succeed([own.value, along.value]) : along;
}

/** The ticket of one leg: the same rows and quantity, the leg's reason, and a limit from the market the book rests on. */
function makeTicket(ground: Ground, leg: TicketLeg, terms: TicketTerms): Result<Ticket> {
  const { target, payer } = leg;
  if (target === undefined || payer === undefined)
    return fail('unsupported', `${leg.title}: the suggestion does not say which rows it changes`, {
      remedy: 'Ask for a suggestion again.',
    });
  const venueId = ground.contents.accounts.find((account) => account.id === target.accountId)?.venueId;
  if (venueId === undefined) return fail('notFound', `${leg.title}: account ${target.accountId} is not in this book`);
  const instrument = instrumentOf(ground, target.instrumentId);
  const paying = instrumentOf(ground, payer.instrumentId);
  if (instrument === undefined || paying === undefined)
    return fail('notFound', `${leg.title}: ${instrument === undefined ? target.instrumentId : payer.instrumentId} is not in this book`);
  const limit = limitOf({ ground, leg, instrument, paying }, terms.toleranceFraction);
  if (!limit.ok) return limit;
  return succeed({
    id: terms.id,
    createdAt: terms.createdAt,
    kind: leg.kind,
    side: leg.side,
    venueId,
    accountId: target.accountId,
    instrumentId: target.instrumentId,
    payAccountId: payer.accountId,
    payInstrumentId: payer.instrumentId,
    quantity: leg.quantity,
    filledQuantity: '0',
    limitPrice: limit.value.price,
    priceUnit: limit.value.unit,
    limitBasis: limit.value.basis,
    averagePrice: null,
    title: leg.title,
    reason: leg.why,
    expiresAt: terms.expiresAt,
    source: terms.source,
  });
}

type Limit = { readonly price: DecimalText | null; readonly unit: string; readonly basis: string };
type Pricing = { readonly ground: Ground; readonly leg: TicketLeg; readonly instrument: Instrument; readonly paying: Instrument };

function limitOf(pricing: Pricing, toleranceFraction: number): Result<Limit> {
  const { instrument } = pricing;
  const near = 'underlyingId' in instrument ? quotedPrice(pricing, instrument) : exchangeRate(pricing);
  if (!near.ok) return near;
  const { price, unit, basis } = near.value;
  if (price === null) return succeed({ price, unit, basis });
  const isSale = pricing.leg.side === 'sell';
  const limit = priceText(price * (isSale ? 1 - toleranceFraction : 1 + toleranceFraction), isSale ? 'up' : 'down');
  const share = `${Number((toleranceFraction * 100).toPrecision(6))} %`;
  return succeed({ price: limit, unit, basis: `${basis} ${isSale ? 'less' : 'plus'} ${share}` });
}

type Near = { readonly price: number | null; readonly unit: string; readonly basis: string };

/** Ask for what is bought, bid for what is sold. */
function quotedPrice({ ground, leg }: Pricing, instrument: Extract<Instrument, { underlyingId: string }>): Result<Near> {
  const listing = ground.snapshot.listings.find((each) => each.instrument.id === instrument.id);
  const word = leg.side === 'sell' ? 'bid' : 'ask';
  const price = listing?.[word] ?? null;
  if (listing === undefined || price === null || !(price > 0))
    return fail('missingPrice', `${leg.title}: the market has no ${word} for ${instrument.name}, so no limit can be set`, {
      remedy: 'Leave this leg out, or import a market that quotes it.',
    });
  return succeed({ price, unit: priceUnitOf(instrument), basis: `${word} ${price} at ${listing.asOf}` });
}

/** Unit in which a contract is quoted: dollars for inverse futures, else the asset it settles in. */
export function priceUnitOf(contract: Extract<Instrument, { underlyingId: string }>): string {
  return contract.kind !== 'option' && contract.settlement === 'inverse' ? 'USD' : contract.settlementAssetId;
}

/** Units of the paying asset for one of the asset bought, owed or sold; none where they are the same asset. */
function exchangeRate({ ground, leg, instrument, paying }: Pricing): Result<Near> {
  if (!('assetId' in instrument) || !('assetId' in paying)) return fail('unsupported', `${leg.title}: only an asset can pay for an asset`);
  if (instrument.assetId === paying.assetId) return succeed({ price: null, unit: paying.assetId, basis: 'the asset itself is moved' });
  const payerUsd = priceUsdOf(ground, paying.assetId);
  const targetUsd = leg.notionalUsd / Number(leg.quantity);
  if (!(payerUsd > 0) || !(targetUsd > 0))
    return fail('missingPrice', `${leg.title}: no price of ${paying.assetId} against ${instrument.assetId}, so no limit can be set`);
  return succeed({
    price: targetUsd / payerUsd,
    unit: paying.assetId,
    basis: `rate ${priceText(targetUsd / payerUsd, 'down')} ${paying.assetId} per ${instrument.assetId} at ${ground.snapshot.asOf}`,
  });
}

/** Quoted price, or that of the one asset it is one for one; NaN where there is neither. */
function priceUsdOf({ contents, snapshot }: Ground, assetId: string): number {
  const quoteOf = (id: string): number => snapshot.quotes.find((quote) => quote.assetId === id)?.priceUsd ?? Number.NaN;
  const own = quoteOf(assetId);
  if (own > 0) return own;
  const backing = contents.assets.find((asset) => asset.id === assetId)?.backing ?? [];
  const [only] = backing;
  return backing.length === 1 && only !== undefined ? quoteOf(only.assetId) * Number(only.quantityPerUnit) : Number.NaN;
}

function instrumentOf({ contents, snapshot }: Ground, id: string): Instrument | undefined {
  return (
    contents.instruments.find((each) => each.id === id) ??
    snapshot.listings.find((each) => each.instrument.id === id)?.instrument ??
    balanceInstruments(contents.assets).get(id)
  );
}

/** Quantity × average price after another fill, for the running average. */
export function filledValue(quantity: DecimalText, price: DecimalText | null): DecimalText {
  return price === null ? '0' : multiplyDecimal(quantity, price);
}
