import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallContext } from '../../../main/contract/contract.ts';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import type { Result } from '../../../main/domain/failure.ts';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { createBlotterServices } from '../../../main/services/blotter.ts';
import { createBookServices } from '../../../main/services/book.ts';
import { createHedgeServices } from '../../../main/services/hedge.ts';
import { createSession } from '../../../main/services/session.ts';
import { loanContents, loanSnapshot, type LoanDesk } from '../hedge/loan-desk.ts';
import { deskSet } from '../hedge-desk.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const blotter = createBlotterServices({ session, now: () => '2026-02-05T21:40:00.000Z' });
const books = createBookServices({ session, resourcesFolder, defaultFolder: folder.path });
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };
const trades = ['trade', 'repay', 'topUp', 'transfer'] as const;
let hedge: HedgeResult;

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
};
const digest = (): string => valueOf(session.book()).digest();

function held(accountId: string, instrumentId: string): number {
  const { positions } = valueOf(valueOf(session.book()).contents());
  return Number(positions.find((each) => each.accountId === accountId && each.instrumentId === instrumentId)?.quantity ?? 0);
}

/** A suggestion for the desk without the given kinds, and the tickets of all its legs. */
async function ticketsWithout(
  kinds: NonNullable<Parameters<ReturnType<typeof createHedgeServices>['hedge.suggest']>[0]['limits']>['excludeKinds'],
) {
  const services = createHedgeServices(session, createInlinePool());
  hedge = valueOf(await services['hedge.suggest']({ timeLimitMs: 600_000, limits: { excludeKinds: kinds } }, context));
  return valueOf(await blotter['blotter.promote']({ legIds: hedge.legs.map((leg) => leg.id), validMinutes: 30 }, context)).tickets;
}

/** The made-up desk with one loan that falls where it is and could stand elsewhere. */
const desk: LoanDesk = {
  loans: [{ id: 'TIGHT', eth: 1000, usdc: 1_340_000 }],
  poolLoans: [
    { id: 'EASY', eth: 3000, usdc: 500_000 },
    { id: 'CLOSE', eth: 1000, usdc: 1_420_000 },
  ],
  cash: 0,
  reserveEth: 2_000_000,
};

beforeAll(() => {
  const book = valueOf(session.create(`${folder.path}/desk.interlock`, 'Desk'));
  const contents = loanContents(desk);
  valueOf(
    book.edit('Desk', [
      ...contents.venues.map((row) => ({ kind: 'putVenue' as const, row })),
      ...contents.assets.map((row) => ({ kind: 'putAsset' as const, row })),
      ...contents.accounts.map((row) => ({ kind: 'putAccount' as const, row })),
      ...contents.instruments.map((row) => ({ kind: 'putInstrument' as const, row })),
      ...contents.positions.map((row) => ({ kind: 'putPosition' as const, row })),
      { kind: 'putScenarioSet' as const, row: deskSet },
    ]),
  );
  valueOf(book.putSnapshot(loanSnapshot(desk)));
  valueOf(book.activateScenarioSet(deskSet.id));
});

afterAll(() => {
  session.close();
  folder.remove();
});

test('a loan that moves is two tickets, and booking both changes the four rows it is about, each undone as a step', async () => {
  const tickets = await ticketsWithout([...trades, 'deleverage', 'withdraw', 'switchCollateral', 'switchDebt']);
  const leg = hedge.legs.find(({ kind }) => kind === 'migrate');
  if (leg?.carries === undefined || leg.target === undefined || leg.payer === undefined) throw new Error('no loan moves');
  const [debt, collateral] = tickets.filter((ticket) => ticket.source.includes(leg.id));
  if (debt === undefined || collateral === undefined) throw new Error('it is not two tickets');
  expect(collateral.title).toContain('of collateral from');
  const rows = [leg.target, leg.payer, leg.carries.from, leg.carries.to];
  const before = rows.map(({ accountId, instrumentId }) => held(accountId, instrumentId));
  const start = digest();
  for (const ticket of [debt, collateral]) valueOf(await blotter['blotter.fill']({ id: ticket.id, quantity: ticket.quantity }, context));
  const moved = Number(leg.quantity);
  const carried = Number(leg.carries.quantity);
  const changes = rows.map(({ accountId, instrumentId }, index) => held(accountId, instrumentId) - (before[index] ?? Number.NaN));
  [moved, -moved, -carried, carried].forEach((expected, index) => expect(changes[index]).toBeCloseTo(expected, 5));
  for (let step = 0; step < 2; step += 1) valueOf(await books['book.undo']({}, context));
  expect(digest()).toBe(start);
  valueOf(await books['book.undo']({}, context));
});

test('collateral that is switched for another is booked at its rate into a row that the book did not have', async () => {
  const tickets = await ticketsWithout([...trades, 'deleverage', 'withdraw', 'switchDebt', 'migrate']);
  const ticket = tickets.find(({ kind }) => kind === 'switchCollateral');
  if (ticket === undefined) throw new Error('no collateral is switched');
  expect(held(ticket.accountId, ticket.instrumentId)).toBe(0);
  const paidBefore = held(ticket.payAccountId, ticket.payInstrumentId);
  valueOf(await blotter['blotter.fill']({ id: ticket.id, quantity: ticket.quantity, price: ticket.limitPrice ?? '1' }, context));
  expect(held(ticket.accountId, ticket.instrumentId)).toBeCloseTo(Number(ticket.quantity), 6);
  const paid = paidBefore - held(ticket.payAccountId, ticket.payInstrumentId);
  expect(paid).toBeCloseTo(Number(ticket.quantity) * Number(ticket.limitPrice), 4);
});
