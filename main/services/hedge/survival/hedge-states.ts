import { usualSurvival, type HedgeSurvivalWish } from '../../../contract/hedge-survival.ts';
import { fail, succeed, type Result } from '../../../domain/failure.ts';
import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import type { SurvivalState, SurvivalStates } from '../../../engine/hedge/survival/survival-states.ts';
import type { PackResult } from '../../pack.ts';
import { assumedCounterparties } from '../../policy/assumed-counterparties.ts';
import type { HedgeBook } from '../hedge-book.ts';
import { percentText } from '../words/words.ts';

/** Most that may go wrong on a bad day in all: the day as it was must stay the likeliest. */
const MOST_IN_ALL = 0.9;

/** The states of every venue with contracts and every stablecoin that their gains are paid in; null where they are switched off. */
export function survivalStates(book: HedgeBook, pack: PackResult, wish: HedgeSurvivalWish = {}): Result<SurvivalStates | null> {
  if (wish.isOff === true) return succeed(null);
  const { positions, accounts } = pack.packed;
  const settledIn = Int32Array.from(pack.instruments, (instrument) =>
    'settlementAssetId' in instrument ? (pack.assetIndex.get(instrument.settlementAssetId) ?? -1) : -1,
  );
  const rows = Array.from({ length: positions.count }, (_, row) => row).filter((row) => (positions.kind[row] ?? 0) > POSITION_KIND.debt);
  const venues = distinct(rows.map((row) => accounts.venue[positions.account[row] ?? 0] ?? -1));
  const coins = distinct(rows.map((row) => settledIn[row] ?? -1)).filter(
    (asset) => book.assets.get(pack.assetIds[asset] ?? '')?.kind === 'stable',
  );
  const { frozenFraction, deleveragedFraction, depeggedFraction, depegFraction } = usualSurvival;
  const states = [
    ...venues.map((subject): SurvivalState => ({ kind: 'frozen', subject, fraction: wish.frozenFraction ?? frozenFraction })),
    ...venues.map((subject): SurvivalState => ({
      kind: 'deleveraged',
      subject,
      fraction: wish.deleveragedFraction ?? deleveragedFraction,
    })),
    ...coins.map((subject): SurvivalState => ({ kind: 'depegged', subject, fraction: wish.depeggedFraction ?? depeggedFraction })),
  ].filter(({ fraction }) => fraction > 0);
  const inAll = states.reduce((sum, { fraction }) => sum + fraction, 0);
  if (inAll > MOST_IN_ALL)
    return fail(
      'invalidValue',
      `the states in which hedges are lost have a probability of ${percentText(inAll)} on a bad day, more than ${percentText(MOST_IN_ALL)}`,
      {
        remedy: 'Make them rarer.',
      },
    );
  return succeed({
    states,
    stressedFraction: usualSurvival.stressedFraction,
    depegFraction: wish.depegFraction ?? depegFraction,
    quietMove: assumedCounterparties.quietMove,
    settledIn,
  });
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].filter((value) => value >= 0).sort((a, b) => a - b);
}
