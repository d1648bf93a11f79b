import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Blotter, BlotterTicket } from '../../../main/contract/blotter.ts';
import type { CallContext } from '../../../main/contract/contract.ts';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import type { Result } from '../../../main/domain/failure.ts';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { createBlotterServices } from '../../../main/services/blotter.ts';
import { createBookServices } from '../../../main/services/book.ts';
import { createHedgeServices } from '../../../main/services/hedge.ts';
import { createSession } from '../../../main/services/session.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
let now = '2026-02-05T21:40:00.000Z';
const blotter = createBlotterServices({ session, now: () => now });
const books = createBookServices({ session, resourcesFolder, defaultFolder: folder.path });
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };
let hedge: HedgeResult;

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
};
const failureOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : `${result.failure.reason}: ${result.failure.message}`);
const digest = (): string => valueOf(session.book()).digest();
const undo = async (): Promise<unknown> => valueOf(await books['book.undo']({}, context));
const list = async (): Promise<Blotter> => valueOf(await blotter['blotter.list']({}, context));
const fill = (input: Parameters<(typeof blotter)['blotter.fill']>[0]) => blotter['blotter.fill'](input, context);

function holding(accountId: string, instrumentId: string): number {
  const { positions } = valueOf(valueOf(session.book()).contents());
  return Number(positions.find((each) => each.accountId === accountId && each.instrumentId === instrumentId)?.quantity ?? 0);
}

async function ticketWhere(isIt: (ticket: BlotterTicket) => boolean): Promise<BlotterTicket> {
  const found = (await list()).tickets.find(isIt);
  if (found === undefined) throw new Error('the suggestion has no such leg');
  return found;
}

beforeAll(async () => {
  valueOf(await books['book.openDemo']({}, context));
  hedge = valueOf(await createHedgeServices(session, createInlinePool())['hedge.suggest']({ timeLimitMs: 600_000 }, context));
  valueOf(await blotter['blotter.promote']({ legIds: hedge.legs.map((leg) => leg.id), validMinutes: 30 }, context));
}, 120_000);

afterAll(() => {
  session.close();
  folder.remove();
});

describe('promoting the legs of a suggestion', () => {
  test('makes one open ticket of each, with its reason, its row, its expiry, and a limit no further off than the tolerance', async () => {
    const { tickets } = await list();
    expect(tickets.map(({ title, reason }) => [title, reason])).toEqual(hedge.legs.map(({ title, why }) => [title, why]));
    const snapshot = valueOf(valueOf(session.book()).snapshot());
    for (const ticket of tickets) {
      expect(ticket).toMatchObject({ state: 'open', filledQuantity: '0', expiresAt: '2026-02-05T22:10:00.000Z' });
      const listing = snapshot.listings.find((each) => each.instrument.id === ticket.instrumentId);
      if (listing === undefined) continue;
      const near = (ticket.side === 'sell' ? listing.bid : listing.ask) ?? Number.NaN;
      const worst = near * (ticket.side === 'sell' ? 0.99 : 1.01);
      expect(Math.abs(Number(ticket.limitPrice) / worst - 1)).toBeLessThan(1e-5);
      expect(ticket.side === 'sell' ? Number(ticket.limitPrice) >= worst : Number(ticket.limitPrice) <= worst).toBe(true);
    }
  });

  test('keeps the suggestion and the digest of the book, since a ticket enters no figure', async () => {
    expect(session.hedge.last()?.runId).toBe(hedge.runId);
    const before = digest();
    await undo();
    expect((await list()).tickets).toEqual([]);
    expect([digest(), session.hedge.last()?.runId]).toEqual([before, hedge.runId]);
    valueOf(await books['book.redo']({}, context));
    expect((await list()).tickets).toHaveLength(hedge.legs.length);
  });

  test('refuses a leg that has a ticket open from a former suggestion, since both would be carried out', async () => {
    const [leg] = hedge.legs;
    const { state: _s, remainingQuantity: _r, ...ticket } = await ticketWhere(({ title }) => title === leg?.title);
    valueOf(valueOf(session.book()).edit('Of old', [{ kind: 'putTicket', row: { ...ticket, source: `former#${leg?.id ?? ''}` } }]));
    expect(failureOf(await blotter['blotter.promote']({ legIds: [leg?.id ?? ''] }, context))).toContain(
      'a former suggestion has a ticket open',
    );
    await undo();
  });

  test('refuses a leg that is in the blotter already, and one that there is not', async () => {
    const [leg] = hedge.legs;
    expect(failureOf(await blotter['blotter.promote']({ legIds: [leg?.id ?? ''] }, context))).toContain('conflict');
    expect(failureOf(await blotter['blotter.promote']({ legIds: ['none'] }, context))).toContain('leg none');
  });
});

