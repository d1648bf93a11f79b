import type { HedgeLimits } from '../../../contract/hedge-limits.ts';
import type { Greeks } from '../../../engine/hedge/greek-neutral.ts';
import { bookGreeks, unitGreeks } from '../../../engine/hedge/book-greeks.ts';
import { concentrationMandates } from './concentration.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';

/** A bound on a sum over the legs: over all candidates Σ units · `perUnitUsd` is at least `leastUsd`. */
export type Mandate = {
  /** In words that follow 'the': 'turnover limit'. */
  readonly name: string;
  readonly leastUsd: number;
  /** Set by pools and lenders, not by the trader. */
  readonly isOfMarket?: boolean;
  /** How many times larger it stands in the program than it is; 1 where left out. */
  readonly scale?: number;
  readonly perUnitUsd: (candidate: Candidate) => number;
};

/** Limits that several candidates share, whoever sets limits: what a pool bears, what a lender has idle, what lies in custody now. */
export function sharedMandates(candidates: readonly Candidate[]): readonly Mandate[] {
  const limits = new Map(candidates.flatMap(({ shared = [] }) => shared.map((limit) => [limit.name, limit] as const)));
  return [...limits.values()].map(({ name, mostUsd, isCash }) => ({
    name: isCash === true ? name : `limit of ${name}`,
    isOfMarket: true,
    leastUsd: -mostUsd,
    perUnitUsd: ({ shared = [], notionalUsd }) => (shared.some((limit) => limit.name === name) ? -notionalUsd : 0),
  }));
}

/** The trader's limits that are sums over the legs; those about single candidates leave the candidates out instead. */
export function mandatesOf(setting: Setting, limits: HedgeLimits): readonly Mandate[] {
  const { deltaBandUsd, gammaBandUsd, vegaBandUsd, turnoverUsd, venueTurnoverUsd, venueShareFraction } = limits;
  const bands = [
    { greek: 'delta', bandUsd: deltaBandUsd, scale: 1 },
    { greek: 'gamma', bandUsd: gammaBandUsd, scale: 10 },
    { greek: 'vega', bandUsd: vegaBandUsd, scale: 100 },
  ] as const;
  return [
    ...(turnoverUsd === undefined
      ? []
      : [{ name: 'turnover limit', leastUsd: -turnoverUsd, perUnitUsd: (one: Candidate) => -tradedUsd(one) }]),
    ...(venueTurnoverUsd === undefined ? [] : venueMandates(setting, venueTurnoverUsd)),
    ...(venueShareFraction === undefined ? [] : concentrationMandates(setting, venueShareFraction)),
    ...bands.flatMap(({ greek, bandUsd, scale }) => (bandUsd === undefined ? [] : greekMandates(setting, { greek, bandUsd, scale }))),
  ];
}

/** Exchanges of one collateral or debt for another are trades too. */
function tradedUsd({ kind, notionalUsd }: Candidate): number {
  return kind === 'trade' || kind === 'switchCollateral' || kind === 'switchDebt' ? notionalUsd : 0;
}

function venueMandates({ book, candidates }: Setting, mostUsd: number): Mandate[] {
  const venueIdOf = (candidate: Candidate): string => book.venueOf(candidate.target.accountId)?.id ?? '';
  const trades = candidates.filter((candidate) => tradedUsd(candidate) > 0);
  return [...new Set(trades.map((candidate) => venueIdOf(candidate)))].map((venueId) => ({
    name: `turnover limit at ${venueId}`,
    leastUsd: -mostUsd,
    perUnitUsd: (candidate) => (venueIdOf(candidate) === venueId ? -tradedUsd(candidate) : 0),
  }));
}

/** A Greek as a mandate bounds it: its name, what one unit of it is in USD, and how much larger it is written in the program. */
type BandedGreek = { readonly greek: keyof Greeks; readonly bandUsd: number; readonly scale: number };

/**
 * Two sides per driver: the Greek now and what the legs add stays within the band, looked through to the driver. What pays for a leg has a
 * delta too. Gamma and vega are small beside what an option costs, so that they are written larger: a band that the book misses stays dear.
 */
function greekMandates({ pack }: Setting, { greek, bandUsd, scale }: BandedGreek): Mandate[] {
  const { packed, driverIds } = pack;
  return driverIds.flatMap((driverId, driver) => {
    const dollars = greek === 'delta' ? (packed.initial.priceUsd[packed.drivers[driver] ?? 0] ?? 0) : 1;
    const nowUsd = bookGreeks(packed, driver)[greek] * dollars;
    const addedUsd = ({ changes }: Candidate): number =>
      changes.reduce((sum, { row, units }) => sum + units * unitGreeks(packed, row, driver)[greek], 0) * dollars;
    const name = `${driverId} ${greek} band from`;
    return [
      { name: `${name} above`, scale, leastUsd: nowUsd - bandUsd, perUnitUsd: (candidate: Candidate) => -addedUsd(candidate) },
      { name: `${name} below`, scale, leastUsd: -bandUsd - nowUsd, perUnitUsd: addedUsd },
    ];
  });
}
