import type { OpenBook } from '../../../book/open-book.ts';
import type { CallContext, ParsedInputOf, Services } from '../../../contract/contract.ts';
import { fail, succeed, type Result } from '../../../domain/failure.ts';
import type { Instant } from '../../../domain/time.ts';
import { createStageServices, stateDigestOf, type Compared } from '../../blotter/stage/stage.ts';
import type { Session } from '../../session.ts';
import { refreshSuggestion, type Standing } from '../refresh/refresh.ts';
import type { Setting } from '../setting.ts';
import { openPlan } from './open-plan.ts';
import { planOfLegs } from './staged-legs.ts';
import { createStandingShelf } from './standing-shelf.ts';

/** The last suggestion that was carried out of here, whatever has changed since; with the call it was made for and why each leg was. */
export type Stood = Standing & {
  readonly inputsDigest: string;
  readonly input: Omit<ParsedInputOf<'hedge.suggest'>, 'runId'>;
  readonly madeAt: string;
  readonly reasons: ReadonlyMap<string, string>;
};

/** What the desk needs: to prepare a suggestion for the book as it is now, with the time its programs may take; `now` is the clock. */
export type StandingDeps = {
  readonly session: Session;
  readonly prepare: (input: Stood['input'], context: CallContext) => Result<{ readonly setting: Setting; readonly inputsDigest: string }>;
  readonly limitMs: (input: Stood['input']) => number;
  readonly now: () => Instant;
};

/** The suggestion that stands: compared with the one that would be made now, and staged in the blotter. */
export type StandingDesk = {
  /** A suggestion was made: it stands from now on. */
  readonly suggested: (book: OpenBook, stood: Stood) => void;
  readonly services: Pick<Services, 'hedge.refresh' | 'blotter.stagePlan' | 'blotter.stageRefresh'>;
};

/** A desk on which nothing stands yet. */
export function createStandingDesk(deps: StandingDeps): StandingDesk {
  const { session, now } = deps;
  const shelf = createStandingShelf<Stood>();
  let last: Compared | null = null;
  const compare = async (context: CallContext): Promise<Result<Compared>> => {
    const book = session.book();
    if (!book.ok) return book;
    const stood = shelf.of(book.value);
    if (stood === null) return fail('notFound', 'no suggestion stands for this book', { remedy: 'Ask for a suggestion first.' });
    const found = await compareWith(deps, { book: book.value, stood }, context);
    if (found.ok) last = found.value;
    return found;
  };
  return {
    suggested: (book, stood) => {
      shelf.suggest(book, stood);
      last = null;
    },
    services: {
      'hedge.refresh': async (_, context) => {
        const found = await compare(context);
        return found.ok ? succeed(found.value.refresh) : found;
      },
      ...createStageServices({
        session,
        now,
        compare: async (context) => (last !== null && isStillSo(session, last) ? succeed(last) : compare(context)),
        adopt: ({ book, setting, inputsDigest }, legs, step) => {
          const stood = shelf.of(book);
          if (stood === null) return;
          const reasons = new Map(legs.map(({ candidate, why }) => [candidate.id, why]));
          shelf.stage(book, { ...stood, setting, plan: planOfLegs(legs), inputsDigest, reasons, madeAt: new Date().toISOString() }, step);
          last = null;
        },
      }),
    },
  };
}

async function compareWith(
  { session, prepare, limitMs }: StandingDeps,
  { book, stood }: { readonly book: OpenBook; readonly stood: Stood },
  context: CallContext,
): Promise<Result<Compared>> {
  const started = performance.now();
  const elapsedMs = (): number => performance.now() - started;
  const tickets = book.tickets();
  if (!tickets.ok) return tickets;
  const state = stateDigestOf(book);
  if (!state.ok) return state;
  const prepared = prepare(stood.input, context);
  if (!prepared.ok) return prepared;
  const { setting, inputsDigest } = prepared.value;
  const plan = openPlan(stood.plan, { tickets: tickets.value, inputsDigest: stood.inputsDigest, offered: setting.candidates });
  const found = await refreshSuggestion(setting, { ...stood, plan }, () => limitMs(stood.input) - elapsedMs());
  if (!found.ok) return found;
  const ageSeconds = Math.max(0, (Date.now() - Date.parse(stood.madeAt)) / 1000);
  const refresh = { ...found.value, runId: context.runId, madeAt: stood.madeAt, ageSeconds, totalMs: elapsedMs() };
  session.refresh.set(inputsDigest, refresh);
  const reasonOf = (legId: string): string | null => stood.reasons.get(legId) ?? null;
  return succeed({ book, refresh, setting, inputsDigest, stateDigest: state.value, tickets: tickets.value, reasonOf });
}

/** Whether book, market and blotter are what they were when a comparison was made. */
function isStillSo(session: Session, { book, stateDigest }: Compared): boolean {
  const open = session.book();
  if (!open.ok || open.value !== book) return false;
  const state = stateDigestOf(book);
  return state.ok && state.value === stateDigest;
}
