import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { openBook } from '../../book/book-file.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import type { WhatIfEdit } from '../../contract/what-if.ts';
import { compareDecimal, negateDecimal } from '../../domain/decimal.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Trade } from '../blotter/book-trade.ts';
import { makeTickets } from '../blotter/make-ticket.ts';
import { hedgeBook, holdingsOf } from '../hedge/hedge-book.ts';
import type { Frame, ResolvedEdit } from './frame.ts';

/** An edit with its words. */
export type Told = { readonly title: string; readonly detail: string; readonly resolved: ResolvedEdit };

/** Looks up what an edit needs: prices, the coin that pays, the other book's rows. Fails by name. */
export function resolveEdit(frame: Frame, edit: WhatIfEdit, hedge: HedgeResult | null): Result<Told> {
  switch (edit.kind) {
    case 'trade':
      return resolveTrade(frame, edit);
    case 'setPosition': {
      const { accountId, instrumentId, quantity } = edit;
      const title = compareDecimal(quantity, '0') === 0 ? `Remove ${instrumentId}` : `Set ${instrumentId} to ${quantity}`;
      return succeed({
        title,
        detail: `${accountId} · nothing paid`,
        resolved: { kind: 'setPosition', row: { accountId, instrumentId }, quantity },
      });
    }
    case 'movePrice': {
      const { assetId, move } = edit;
      if (!frame.live.snapshot.quotes.some((quote) => quote.assetId === assetId))
        return fail('missingPrice', `${assetId}: the market has no price of it to move`);
      const share = `${move < 0 ? '−' : '+'}${Number((Math.abs(move) * 100).toPrecision(6))} %`;
      return succeed({
        title: `Move ${assetId} ${share}`,
        detail: 'volatilities stay',
        resolved: { kind: 'movePrice', move: { assetId, move } },
      });
    }
    case 'bookFile':
      return resolveBook(edit);
    case 'legs':
      return resolveLegs(frame, edit.legIds, hedge);
  }
}

function resolveTrade({ live }: Frame, edit: Extract<WhatIfEdit, { kind: 'trade' }>): Result<Told> {
  const { accountId, instrumentId, quantity } = edit;
  const isSale = compareDecimal(quantity, '0') < 0;
  const listing = live.snapshot.listings.find((each) => each.instrument.id === instrumentId);
  const instrument = live.contents.instruments.find((each) => each.id === instrumentId) ?? listing?.instrument;
  if (instrument === undefined || !('underlyingId' in instrument))
    return fail('unsupported', `${instrumentId}: only contracts are traded; set the quantity of a holding or debt instead`);
  const near = (isSale ? listing?.bid : listing?.ask) ?? null;
  const price = edit.price ?? (near === null || !(near > 0) ? null : String(near));
  if (price === null)
    return fail('missingPrice', `${instrument.name}: the market has no ${isSale ? 'bid' : 'ask'}`, { remedy: 'Name the price.' });
  const book = hedgeBook(live.contents, live.snapshot, live.scenarioSet);
  const payer = holdingsOf(book, accountId).find((holding) => holding.assetId === instrument.settlementAssetId);
  if (payer === undefined)
    return fail('conflict', `${accountId} holds no ${instrument.settlementAssetId}, in which ${instrument.name} settles`);
  const trade: Trade = {
    target: { accountId, instrumentId },
    payer: { accountId, instrumentId: payer.instrumentId },
    sign: isSale ? -1 : 1,
    quantity: isSale ? negateDecimal(quantity) : quantity,
    price,
    fee: '0',
    at: live.snapshot.asOf,
  };
  const title = `${isSale ? 'Sell' : 'Buy'} ${trade.quantity} ${instrument.name}`;
  return succeed({ title, detail: `${accountId} · price ${price}`, resolved: { kind: 'trades', trades: [trade] } });
}

function resolveBook({ path, sign }: Extract<WhatIfEdit, { kind: 'bookFile' }>): Result<Told> {
  const opened = openBook(resolve(path), { access: 'read' });
  if (!opened.ok) return opened;
  const contents = opened.value.contents();
  opened.value.close();
  if (!contents.ok) return contents;
  const { name, positions } = contents.value;
  const digest = createHash('sha256').update(JSON.stringify(contents.value)).digest('hex');
  return succeed({
    title: `${sign === 1 ? 'Add' : 'Subtract'} ${name}`,
    detail: `${positions.length} positions`,
    resolved: { kind: 'bookFile', book: { digest, name, contents: contents.value, sign } },
  });
}

function resolveLegs({ live }: Frame, legIds: readonly string[], hedge: HedgeResult | null): Result<Told> {
  if (hedge === null)
    return fail('notFound', 'there is no suggestion for the book as it is now', { remedy: 'Ask for a suggestion first.' });
  const trades: Trade[] = [];
  for (const id of new Set(legIds)) {
    const leg = hedge.legs.find((each) => each.id === id);
    if (leg === undefined) return fail('notFound', `leg ${id}: not in the last suggestion`);
    const at = live.snapshot.asOf;
    const made = makeTickets(live, leg, { id, source: '', createdAt: at, expiresAt: at, toleranceFraction: 0 });
    if (!made.ok) return made;
    for (const { quantity, limitPrice: price, payAccountId, payInstrumentId, side, accountId, instrumentId } of made.value) {
      const payer = { accountId: payAccountId, instrumentId: payInstrumentId };
      trades.push({ target: { accountId, instrumentId }, payer, sign: side === 'sell' ? -1 : 1, quantity, price, fee: '0', at });
    }
  }
  const title = trades.length === 1 ? 'Carry out a leg of the suggestion' : `Carry out ${trades.length} legs of the suggestion`;
  return succeed({ title, detail: 'at bid, ask or rate', resolved: { kind: 'trades', trades } });
}
