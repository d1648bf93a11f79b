import type { TransferTerms } from '../../../main/domain/system.ts';

/** Minutes out of, into and through every venue of the made-up desk; times `factor`. A fall of 18 % takes three hours here, a rise one. */
export function deskTerms(factor = 1): TransferTerms {
  const even = (minutes: number) => ({ low: 0, high: factor * minutes });
  const venue = (venueId: string, out: number, into: number) => ({
    venueId,
    withdrawMinutes: even(out),
    depositMinutes: even(into),
    withdrawFeeUsd: 0,
    dailyLimitUsd: { low: 1e9, high: 1e9 },
    source: 'made up for the test',
  });
  const { venueId: _, ...unknown } = venue('unknown', 1440, 120);
  return {
    asOf: '2026-02-05',
    notes: [],
    swap: { minutes: even(10), costFraction: 0, source: 'made up for the test' },
    venues: [venue('lender', 5, 5), venue('pool', 5, 5), venue('exchange', 60, 20), venue('safe', 100, 10)],
    unknown,
    issuers: [],
    moves: {
      asOf: '2026-02-05',
      source: 'made up for the test',
      assets: [
        {
          assetId: 'ETH',
          fallMinutes: Array.from({ length: 30 }, (_, at) => 10 * at),
          riseMinutes: Array.from({ length: 30 }, (_, at) => 3 * at),
        },
      ],
    },
  };
}
