import type { AccountResult, AnalysisResult } from '../../main/contract/analysis.ts';
import { sampleAccounts } from './sample-accounts.ts';
import { sampleCascade, sampleGrids, sampleSurplus } from './sample-cascade.ts';
import { sampleNetwork } from './sample-network.ts';
import { SAMPLE_AS_OF, samplePositions } from './sample-positions.ts';

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function sumOf(accounts: readonly AccountResult[], pick: (account: AccountResult) => unknown): number {
  return accounts.reduce((sum, account) => sum + amount(pick(account)), 0);
}

/** Requirement over resources of a set of accounts: resources = requirement + excess. */
function useOf(accounts: readonly AccountResult[]): number | null {
  const requirement = sumOf(accounts, (account) => account.maintenanceRequirementUsd);
  const excess = sumOf(accounts, (account) => account.excessUsd);
  return requirement === 0 ? null : requirement / (requirement + excess);
}

function sampleVenues(): AnalysisResult['venues'] {
  const ids = [...new Set(sampleAccounts.map((account) => account.venueId))];
  return ids.flatMap((venueId) => {
    const accounts = sampleAccounts.filter((account) => account.venueId === venueId);
    const first = accounts[0];
    if (first === undefined) return [];
    const useFraction = useOf(accounts);
    const state = useFraction === null ? 'none' : useFraction > 0.85 ? 'danger' : useFraction > 0.7 ? 'watch' : 'safe';
    return [
      {
        venueId,
        venueName: first.venueName,
        venueMark: first.venueMark,
        requirementUsd: sumOf(accounts, (account) => account.maintenanceRequirementUsd),
        equityUsd: sumOf(accounts, (account) => account.equityUsd),
        useFraction,
        state,
      } as const,
    ];
  });
}

const equityUsd = sumOf(sampleAccounts, (account) => account.equityUsd);
const grossUsd = samplePositions.reduce((sum, position) => sum + Math.abs(amount(position.valueUsd)), 0);

/** A full analysis after the drawn screens: invented, consistent, only for tests and galleries. */
export const sampleAnalysis: AnalysisResult = {
  runId: 'sample-analysis',
  engineVersion: '0.1.0',
  seed: 7,
  inputsDigest: '9f3ac1d27be04c118a5f6e20b7d4913c9f3ac1d27be04c118a5f6e20b7d4913c',
  bookName: 'Sample book',
  snapshotId: 'sample',
  snapshotAsOf: SAMPLE_AS_OF,
  scenarioSetId: 'sample',
  reference: sampleCascade.shock,
  confidence: 0.975,
  elapsedMs: 412,
  tape: [
    { label: 'BTC', value: 63718.97, unit: 'usd', change: -0.128, changeUnit: 'percent' },
    { label: 'ETH', value: 1881.9, unit: 'usd', change: -0.134, changeUnit: 'percent' },
  ],
  statement: {
    headline: 'Four accounts fall together at ETH −18 %, BTC −14 %. MRP-1, safe alone to −30.4 %, falls in round 4.',
    chain: 'MKR-A and DRB-ETH are sold first, stETH slips 7.2 % below ETH, the KEEL vault marks its loans down, MRP-1 follows.',
  },
  totals: {
    equityUsd,
    grossUsd,
    requirementUsd: sumOf(sampleAccounts, (account) => account.maintenanceRequirementUsd),
    useFraction: useOf(sampleAccounts),
    equityDayBeforeUsd: equityUsd + 11.37e6,
    nearestAccountId: 'MKR-A',
    nearestJointMove: -0.139,
    netDeltaUsd: { ETH: 86.4e6, BTC: 31.2e6 },
  },
  drivers: [
    { assetId: 'ETH', priceUsd: 1881.9, beta: 1, dailyVolatility: 0.056 },
    { assetId: 'BTC', priceUsd: 63718.97, beta: 0.78, dailyVolatility: 0.045 },
  ],
  positions: [...samplePositions],
  accounts: [...sampleAccounts],
  venues: sampleVenues(),
  network: sampleNetwork,
  grids: [...sampleGrids],
  cascade: sampleCascade,
  surplus: sampleSurplus,
  leverageIndex: {
    value: 54.8,
    parts: [
      { id: 'L', name: 'Look-through leverage', raw: 2.31, rawUnit: '×', value: 0.57, weight: 0.25, meaning: '1.86 × on the surface' },
      {
        id: 'A',
        name: 'Amplification',
        raw: 1.64,
        rawUnit: '×',
        value: 0.39,
        weight: 0.25,
        meaning: 'loss 23.9, of which the shock 14.6 M',
      },
      { id: 'X', name: 'Coupling, joint ÷ parts', raw: 1.83, rawUnit: '×', value: 0.45, weight: 0.25, meaning: '9.34 together' },
      { id: 'K', name: 'Correlation, worst decile', raw: 0.71, rawUnit: '', value: 0.71, weight: 0.25, meaning: 'all days 0.38' },
    ],
    coverageFraction: 0.97,
    leastCoverageFraction: 0.9,
  },
  distribution: {
    confidence: 0.975,
    scenarios: 4,
    expectedShortfallUsd: 27.4e6,
    valueAtRiskUsd: 21.2e6,
    expectedShortfallFirstRoundUsd: 18.1e6,
    diversificationRatio: 1.21,
    anyLiquidationFraction: 0.25,
    lossesUsd: [27.4e6, 3.1e6, -1.2e6, -2.4e6],
    days: ['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05'],
  },
  coverage: {
    positions: samplePositions.length,
    priced: samplePositions.length,
    grossUsd,
    pricedFraction: 1,
    unpriced: [],
    stale: [{ positionId: 'p5', ageMs: 31 * 3_600_000, limitMs: 24 * 3_600_000 }],
    sources: [{ source: 'Deribit', asOf: SAMPLE_AS_OF, ageMs: 41_000, intervalMs: 60_000, quotes: 1840 }],
  },
  assumptions: [{ id: 'thinning', text: 'Half of the recorded depth has gone', value: '0.5', source: 'scenario set' }],
};
