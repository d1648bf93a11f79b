import type { HedgeLimits } from '../../contract/hedge-limits.ts';
import { bookGreeks, unitGreeks } from '../../engine/hedge/book-greeks.ts';
import type { Candidate } from './proposals/candidates.ts';
import type { Setting } from './setting.ts';

/** A bound that the trader sets: over all candidates Σ units · `perUnitUsd` is at least `leastUsd`. */
export type Mandate = {
  /** In words that follow 'the': 'turnover limit'. */
  readonly name: string;
  readonly leastUsd: number;
  readonly perUnitUsd: (candidate: Candidate) => number;
};

/** Limits that several candidates share, whoever sets limits: what a pool bears, what a lender has idle. */
export function sharedMandates(candidates: readonly Candidate[]): readonly Mandate[] {
  const mostUsd = new Map<string, number>();
  for (const { shared = [] } of candidates) for (const limit of shared) mostUsd.set(limit.name, limit.mostUsd);
  return [...mostUsd].map(([name, most]) => ({
    name: `limit of ${name}`,
    leastUsd: -most,
    perUnitUsd: ({ shared = [], notionalUsd }) => (shared.some((limit) => limit.name === name) ? -notionalUsd : 0),
  }));
}

/** The trader's limits that are sums over the legs; those about single candidates leave the candidates out instead. */
export function mandatesOf(setting: Setting, limits: HedgeLimits): readonly Mandate[] {
  const { deltaBandUsd, turnoverUsd, venueTurnoverUsd } = limits;
  return [
    ...(turnoverUsd === undefined
      ? []
      : [{ name: 'turnover limit', leastUsd: -turnoverUsd, perUnitUsd: (one: Candidate) => -tradedUsd(one) }]),
    ...(venueTurnoverUsd === undefined ? [] : venueMandates(setting, venueTurnoverUsd)),
    ...(deltaBandUsd === undefined ? [] : deltaMandates(setting, deltaBandUsd)),
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

/** Two sides per driver: the delta now and what the legs add stays within the band. What pays for a leg has a delta too. */
function deltaMandates({ pack }: Setting, bandUsd: number): Mandate[] {
  const { packed, driverIds } = pack;
  return driverIds.flatMap((driverId, driver) => {
    const priceUsd = packed.initial.priceUsd[packed.drivers[driver] ?? 0] ?? 0;
    const nowUsd = bookGreeks(packed, driver).delta * priceUsd;
    const deltaUsd = ({ changes }: Candidate): number =>
      changes.reduce((sum, { row, units }) => sum + units * unitGreeks(packed, row, driver).delta, 0) * priceUsd;
    return [
      { name: `${driverId} delta band from above`, leastUsd: nowUsd - bandUsd, perUnitUsd: (candidate: Candidate) => -deltaUsd(candidate) },
      { name: `${driverId} delta band from below`, leastUsd: -bandUsd - nowUsd, perUnitUsd: deltaUsd },
    ];
  });
}
