import { succeed, type Result } from '../../domain/failure.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { hedgeBook } from '../hedge/hedge-book.ts';
import { prepareSetting } from '../hedge/prepare.ts';
import type { Setting } from '../hedge/setting.ts';
import { packBook, type PackResult } from '../pack.ts';
import { packAt } from '../replay/run-path.ts';
import type { BacktestWork, Holdings } from './backtest-work.ts';
import { marketAt } from './market-at.ts';

/**
 * Everything a decision at the end of a bar may know: what is held by then, at the prices of that bar, with the closes of earlier days.
 * Quantities are packed at the snapshot and led to the bar's prices, as a replay does, so that both value the book alike. How soon a shock may
 * come is not looked at: the record of that comes from the same windows, and would look ahead.
 */
export function settingAt(work: BacktestWork, { contents }: Holdings, bar: number): Result<Setting> {
  const { inputs, path, confidence, pool, context } = work;
  const market = marketAt(work, bar);
  const book = hedgeBook(contents, market, inputs.scenarioSet);
  const packWith = (extraPositions: Parameters<typeof packBook>[3] & object): Result<PackResult> => {
    const packed = packBook(book.contents, { ...inputs.snapshot, crowd: market.crowd }, inputs.scenarioSet, extraPositions);
    return packed.ok ? succeed(enteredNow(packAt(packed.value, path.path.close, bar))) : packed;
  };
  return prepareSetting(book, {
    confidence,
    pool,
    context: { signal: context.signal, progress: () => undefined },
    packWith: (extraPositions) => packWith({ extraPositions }),
  });
}

/** Contracts that are not held yet would be entered at the prices of now, not at those of the snapshot. */
function enteredNow(pack: PackResult): PackResult {
  const { packed } = pack;
  const { kind, asset, forwardRatio } = packed.positions;
  const entryPriceUsd = packed.positions.entryPriceUsd.map((entry, p) => {
    const isNew = pack.positionIds[p]?.startsWith('extra:') === true;
    const isFuture = kind[p] === POSITION_KIND.linearFuture || kind[p] === POSITION_KIND.inverseFuture;
    return isNew && isFuture ? (forwardRatio[p] ?? 1) * (packed.initial.priceUsd[asset[p] ?? -1] ?? NaN) : entry;
  });
  return { ...pack, packed: { ...packed, id: `${packed.id} entered`, positions: { ...packed.positions, entryPriceUsd } } };
}
