import { chords, reserveImpactUsd, squareRootImpactUsd, type MarketImpact } from '../../../engine/hedge/market-impact.ts';
import { positionGreeks, type PositionGreeks } from '../../../engine/packed/position-delta.ts';
import type { PackResult } from '../../pack.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { HedgeBook } from '../hedge-book.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { DailyShock } from '../shocks/daily-shocks.ts';

/** What impact is worked out from: the days give the volatility; the factor of the law is the usual one where left out, 0 = no impact. */
export type ImpactGround = {
  readonly book: HedgeBook;
  readonly pack: PackResult;
  readonly days: readonly DailyShock[];
  readonly coefficient?: number | undefined;
};

/**
 * The candidates with what the price gives way to them. All accounts that trade an instrument in the same direction meet the same market,
 * whether they open or close, so that they share one curve.
 */
export function withImpacts(ground: ImpactGround, candidates: readonly Candidate[]): readonly Candidate[] {
  const markets = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.depth === null) continue;
    const name = marketOf(candidate);
    markets.set(name, [...(markets.get(name) ?? []), candidate]);
  }
  const impacts = new Map([...markets].map(([name, traders]) => [name, impactOf(ground, name, traders)] as const));
  return candidates.map((candidate) => {
    const impact = candidate.depth === null ? null : (impacts.get(marketOf(candidate)) ?? null);
    return impact === null ? candidate : { ...candidate, impact };
  });
}

function marketOf({ side, target }: Candidate): string {
  return `${side} ${target.instrumentId}`;
}

/** Each account may trade as much as its market bears, so that the last knot lies where all of them together can come to. */
function impactOf(ground: ImpactGround, market: string, traders: readonly Candidate[]): MarketImpact | null {
  const [first] = traders;
  const { coefficient = hedgeAssumptions.impactCoefficient } = ground;
  const recorded = first?.depth?.recorded;
  if (first === undefined || recorded === undefined || coefficient === 0) return null;
  const bearsUsd = Math.max(...traders.map(({ depth, notionalUsd }) => (depth?.units ?? 0) * notionalUsd));
  const accounts = new Set(traders.map(({ targetAccount }) => targetAccount)).size;
  const knotsUsd = [...hedgeAssumptions.impactKnots, ...(accounts > 1 ? [accounts] : [])].map((share) => share * bearsUsd);
  if (recorded.kind === 'reserve') return chords(market, knotsUsd, (usd) => coefficient * reserveImpactUsd(usd, recorded.usd));
  const terms = { volatility: volatilityOf(ground, first), volumeUsd: recorded.usd, coefficient };
  return chords(market, knotsUsd, (usd) => squareRootImpactUsd(usd, terms));
}

/** Daily volatility of a contract's price as a share of its notional: its underlying's; an option's price moves with its delta. */
function volatilityOf(ground: ImpactGround, { target, targetRow, notionalUsd, isOption }: Candidate): number {
  const instrument = ground.book.instrument(target.instrumentId);
  const underlyingId = instrument !== undefined && 'underlyingId' in instrument ? instrument.underlyingId : '';
  const daily = dailyVolatility(ground.days, underlyingId);
  if (!isOption) return daily;
  const { packed } = ground.pack;
  positionGreeks(packed, targetRow, packed.initial, unit);
  return (daily * Math.abs(unit.deltaCoin) * (packed.initial.priceUsd[packed.positions.asset[targetRow] ?? 0] ?? 0)) / notionalUsd;
}

const unit: PositionGreeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };

/** Root mean square of the daily moves of the loss distribution; of the driver that moves most where the asset is none itself. */
export function dailyVolatility(days: readonly DailyShock[], driverId: string): number {
  const of = (id: string): number => Math.sqrt(days.reduce((sum, { shock }) => sum + (shock.moves[id] ?? 0) ** 2, 0) / days.length);
  const drivers = Object.keys(days[0]?.shock.moves ?? {});
  return drivers.includes(driverId) ? of(driverId) : Math.max(0, ...drivers.map((id) => of(id)));
}