describe('filling a ticket', () => {
  test('of a contract books the position, its entry and the fee; undo restores the digest', async () => {
    const ticket = await ticketWhere(({ kind }) => kind === 'trade');
    const before = {
      digest: digest(),
      held: holding(ticket.accountId, ticket.instrumentId),
      cash: holding(ticket.payAccountId, ticket.payInstrumentId),
    };
    valueOf(await fill({ id: ticket.id, quantity: '1', price: ticket.limitPrice ?? '', fee: '0.3' }));
    const sign = ticket.side === 'sell' ? -1 : 1;
    expect(holding(ticket.accountId, ticket.instrumentId) - before.held).toBeCloseTo(sign, 9);
    expect(holding(ticket.payAccountId, ticket.payInstrumentId)).not.toBe(before.cash);
    expect(await ticketWhere(({ id }) => id === ticket.id)).toMatchObject({ state: 'partlyFilled', filledQuantity: '1' });
    await undo();
    expect(digest()).toBe(before.digest);
    expect(await ticketWhere(({ id }) => id === ticket.id)).toEqual(ticket);
  });

  test('in two parts keeps the average price', async () => {
    const ticket = await ticketWhere(({ kind, side }) => kind === 'trade' && side === 'sell');
    const better = String(Number(ticket.limitPrice) * 2);
    valueOf(await fill({ id: ticket.id, quantity: '1', price: ticket.limitPrice ?? '' }));
    valueOf(await fill({ id: ticket.id, quantity: '3', price: better }));
    const { averagePrice } = await ticketWhere(({ id }) => id === ticket.id);
    expect(Number(averagePrice)).toBeCloseTo((Number(ticket.limitPrice) + 3 * Number(better)) / 4, 9);
    await undo();
    await undo();
  });

  test('of a payment lowers the debt and the cash by what was paid', async () => {
    const ticket = await ticketWhere(({ kind }) => kind !== 'trade');
    const before = { held: holding(ticket.accountId, ticket.instrumentId), cash: holding(ticket.payAccountId, ticket.payInstrumentId) };
    const price = ticket.limitPrice === null ? {} : { price: ticket.limitPrice };
    valueOf(await fill({ id: ticket.id, quantity: ticket.quantity, ...price }));
    expect(holding(ticket.accountId, ticket.instrumentId) - before.held).toBeCloseTo(Number(ticket.quantity), 6);
    expect(before.cash - holding(ticket.payAccountId, ticket.payInstrumentId)).toBeCloseTo(
      Number(ticket.quantity) * Number(ticket.limitPrice ?? 1),
      6,
    );
    expect(await ticketWhere(({ id }) => id === ticket.id)).toMatchObject({ state: 'filled', remainingQuantity: '0' });
    expect(failureOf(await blotter['blotter.edit']({ id: ticket.id, change: { reason: 'x' } }, context))).toContain('it is filled');
    await undo();
  });

  test('refuses what does not fit by name and changes nothing', async () => {
    const ticket = await ticketWhere(({ kind }) => kind === 'trade');
    const before = digest();
    const price = ticket.limitPrice ?? '';
    const worse = ticket.side === 'sell' ? String(Number(price) / 2) : String(Number(price) * 2);
    const tried = [
      await fill({ id: ticket.id, quantity: `${ticket.quantity}0`, price }),
      await fill({ id: ticket.id, quantity: '0', price }),
      await fill({ id: ticket.id, quantity: '-1', price }),
      await fill({ id: ticket.id, quantity: '0.0123', price }),
      await fill({ id: ticket.id, quantity: '1' }),
      await fill({ id: ticket.id, quantity: '1', price: worse }),
      await fill({ id: ticket.id, quantity: '1', price, fee: '-1' }),
      await fill({ id: ticket.id, quantity: '1', price, fee: '99999999' }),
      await fill({ id: 'none', quantity: '1', price }),
    ].map(failureOf);
    expect(tried.map((text) => text.slice(0, text.indexOf(':')))).toEqual([
      'invalidValue',
      'invalidValue',
      'invalidValue',
      'invalidValue',
      'invalidValue',
      'refused',
      'invalidValue',
      'conflict',
      'notFound',
    ]);
    now = '2026-02-06T21:40:00.000Z';
    expect(failureOf(await fill({ id: ticket.id, quantity: '1', price }))).toContain('stale');
    expect((await list()).tickets.map(({ state }) => state)).toEqual(hedge.legs.map(() => 'expired'));
    now = '2026-02-05T21:40:00.000Z';
    expect(digest()).toBe(before);
  });

  test('then undoing it restores the book bit for bit, whatever is filled in whatever order', async () => {
    const before = { digest: digest(), blotter: await list(), contents: valueOf(valueOf(session.book()).contents()) };
    const fills = fc.array(fc.record({ at: fc.nat(), share: fc.integer({ min: 1, max: 100 }), fee: fc.nat({ max: 9 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(fills, async (wishes) => {
        let done = 0;
        for (const { at, share, fee } of wishes) {
          const { tickets } = await list();
          const ticket = tickets[at % tickets.length];
          if (ticket === undefined) continue;
          const quantity = String(Math.max(1, Math.floor((Number(ticket.quantity) * share) / 100)));
          const price = ticket.limitPrice === null ? {} : { price: ticket.limitPrice };
          if ((await fill({ id: ticket.id, quantity, fee: `0.0${fee}`, ...price })).ok) done += 1;
        }
        for (; done > 0; done -= 1) await undo();
        expect(digest()).toBe(before.digest);
        expect(await list()).toEqual(before.blotter);
        expect(valueOf(valueOf(session.book()).contents())).toEqual(before.contents);
      }),
      { numRuns: 20 },
    );
  });
});

describe('changing, removing and exporting', () => {
  test('an edit keeps to what makes sense, says that the limit was set by hand, and is undone', async () => {
    const ticket = await ticketWhere(({ limitPrice }) => limitPrice !== null);
    const edit = (change: Parameters<(typeof blotter)['blotter.edit']>[0]['change']) =>
      blotter['blotter.edit']({ id: ticket.id, change }, context);
    expect(failureOf(await edit({ quantity: '0' }))).toContain('invalidValue');
    expect(failureOf(await edit({ limitPrice: '-1' }))).toContain('invalidValue');
    valueOf(await edit({ limitPrice: '0.5', expiresAt: '2026-02-07T00:00:00.000Z' }));
    expect(await ticketWhere(({ id }) => id === ticket.id)).toMatchObject({ limitPrice: '0.5', limitBasis: 'set by hand' });
    await undo();
    expect(await ticketWhere(({ id }) => id === ticket.id)).toEqual(ticket);
  });

  test('removed tickets are gone, all or none', async () => {
    const { tickets } = await list();
    expect(failureOf(await blotter['blotter.remove']({ ids: [tickets[0]?.id ?? '', 'none'] }, context))).toContain('ticket none');
    expect((await list()).tickets).toHaveLength(tickets.length);
    valueOf(await blotter['blotter.remove']({ ids: tickets.map(({ id }) => id) }, context));
    expect((await list()).tickets).toEqual([]);
    await undo();
  });

  test('CSV and JSON hold every ticket with the decimal text of the book; an existing file is never overwritten', async () => {
    const { tickets } = await list();
    const path = join(folder.path, 'blotter.csv');
    const csv = valueOf(await blotter['blotter.export']({ format: 'csv', path }, context));
    expect(readFileSync(path, 'utf8')).toBe(csv.text);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(tickets.length + 1);
    expect(failureOf(await blotter['blotter.export']({ format: 'csv', path }, context))).toContain('conflict');
    const json = valueOf(await blotter['blotter.export']({ format: 'json' }, context));
    expect(JSON.parse(json.text)).toEqual({ format: 'interlock-blotter', version: 1, tickets });
  });

  test('the book with its blotter verifies as sound', () => {
    expect(valueOf(session.book()).verify()).toMatchObject({ isSound: true, problems: [] });
  });
});
