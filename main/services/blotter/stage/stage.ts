import type { BookEdit, JournalStep, OpenBook } from '../../../book/open-book.ts';
import type { BlotterStage, StagedTicket } from '../../../contract/blotter-stage.ts';
import type { CallContext, Services } from '../../../contract/contract.ts';
import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { fail, succeed, type Result } from '../../../domain/failure.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import type { Instant } from '../../../domain/time.ts';
import { orderOf } from '../../hedge/legs.ts';
import type { Setting } from '../../hedge/setting.ts';
import { stagedLegs, ticketLeg, type StagedLeg } from '../../hedge/staging/staged-legs.ts';
import { questionDigest } from '../../remembered.ts';
import type { Session } from '../../session.ts';
import { groundOf, tellBlotter, usualTerms } from '../blotter-at.ts';
import { stageTickets, type LegToStage, type StageGround } from './stage-tickets.ts';
import { stageStatement } from './stage-words.ts';

/** The standing suggestion compared with the fresh one, and what that was made from. */
export type Compared = {
  readonly book: OpenBook;
  readonly refresh: HedgeRefresh;
  readonly setting: Setting;
  readonly inputsDigest: string;
  /** Names book, market and blotter as they were. */
  readonly stateDigest: string;
  readonly tickets: readonly Ticket[];
  /** Why a leg was suggested in the first place. */
  readonly reasonOf: (legId: string) => string | null;
};

/** What staging needs of the hedge desk; `now` is the clock. */
export type StageDeps = {
  readonly session: Session;
  readonly compare: (context: CallContext) => Promise<Result<Compared>>;
  /** Makes the legs the standing suggestion, as long as the step is not undone. */
  readonly adopt: (compared: Compared, legs: readonly StagedLeg[], step: JournalStep | null) => void;
  readonly now: () => Instant;
};

/** How far a limit may lie from bid, ask or rate, and how long a ticket lives. */
type Terms = { readonly toleranceFraction: number; readonly validMinutes: number };
type Drawn = {
  readonly id: string;
  readonly compared: Compared;
  readonly legs: readonly StagedLeg[];
  readonly terms: Terms;
  readonly isDone: boolean;
};

const minuteMs = 60_000;

/** A refresh as a ready blotter: drawn up first, done as it was shown. */
export function createStageServices({
  session,
  compare,
  adopt,
  now,
}: StageDeps): Pick<Services, 'blotter.stagePlan' | 'blotter.stageRefresh'> {
  let drawn: Drawn | null = null;
  return {
    'blotter.stagePlan': async ({ toleranceFraction = usualTerms.toleranceFraction, validMinutes = usualTerms.validMinutes }, context) => {
      const compared = await compare(context);
      if (!compared.ok) return compared;
      const next = drawnOf(compared.value, inOrder(stagedLegs(compared.value)), { toleranceFraction, validMinutes });
      const staged = ticketsOf(next, now());
      if (!staged.ok) return staged;
      drawn = next;
      return succeed({ runId: context.runId, stageId: next.id, ...told(compared.value.refresh, staged.value.tickets) });
    },
    'blotter.stageRefresh': async ({ stageId }) => {
      const book = session.book();
      if (!book.ok) return book;
      if (drawn?.id !== stageId)
        return fail('notFound', 'this staging is no longer the one that was drawn up last', {
          remedy: 'Look at what would be staged again.',
        });
      const state = stateDigestOf(book.value);
      if (!state.ok) return state;
      // Asked for again, what is done already stays as it is.
      const isSame = drawn.compared.book === book.value;
      if (isSame && drawn.isDone && state.value === drawn.compared.stateDigest)
        return tellBlotter({ session, book: book.value, asOf: now() });
      if (!isSame || state.value !== drawn.compared.stateDigest)
        return fail('conflict', 'the book, its market or the blotter has changed since this staging was drawn up', {
          remedy: 'Look at what would be staged again; nothing was changed.',
        });
      const staged = ticketsOf(drawn, now());
      if (!staged.ok) return staged;
      const done = apply(book.value, staged.value.edits);
      if (!done.ok) return done;
      adopt(drawn.compared, drawn.legs, done.value);
      const after = stateDigestOf(book.value);
      if (!after.ok) return after;
      drawn = { ...drawn, isDone: true, compared: { ...drawn.compared, stateDigest: after.value } };
      session.changed();
      return tellBlotter({ session, book: book.value, asOf: now() });
    },
  };
}

/** Named by everything that decides it, so that what is staged is what was shown. */
function drawnOf(compared: Compared, legs: readonly StagedLeg[], terms: Terms): Drawn {
  const amounts = legs.map(({ candidate, quantity, isKept }) => [candidate.id, quantity, isKept]);
  return { id: questionDigest([compared.stateDigest, compared.refresh.madeAt, amounts, terms]), compared, legs, terms, isDone: false };
}

function told(refresh: HedgeRefresh, tickets: readonly StagedTicket[]): Omit<BlotterStage, 'runId' | 'stageId'> {
  const isInLine = tickets.every(({ action }) => action === 'keep');
  return {
    madeAt: refresh.madeAt,
    changes: refresh.changes,
    statement: stageStatement(tickets, { isInLine, falls: refresh.standingFalls, stagedFalls: refresh.actedFalls }),
    tickets: [...tickets],
    isInLine,
    whyBands: refresh.whyBands,
    standing: refresh.standing,
    standingFalls: refresh.standingFalls,
    staged: refresh.acted,
    stagedFalls: refresh.actedFalls,
  };
}

function apply(book: OpenBook, edits: readonly BookEdit[]): Result<JournalStep | null> {
  return edits.length === 0 ? succeed(null) : book.edit('Stage the suggestion in the blotter', edits);
}

/** The order in which the legs can be carried out. */
function inOrder(legs: readonly StagedLeg[]): readonly StagedLeg[] {
  const order = orderOf(legs.map(({ candidate }) => candidate));
  return legs.toSorted((a, b) => order(a.candidate) - order(b.candidate));
}

function ticketsOf({ compared, legs, terms }: Drawn, now: Instant): ReturnType<typeof stageTickets> {
  const ground = groundOf(compared.book);
  if (!ground.ok) return ground;
  const at: StageGround = {
    ground: ground.value,
    tickets: compared.tickets,
    inputsDigest: compared.inputsDigest,
    now,
    expiresAt: new Date(Date.parse(now) + terms.validMinutes * minuteMs).toISOString(),
    toleranceFraction: terms.toleranceFraction,
  };
  return stageTickets(
    at,
    legs.map((leg): LegToStage => ({
      id: leg.candidate.id,
      quantity: leg.quantity,
      isKept: leg.isKept,
      legOf: (quantity) => ticketLeg(compared.setting, leg, quantity),
    })),
  );
}

/** Names the book, its active market and scenarios, and every ticket: two equal ones mean that nothing has changed between. */
export function stateDigestOf(book: OpenBook): Result<string> {
  const tickets = book.tickets();
  if (!tickets.ok) return tickets;
  const { activeSnapshotId, activeScenarioSetId } = book.info();
  return succeed(questionDigest([book.digest(), activeSnapshotId, activeScenarioSetId, tickets.value]));
}
