import type { CallContext } from '../../contract/contract.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { hedgeAssumptions } from './assumptions.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { packBook, type ExtraPosition, type PackResult } from '../pack.ts';
import { missingRows, packedRows, priceProposals } from './proposals/candidates.ts';
import type { HedgeBook } from './hedge-book.ts';
import { retainedShocks } from './hedge-shocks.ts';
import { dailyShocks } from './daily-shocks.ts';
import { sharedMandates } from './mandates.ts';
import { listProposals } from './proposals/proposals.ts';
import { relevantOf } from './proposals/relevance.ts';
import { survivalStates } from './survival/hedge-states.ts';
import type { Setting } from './setting.ts';

/** Packs the book with rows that it does not have yet. */
export type PackWith = (extraPositions: readonly ExtraPosition[]) => Result<PackResult>;

/** Packs the book with every candidate as a position of quantity zero, and draws up the scenarios. `packWith` packs at other prices than the snapshot's. */
export function prepareSetting(
  book: HedgeBook,
  use: { confidence: number; pool: Pool; context: Pick<CallContext, 'signal' | 'progress'>; packWith?: PackWith },
): Result<Setting> {
  const proposals = listProposals(book);
  const extras = missingRows(book, proposals);
  const packWith: PackWith = use.packWith ?? ((extraPositions) => packBook(book.contents, book.snapshot, book.set, { extraPositions }));
  const pack = packWith(extras.map((row) => ({ ...row, quantity: '0' })));
  if (!pack.ok) return pack;
  const days = dailyShocks(book.snapshot, book.set, pack.value.driverIds);
  if (!days.ok) return days;
  const { packed } = pack.value;
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, measures);
  const priced = priceProposals(pack.value, { proposals, rows: packedRows(book, pack.value, extras) });
  const { candidates, notConsidered } = relevantOf(pack.value, book.set, priced);
  const survival = survivalStates(book, pack.value);
  if (!survival.ok) return survival;
  return succeed({
    book,
    pack: pack.value,
    candidates,
    notConsidered,
    mandates: sharedMandates(candidates),
    shocks: { retained: retainedShocks(book.set), days: days.value.map((day) => day.shock), dayNames: days.value.map((day) => day.day) },
    survival: survival.value,
    equityBeforeUsd: measures.equityUsd.reduce((sum, value) => sum + value, 0),
    leastTradeUsd: hedgeAssumptions.leastTradeUsd,
    custodyAccounts: packed.accounts.family.filter((family) => family === FAMILY.custody).length,
    confidence: use.confidence,
    pool: use.pool,
    context: use.context,
  });
}
