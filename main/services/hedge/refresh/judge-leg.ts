import type { RefreshBand } from '../../../contract/hedge-refresh.ts';
import { succeed, type Result } from '../../../domain/failure.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { legCosts } from '../measures.ts';
import type { Setting } from '../setting.ts';
import { shortfallWith } from '../shortfall-with.ts';
import { narrowestBand } from './band-width.ts';
import { deltaChange, type DeltaBand } from './delta-bands.ts';
import type { Judged } from './judge-plan.ts';
import { changeOf, type LegChange } from './leg-changes.ts';

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
  /** What changing it alone takes off the expected shortfall, and costs. USD. */
  readonly gainUsd: number;
  readonly costUsd: number;
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
 * @param index of the leg among those of the standing plan
 */
export async function judgeLeg(setting: Setting, { stood, bands, fractions }: Grounds, leg: LegOf): Promise<Result<Verdict>> {
  const { change, index } = leg;
  const { candidate, standing, fresh } = change;
  const same = { change, gainUsd: 0, costUsd: 0, isNeeded: false, band: null, bandUse: null, share: 0 };
  if (changeOf(change) === 'same' || fresh === standing) return succeed({ ...same, narrowest: WIDE });
  const narrowest = narrowestBand(setting, fractions, candidate);
  const amounts = Float64Array.from(stood.plan.amounts, (amount, at) => (at === index ? fresh : amount));
  const changed = await shortfallWith(setting, stood, amounts);
  if (!changed.ok) return changed;
  const gainUsd = stood.outcome.measures.expectedShortfallUsd - changed.value;
  const [{ costUsd } = { costUsd: Number.NaN }] = legCosts({ candidates: [candidate], amounts: [Math.abs(fresh - standing)] });
  const isNeeded = stood.falls.includes(candidate.target.accountId);
  const found = bandOf(setting, bands, change);
  const askedUsd = narrowest.fraction * hedgeAssumptions.costWeight * costUsd;
  const bandUse = found === null ? shareOf(gainUsd, askedUsd) : shareOf(Math.abs(found.band.deviationCoin), found.band.halfWidthCoin);
  const share = isNeeded ? 1 : (found?.share ?? (gainUsd > askedUsd ? 1 : 0));
  return succeed({ change, gainUsd, costUsd, isNeeded, narrowest, band: found?.band ?? null, bandUse, share });
}

/** The band of a leg that stays as it is. */
const WIDE = { fraction: 1, accountId: '' } as const;

/** A leg with its place among the standing plan's. */
type LegOf = { readonly change: LegChange; readonly index: number };

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
