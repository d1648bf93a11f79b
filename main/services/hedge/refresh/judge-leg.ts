import type { RefreshBand } from '../../../contract/hedge-refresh.ts';
import { succeed, type Result } from '../../../domain/failure.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { legCosts } from '../measures.ts';
import type { Setting } from '../setting.ts';
import { shortfallWith } from '../shortfall-with.ts';
import { narrowestBand } from './band-width.ts';
import { deltaChange, type DeltaBand } from './delta-bands.ts';
import type { Judged } from './judge-plan.ts';
import type { LegChange } from './leg-changes.ts';

/** What every leg of a refresh is judged by. */
export type Grounds = {
  /** The standing legs, with every leg of either plan in it. */
  readonly stood: Judged;
  readonly bands: ReadonlyMap<number, DeltaBand>;
  /** Width of each account's bands as a part of the usual one. */
  readonly fractions: Float64Array;
};

/** How a leg is judged, and what part of its change is to be made now. */
export type Verdict = {
  readonly change: LegChange;
  /** What changing it takes off the expected shortfall, and costs: by itself, or with those it is judged together with. USD. */
  readonly gainUsd: number;
  readonly costUsd: number;
  /** Legs that it is judged together with. */
  readonly together: readonly string[];
  /** Its account falls with the standing legs. */
  readonly isNeeded: boolean;
  /** The band of the delta it is traded in; null where its cost decides. */
  readonly band: RefreshBand | null;
  readonly narrowest: { readonly fraction: number; readonly accountId: string };
  /** How much of its band the change takes up; 1 = at the edge, null = it stands as it is or the band is closed. */
  readonly bandUse: number | null;
  /** 0 = inside its band; 1 = the whole change; between = to the band's edge. */
  readonly share: number;
};

/**
 * A leg is inside its band when nobody falls for leaving it and its rule lets it stand:
 *
 * - a contract whose driver's delta is off: inside while the delta is within its no-trade band, which costs in proportion are traded to the
 *   edge of, by all legs that lean the way the book does;
 * - everything else, and contracts that move a hedge between accounts: inside while changing it alone takes off less expected shortfall than
 *   its cost has to, the program's own exchange of dollars. Gas is paid once, so that a small change on chain never pays, and one that pays
 *   goes the whole way: the impulse rule. The nearer an account comes to its requirement, the less it has to take off.
 *
 * Legs that share what does not reach for all of them are judged together: what they take off and cost in all.
 *
 * @param places of the legs among those of the standing plan, which has every leg in the order of the changes
 */
export async function judgeBundle(setting: Setting, grounds: Grounds, { changes, places }: Bundle): Promise<Result<readonly Verdict[]>> {
  const { stood, fractions } = grounds;
  const amounts = Float64Array.from(stood.plan.amounts, (amount, at) => (places.includes(at) ? (changes[at]?.fresh ?? amount) : amount));
  const changed = await shortfallWith(setting, stood, amounts);
  if (!changed.ok) return changed;
  const legs = places.flatMap((at) => changes[at] ?? []);
  const narrowest = legs
    .map(({ candidate }) => narrowestBand(setting, fractions, candidate))
    .reduce<Verdict['narrowest']>((least, each) => (each.fraction < least.fraction ? each : least), WIDE);
  const gainUsd = stood.outcome.measures.expectedShortfallUsd - changed.value;
  const moved = legs.map(({ standing, fresh }) => Math.abs(fresh - standing));
  const costUsd = legCosts({ candidates: legs.map(({ candidate }) => candidate), amounts: moved }).reduce(
    (sum, each) => sum + each.costUsd,
    0,
  );
  const askedUsd = narrowest.fraction * hedgeAssumptions.costWeight * costUsd;
  const falls = ({ candidate }: LegChange): boolean => stood.falls.includes(candidate.target.accountId);
  const isAnyNeeded = legs.some(falls);
  const others = (change: LegChange): readonly string[] => legs.filter((each) => each !== change).map(({ candidate }) => candidate.id);
  return succeed(
    legs.map((change): Verdict => {
      const found = bandOf(setting, grounds.bands, change);
      const bandUse = found === null ? shareOf(gainUsd, askedUsd) : shareOf(Math.abs(found.band.deviationCoin), found.band.halfWidthCoin);
      const share = isAnyNeeded ? 1 : (found?.share ?? (gainUsd > askedUsd ? 1 : 0));
      return {
        change,
        gainUsd,
        costUsd,
        isNeeded: falls(change),
        narrowest,
        band: found?.band ?? null,
        bandUse,
        share,
        together: others(change),
      };
    }),
  );
}

/** The verdict of a leg that stays as it is. */
export function unchanged(change: LegChange): Verdict {
  return { change, gainUsd: 0, costUsd: 0, isNeeded: false, narrowest: WIDE, band: null, bandUse: null, share: 0, together: [] };
}

const WIDE = { fraction: 1, accountId: '' } as const;

/** Legs that are judged together, by their places among all changes. */
type Bundle = { readonly changes: readonly LegChange[]; readonly places: readonly number[] };

function shareOf(taken: number, whole: number): number | null {
  return whole > 0 ? Math.max(0, taken) / whole : null;
}

/** The band that decides over a contract, and the part of its change that brings the delta to the edge; null where none does. */
function bandOf(
  setting: Setting,
  bands: ReadonlyMap<number, DeltaBand>,
  change: LegChange,
): { readonly band: RefreshBand; readonly share: number } | null {
  const own = deltaChange(setting, change);
  const found = own === null ? undefined : bands.get(own.driver);
  if (own === null || found === undefined) return null;
  const { band } = found;
  const { deviationCoin, halfWidthCoin } = band;
  const beyondCoin = Math.abs(deviationCoin) - halfWidthCoin;
  if (beyondCoin > 0) return own.deviationCoin * deviationCoin > 0 ? { band, share: Math.min(1, beyondCoin / found.leaningCoin) } : null;
  return Math.abs(own.deviationCoin) <= halfWidthCoin ? { band, share: 0 } : null;
}
