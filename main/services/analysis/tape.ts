import type { AnalysisResult } from '../../contract/analysis.ts';
import type { Listing } from '../../domain/snapshot.ts';
import { instantToMs } from '../../domain/time.ts';
import { ASSET_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from './engine-run.ts';

type TapeItem = AnalysisResult['tape'][number];

/** Days to expiry whose at-the-money volatility the tape shows. */
const TAPE_DAYS = 30;

/** The line of prices at the top: drivers with their change of a day, wrappers against their backing, volatility, stables. */
export function tape(run: EngineRun): TapeItem[] {
  const { pack, inputs } = run;
  const { initial, assets } = pack.packed;
  const before = new Map(inputs.snapshot.dayBefore.map((row) => [row.assetId, row.priceUsd]));
  const drivers = pack.driverIds.map((id, d): TapeItem => {
    const price = initial.priceUsd[pack.packed.drivers[d] ?? 0] ?? 0;
    const then = before.get(id);
    return {
      label: id,
      value: price,
      unit: 'usd',
      change: then === undefined || then === 0 ? null : (price / then - 1) * 100,
      changeUnit: 'percent',
    };
  });
  const discounts = [...assets.claimOrder].flatMap((asset): TapeItem[] => {
    const discount = initial.discountFraction[asset] ?? 0;
    return discount > 0
      ? [{ label: `${pack.assetIds[asset] ?? ''} disc.`, value: discount * 100, unit: 'percent', change: null, changeUnit: 'basisPoints' }]
      : [];
  });
  const volatilities = pack.driverIds.flatMap((id): TapeItem[] => {
    const volatility = volatilityNear(inputs.snapshot.listings, id, instantToMs(inputs.snapshot.asOf));
    return volatility === null
      ? []
      : [{ label: `${id} vol ${TAPE_DAYS}d`, value: volatility * 100, unit: 'points', change: null, changeUnit: 'points' }];
  });
  const stables = pack.assetIds.flatMap((id, asset): TapeItem[] =>
    assets.kind[asset] === ASSET_KIND.stable && assets.isUnpriced[asset] === 0
      ? [
          {
            label: id,
            value: initial.priceUsd[asset] ?? 0,
            unit: 'usd',
            change: ((initial.priceUsd[asset] ?? 1) - 1) * 1e4,
            changeUnit: 'basisPoints',
          },
        ]
      : [],
  );
  return [...drivers, ...discounts, ...volatilities, ...stables.slice(0, 1)];
}

/** Implied volatility of the listed option nearest to 30 days and to the forward; null without a chain. */
function volatilityNear(listings: readonly Listing[], underlyingId: string, nowMs: number): number | null {
  let best: { days: number; strike: number; volatility: number } | null = null;
  for (const { instrument, impliedVolatility, underlyingPriceUsd } of listings) {
    if (instrument.kind !== 'option' || instrument.underlyingId !== underlyingId || impliedVolatility === null || !(impliedVolatility > 0))
      continue;
    const days = Math.abs((instantToMs(instrument.expiry) - nowMs) / 86_400_000 - TAPE_DAYS);
    const strike = Math.abs(Math.log(Number(instrument.strike) / underlyingPriceUsd));
    if (best === null || days < best.days - 1e-9 || (Math.abs(days - best.days) <= 1e-9 && strike < best.strike))
      best = { days, strike, volatility: impliedVolatility };
  }
  return best?.volatility ?? null;
}
