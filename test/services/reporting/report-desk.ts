import type { ReportInputs } from '../../../main/contract/report-record.ts';
import { deskContents, deskSet, deskSnapshot, type Desk } from '../hedge-desk.ts';

/** Two loans, one of which falls, a perpetual account and idle cash: small, so that a report of it is computed in a second. */
const desk: Desk = {
  loans: [
    { id: 'A', eth: 1000, usdc: 1_330_000 },
    { id: 'B', eth: 1000, usdc: 1_240_000 },
  ],
  perpetual: { cash: 2_000_000, eth: 1200 },
  cash: 900_000,
  reserveEth: 60_000,
  crowd: [{ eth: 3000, usdc: 3_950_000 }],
};

/** What a report of the small desk is computed from. */
export function reportInputsOf(change: Partial<ReportInputs> = {}): ReportInputs {
  return {
    bookDigest: 'd'.repeat(64),
    contents: deskContents(desk),
    snapshot: deskSnapshot(desk),
    scenarioSet: deskSet,
    pledgeLog: { reachesBackTo: null, lastStepAt: null, events: [] },
    transferTerms: null,
    suggestion: { budgetUsd: 500_000 },
    recordings: null,
    outlook: null,
    ...change,
  };
}
