import type { CallContext } from '../../contract/contract.ts';
import type { HedgeSurvivalWish } from '../../contract/hedge-survival.ts';
import { succeed } from '../../domain/failure.ts';
import type { TransferTerms } from '../../domain/system.ts';
import type { Result } from '../../domain/failure.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { hedgeAssumptions } from './assumptions.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { packBook, type ExtraPosition, type PackResult } from '../pack.ts';
import { missingRows, packedRows, priceProposals } from './proposals/candidates.ts';
import type { HedgeBook } from './hedge-book.ts';
import { retainedShocks } from './shocks/hedge-shocks.ts';
import { dailyShocks } from './shocks/daily-shocks.ts';
import { withImpacts } from './impact/market-impacts.ts';
import { sharedMandates } from './limits/mandates.ts';
import { listProposals } from './proposals/proposals.ts';
import { relevantOf } from './proposals/relevance.ts';
import { survivalStates } from './survival/hedge-states.ts';
import type { Setting } from './setting.ts';
import { withAwaited } from './latency/awaited.ts';
import { earliestArrival } from './latency/earliest-arrival.ts';
import { latencyMinutes } from './latency/leg-latency.ts';

/** Packs the book with rows that it does not have yet. */
export type PackWith = (extraPositions: readonly ExtraPosition[]) => Result<PackResult>;

/** What a setting is prepared with beside its book. */
type PrepareUse = {
  readonly confidence: number;
  readonly pool: Pool;
  readonly context: Pick<CallContext, 'signal' | 'progress'>;
  /** Packs at other prices than the snapshot's. */
  readonly packWith?: PackWith;
  /** What moving cash takes, and how soon shocks come; everything arrives in time where left out. */
  readonly transferTerms?: TransferTerms | undefined;
  readonly noticeMinutes?: number | undefined;
  /** Factor of the law by which prices give way to trades; the usual where left out, 0 = none does. */
  readonly impactCoefficient?: number | undefined;
  /** What is taken to go wrong with hedges; the usual where left out. */
  readonly survival?: HedgeSurvivalWish | undefined;
};

/** Packs the book with every candidate as a position of quantity zero, and draws up the scenarios. */
export function prepareSetting(book: HedgeBook, use: PrepareUse): Result<Setting> {
  const terms = use.transferTerms;
  const proposals = listProposals(book).map((each) =>
    terms === undefined ? each : { ...each, latencyMinutes: latencyMinutes(book, terms, each) },
  );
  const extras = missingRows(book, proposals);
  const packWith: PackWith = use.packWith ?? ((extraPositions) => packBook(book.contents, book.snapshot, book.set, { extraPositions }));
  const pack = packWith(extras.map((row) => ({ ...row, quantity: '0' })));
  if (!pack.ok) return pack;
  const days = dailyShocks(book.snapshot, book.set, pack.value.driverIds);
  if (!days.ok) return days;
  const { packed } = pack.value;
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, measures);
  const ground = { book, pack: pack.value, days: days.value.map((day) => day.shock) };
  const priced = priceProposals(ground, { proposals, rows: packedRows(book, pack.value, extras) });
  const relevant = relevantOf(pack.value, book.set, priced);
  const retained = retainedShocks(book.set);
  const timing = { moves: terms?.moves, noticeMinutes: use.noticeMinutes };
  const earliestMinutes = Float64Array.from(retained, (shock) => earliestArrival(shock, timing));
  const survival = survivalStates(book, pack.value, use.survival);
  if (!survival.ok) return survival;
  const impact = { book, pack: pack.value, days: days.value, coefficient: use.impactCoefficient };
  const candidates = withAwaited({
    pack: pack.value,
    candidates: withImpacts(impact, relevant.candidates),
    earliestMinutes,
    survival: survival.value,
  });
  return succeed({
    book,
    pack: pack.value,
    candidates,
    notConsidered: relevant.notConsidered,
    mandates: sharedMandates(candidates),
    timing: { ...timing, transferTerms: terms },
    shocks: { retained, earliestMinutes, days: ground.days, dayNames: days.value.map((day) => day.day) },
    survival: survival.value,
    equityBeforeUsd: measures.equityUsd.reduce((sum, value) => sum + value, 0),
    leastTradeUsd: hedgeAssumptions.leastTradeUsd,
    custodyAccounts: packed.accounts.family.filter((family) => family === FAMILY.custody).length,
    confidence: use.confidence,
    pool: use.pool,
    context: use.context,
  });
}
