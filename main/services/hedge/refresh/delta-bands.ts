import { bandWidths, halfWidthNearTrigger, type HedgedGamma } from '../../../engine/hedge/no-trade-band.ts';
import { bookGreeks, unitGreeks } from '../../../engine/hedge/book-greeks.ts';
import { withQuantities } from '../../../engine/packed/packed-book.ts';
import { varianceOf } from '../../../engine/risk/path-risk.ts';
import type { RefreshBand } from '../../../contract/hedge-refresh.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { Outcome } from '../measures.ts';
import type { Candidate } from '../proposals/candidates.ts';
import { yearlyVolatility } from '../proposals/carry.ts';
import type { Setting } from '../setting.ts';
import type { LegChange } from './leg-changes.ts';

/** The band of the book's delta to one driver, and how much of it the legs that lean the same way as the book hold. Coins of the driver. */
export type DeltaBand = { readonly band: RefreshBand; readonly leaningCoin: number };

/** What the bands are drawn around: the standing legs, with the least that each account has above its requirement in any retained scenario. */
type Stood = { readonly outcome: Outcome; readonly worstExcessUsd: Float64Array };

const DAYS_PER_YEAR = 365;

/** Driver that a contract leans on, and what changing it as suggested does to the book's delta; null for legs that are no plain contract. */
export function deltaChange(setting: Setting, { candidate, standing, fresh }: LegChange): { driver: number; deviationCoin: number } | null {
  if (candidate.kind !== 'trade' || candidate.isOption || candidate.gasUsd > 0 || fresh === standing) return null;
  const { packed } = setting.pack;
  let driver = -1;
  let mostUsd = 0;
  for (let each = 0; each < packed.drivers.length; each += 1) {
    const usd = Math.abs(unitGreeks(packed, candidate.targetRow, each).delta) * priceOf(setting, each);
    if (usd > mostUsd) [driver, mostUsd] = [each, usd];
  }
  if (driver === -1) return null;
  return { driver, deviationCoin: (standing - fresh) * candidate.sign * unitGreeks(packed, candidate.targetRow, driver).delta };
}

/**
 * No-trade bands of the book's delta to each driver that plain contracts (perpetuals, futures) would be traded in, around the delta of the
 * fresh legs: Zakamouline's width, Whalley and Wilmott's where his does not hold; narrower where an account that they act on is near its
 * requirement. The width needs an aversion to risk: the one at which another dollar of deviation a day, kept for as long as a hedge is kept,
 * weighs what the program pays for a dollar of shortfall: γ = ES / (cost weight × days kept × variance of a day).
 *
 * @returns by driver; none where the book has no shortfall to trade for
 */
export function deltaBands(setting: Setting, changes: readonly LegChange[], stood: Stood): ReadonlyMap<number, DeltaBand> {
  const moved = new Map<number, { change: LegChange; deviationCoin: number }[]>();
  for (const change of changes) {
    const found = deltaChange(setting, change);
    if (found === null) continue;
    const list = moved.get(found.driver);
    if (list === undefined) moved.set(found.driver, [{ change, ...found }]);
    else list.push({ change, ...found });
  }
  const riskAversion = riskAversionOf(stood.outcome);
  if (!(riskAversion > 0) || !Number.isFinite(riskAversion)) return new Map();
  return new Map(
    [...moved].map(([driver, legs]) => {
      const deviationCoin = legs.reduce((sum, leg) => sum + leg.deviationCoin, 0);
      const leaning = legs.filter((leg) => leg.deviationCoin * deviationCoin > 0);
      const candidates = legs.map(({ change }) => change.candidate);
      return [
        driver,
        {
          leaningCoin: leaning.reduce((sum, leg) => sum + Math.abs(leg.deviationCoin), 0),
          band: {
            driverId: setting.pack.driverIds[driver] ?? '',
            deviationCoin,
            ...widthsOf(setting, { driver, candidates, riskAversion, stood }),
          },
        },
      ];
    }),
  );
}

type Widths = Omit<RefreshBand, 'driverId' | 'deviationCoin'>;
type WidthsInput = {
  readonly driver: number;
  readonly candidates: readonly Candidate[];
  readonly riskAversion: number;
  readonly stood: Stood;
};

function widthsOf(setting: Setting, { driver, candidates, riskAversion, stood }: WidthsInput): Widths {
  const packed = withQuantities(setting.pack.packed, stood.outcome.quantities);
  const spot = priceOf(setting, driver);
  const gamma = bookGreeks(packed, driver).gamma / (0.01 * spot * spot);
  const hedged: HedgedGamma = {
    spot,
    gamma: Math.abs(gamma),
    years: hedgeAssumptions.hedgeDays / DAYS_PER_YEAR,
    volatility: yearlyVolatility(setting.shocks.days, setting.pack.driverIds[driver] ?? ''),
    ratePerYear: 0,
    costFraction: Math.min(...candidates.map(({ costUsd, notionalUsd }) => costUsd / notionalUsd)),
    riskAversion,
  };
  const widths = bandWidths(hedged);
  const isValid = 1 + Math.sign(gamma) * widths.varianceShift > 0;
  const zakamoulineCoin = isValid ? widths.baseHalfWidth + widths.gammaHalfWidth : null;
  const usualCoin = zakamoulineCoin ?? widths.smallCostHalfWidth;
  const nearest = nearestAccount(setting, candidates, { driver, worstExcessUsd: stood.worstExcessUsd });
  const halfWidthCoin = halfWidthNearTrigger(usualCoin, nearest.distanceCoin, hedgeAssumptions.bandShareOfDistance);
  return {
    rule: isValid ? 'zakamouline' : 'whalleyWilmott',
    gammaCoinPerUsd: gamma,
    costFraction: hedged.costFraction,
    riskAversionPerUsd: riskAversion,
    volatility: hedged.volatility,
    whalleyWilmottCoin: widths.smallCostHalfWidth,
    zakamoulineCoin,
    halfWidthCoin,
    narrowedBy: halfWidthCoin < usualCoin ? nearest.accountId : null,
  };
}

function riskAversionOf({ lossesUsd, measures }: Outcome): number {
  return measures.expectedShortfallUsd / (hedgeAssumptions.costWeight * hedgeAssumptions.hedgeDays * varianceOf(lossesUsd));
}

/** Of the accounts that the legs act on the one with the fewest coins to go until the reference shock takes all it has above its requirement. */
function nearestAccount(
  { pack, book }: Setting,
  candidates: readonly Candidate[],
  { driver, worstExcessUsd }: { readonly driver: number; readonly worstExcessUsd: Float64Array },
): { readonly accountId: string; readonly distanceCoin: number } {
  const move = Math.abs(book.set.reference.moves[pack.driverIds[driver] ?? ''] ?? 0);
  const priceUsd = pack.packed.initial.priceUsd[pack.packed.drivers[driver] ?? -1] ?? Number.NaN;
  let nearest = { accountId: '', distanceCoin: Number.POSITIVE_INFINITY };
  for (const { targetAccount } of candidates) {
    const distanceCoin = move > 0 ? (worstExcessUsd[targetAccount] ?? 0) / (move * priceUsd) : Number.POSITIVE_INFINITY;
    if (distanceCoin < nearest.distanceCoin) nearest = { accountId: pack.accountIds[targetAccount] ?? '', distanceCoin };
  }
  return nearest;
}

function priceOf({ pack: { packed } }: Setting, driver: number): number {
  return packed.initial.priceUsd[packed.drivers[driver] ?? -1] ?? Number.NaN;
}
