import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BlotterStage } from '../../../main/contract/blotter-stage.ts';
import type { BlotterTicket } from '../../../main/contract/blotter.ts';
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
const hedges = createHedgeServices(session, createInlinePool(), () => now);
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };
let hedge: HedgeResult;

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
};
const failureOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : `${result.failure.reason}: ${result.failure.message}`);
const list = async (): Promise<readonly BlotterTicket[]> => valueOf(await blotter['blotter.list']({}, context)).tickets;
const undo = async (): Promise<unknown> => valueOf(await books['book.undo']({}, context));
const redo = async (): Promise<unknown> => valueOf(await books['book.redo']({}, context));
const plan = async (): Promise<BlotterStage> => valueOf(await hedges['blotter.stagePlan']({}, context));
const stage = (stageId: string) => hedges['blotter.stageRefresh']({ stageId }, context);
const steps = (): number =>
  valueOf(session.book())
    .journal(200)
    .filter((step) => !step.isUndone).length;
const actions = ({ tickets }: BlotterStage): readonly string[] => tickets.map(({ action }) => action);

/** Takes some of what an account has pledged out of the book, so that it needs more than it was given. */
async function weaken(accountId: string, share: number): Promise<void> {
  const { positions } = valueOf(valueOf(session.book()).contents());
  const pledged = positions.find((each) => each.accountId === accountId && Number(each.quantity) > 0);
  if (pledged === undefined) throw new Error(`${accountId} has nothing pledged`);
  const row = { ...pledged, quantity: (Number(pledged.quantity) * (1 - share)).toFixed(4) };
  valueOf(await books['book.edit']({ label: 'Take some out', edits: [{ kind: 'putPosition', row }] }, context));
}

async function fillShare(ticket: BlotterTicket, share: number): Promise<string> {
  const quantity = String(Math.max(1, Math.floor(Number(ticket.quantity) * share)));
  const price = ticket.limitPrice === null ? {} : { price: ticket.limitPrice };
  valueOf(await blotter['blotter.fill']({ id: ticket.id, quantity, ...price }, context));
  return quantity;
}

beforeAll(async () => {
  valueOf(await books['book.openDemo']({}, context));
  hedge = valueOf(await hedges['hedge.suggest']({ timeLimitMs: 600_000 }, context));
}, 120_000);

// Every test begins with the demo book as it came, and with what was suggested for it.
let floor = 0;
beforeEach(async () => {
  floor = steps();
  return async () => {
    while (steps() > floor) await undo();
  };
});

afterAll(() => {
  session.close();
  folder.remove();
});

describe('staging the suggestion in an empty blotter', () => {
  test('makes one ticket of each leg as promoting does, in one step, and staging again changes nothing', { timeout: 60_000 }, async () => {
    valueOf(await blotter['blotter.promote']({ legIds: hedge.legs.map(({ id }) => id) }, context));
    const promoted = await list();
    await undo();
    const drawn = await plan();
    expect(actions(drawn)).toEqual(hedge.legs.map(() => 'make'));
    expect(drawn).toMatchObject({ isInLine: false, whyBands: null, changes: [], stagedFalls: drawn.standingFalls });
    expect(await list()).toEqual([]);
    valueOf(await stage(drawn.stageId));
    const staged = await list();
    const told = ({ title, quantity, limitPrice, limitBasis, reason, expiresAt, source, payAccountId }: BlotterTicket) => ({
      title,
      quantity,
      limitPrice,
      limitBasis,
      reason,
      expiresAt,
      source,
      payAccountId,
    });
    expect(staged.map(told).toSorted((a, b) => a.title.localeCompare(b.title))).toEqual(
      promoted.map(told).toSorted((a, b) => a.title.localeCompare(b.title)),
    );
    expect(steps()).toBe(floor + 1);
    valueOf(await stage(drawn.stageId));
    const again = await plan();
    expect(again.isInLine).toBe(true);
    expect(actions(again)).toEqual(hedge.legs.map(() => 'keep'));
    valueOf(await stage(again.stageId));
    expect(await list()).toEqual(staged);
    expect(steps()).toBe(floor + 1);
  });

  test('is taken back whole by one undo, and what stood before stands again', { timeout: 60_000 }, async () => {
    const before = await plan();
    valueOf(await stage(before.stageId));
    await undo();
    expect(await list()).toEqual([]);
    expect((await plan()).tickets.map(({ title, action }) => [title, action])).toEqual(before.tickets.map(({ title }) => [title, 'make']));
    await redo();
    expect((await plan()).isInLine).toBe(true);
  });
});

describe('staging after the book has changed', () => {
  beforeEach(async () => {
    const drawn = await plan();
    valueOf(await stage(drawn.stageId));
  }, 60_000);

  test(
    'gives an account that falls with the standing legs what it needs, keeps legs inside their bands, and then is in line',
    { timeout: 60_000 },
    async () => {
      const before = await list();
      await weaken('MRP-2', 0.05);
      const drawn = await plan();
      expect(drawn.standingFalls).toContain('MRP-2');
      expect(drawn.stagedFalls).toEqual([]);
      expect(drawn.statement).toMatch(/MRP-2 falls with the standing legs and holds with these/);
      const changed = drawn.tickets.filter(({ action }) => action !== 'keep');
      expect(changed.map(({ action, accountId }) => [action, accountId])).toContainEqual(['change', 'MRP-2']);
      const legs = session.refresh.last()?.legs ?? [];
      valueOf(await stage(drawn.stageId));
      const after = await list();
      for (const { id, change, actQuantity } of legs) {
        const left = after.filter(({ source }) => source.endsWith(`#${id}`)).map(({ remainingQuantity }) => remainingQuantity);
        expect([id, change, left]).toEqual([id, change, actQuantity === null ? [] : [actQuantity]]);
      }
      expect(await plan()).toMatchObject({ isInLine: true, standingFalls: [] });
      await undo();
      expect(await list()).toEqual(before);
    },
  );

  test('counts what is filled: what was repaid is not staged again, and the ticket keeps its fills', { timeout: 120_000 }, async () => {
    const ticket = (await list()).find(({ kind, accountId }) => kind === 'repay' && accountId === 'MRP-2');
    if (ticket === undefined) throw new Error('the suggestion does not repay on MRP-2');
    const wanted = async () => (await plan()).tickets.find(({ ticketId }) => ticketId === ticket.id)?.stagedQuantity;
    await weaken('MRP-2', 0.05);
    const whole = Number(await wanted());
    await undo();
    const filled = await fillShare(ticket, 0.4);
    await weaken('MRP-2', 0.05);
    const drawn = await plan();
    const own = drawn.tickets.find(({ ticketId }) => ticketId === ticket.id);
    expect(own).toMatchObject({ action: 'change', filledQuantity: filled, openQuantity: String(Number(ticket.quantity) - Number(filled)) });
    const leg = session.refresh.last()?.legs.find(({ id }) => ticket.source.endsWith(`#${id}`));
    expect(leg).toMatchObject({ change: 'more', standingQuantity: own?.openQuantity });
    // The program takes steps of 10,000.
    expect(whole).toBeGreaterThan(Number(ticket.quantity));
    expect(Math.abs(Number(own?.stagedQuantity) + Number(filled) - whole)).toBeLessThanOrEqual(20_000);
    valueOf(await stage(drawn.stageId));
    const after = (await list()).find(({ id }) => id === ticket.id);
    expect(after).toMatchObject({ state: 'partlyFilled', filledQuantity: filled, remainingQuantity: own?.stagedQuantity });
    expect(after?.title).toContain(Number(after?.quantity).toLocaleString('en-US'));
    expect((await plan()).isInLine).toBe(true);
  });

  test('does not stage a leg again whose ticket is filled', { timeout: 120_000 }, async () => {
    const ticket = (await list()).find(({ kind, accountId }) => kind === 'repay' && accountId === 'MRP-2');
    if (ticket === undefined) throw new Error('the suggestion does not repay on MRP-2');
    await fillShare(ticket, 1);
    const drawn = await plan();
    expect(drawn.tickets.filter(({ accountId }) => accountId === 'MRP-2')).toEqual([]);
  });

  test('cancels what no leg wants: an open ticket goes, one with fills is closed at what is filled', { timeout: 120_000 }, async () => {
    const [first] = (await list()).filter(({ kind }) => kind === 'trade');
    if (first === undefined) throw new Error('the suggestion has no trade');
    const book = valueOf(session.book());
    const { state: _s, remainingQuantity: _r, ...row } = first;
    const stranger = { ...row, id: 'old#1', source: 'former#open:buy:NOWHERE:none', quantity: '10', filledQuantity: '0' };
    const partly = { ...stranger, id: 'old#2', filledQuantity: '4' };
    valueOf(
      book.edit(
        'Old tickets',
        [stranger, partly].map((each) => ({ kind: 'putTicket' as const, row: each })),
      ),
    );
    const drawn = await plan();
    const cancelled = drawn.tickets.filter(({ action }) => action === 'cancel');
    expect(cancelled.map(({ ticketId, openQuantity, stagedQuantity }) => [ticketId, openQuantity, stagedQuantity])).toEqual([
      ['old#1', '10', '0'],
      ['old#2', '6', '0'],
    ]);
    valueOf(await stage(drawn.stageId));
    const after = await list();
    expect(after.find(({ id }) => id === 'old#1')).toBeUndefined();
    expect(after.find(({ id }) => id === 'old#2')).toMatchObject({ state: 'filled', quantity: '4', filledQuantity: '4' });
  });

  test(
    'renews an expired ticket and one whose limit the market has left behind, but not a limit set by hand',
    { timeout: 120_000 },
    async () => {
      const [first, second] = (await list()).filter(({ kind, side }) => kind === 'trade' && side === 'sell');
      if (first === undefined || second === undefined) throw new Error('the suggestion has no two sales');
      const book = valueOf(session.book());
      const { state: _s, remainingQuantity: _r, ...row } = first;
      const high = String(Number(first.limitPrice) * 2);
      valueOf(book.edit('A limit of long ago', [{ kind: 'putTicket', row: { ...row, limitPrice: high } }]));
      valueOf(await blotter['blotter.edit']({ id: second.id, change: { limitPrice: String(Number(second.limitPrice) * 2) } }, context));
      const drawn = await plan();
      const of = (id: string) => drawn.tickets.find(({ ticketId }) => ticketId === id);
      expect(of(first.id)).toMatchObject({ action: 'renew', limitPrice: first.limitPrice });
      expect(of(first.id)?.why).toContain(`left its limit of ${high}`);
      expect(of(second.id)).toMatchObject({ action: 'keep' });
      now = '2026-02-06T21:40:00.000Z';
      const late = await plan();
      expect(new Set(actions(late))).toEqual(new Set(['renew']));
      valueOf(await stage(late.stageId));
      expect((await list()).map(({ state }) => state)).toEqual(hedge.legs.map(() => 'open'));
      now = '2026-02-05T21:40:00.000Z';
    },
  );

  test(
    'is refused by name once the book, or the blotter, has changed since it was drawn up, and changes nothing',
    { timeout: 60_000 },
    async () => {
      const drawn = await plan();
      await weaken('MRP-2', 0.001);
      const before = await list();
      expect(failureOf(await stage(drawn.stageId))).toMatch(/^conflict: the book, its market or the blotter has changed/);
      await undo();
      valueOf(await stage(drawn.stageId));
      const next = await plan();
      const [first] = before;
      valueOf(await blotter['blotter.edit']({ id: first?.id ?? '', change: { reason: 'mine' } }, context));
      expect(failureOf(await stage(next.stageId))).toMatch(/^conflict/);
      expect(failureOf(await stage('none'))).toMatch(/^notFound/);
    },
  );
});
