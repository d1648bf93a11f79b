import type { AnalysisResult, CascadeResult, DistributionResult, GridResult, SurplusResult } from '../../contract/analysis.ts';
import { interconnectionSurplus } from '../../engine/cascade/surplus.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { diversificationRatio, tailRisk } from '../../engine/risk/expected-shortfall.ts';
import type { ScenarioTable } from '../scenarios.ts';
import { stateOfUse } from './account-results.ts';
import type { EngineRun } from './engine-run.ts';

/** Requirement use by venue: sums over its accounts on the scale of each family. */
export function venueUses(run: EngineRun): AnalysisResult['venues'] {
  const { contents } = run.inputs;
  const measures = run.values.accounts;
  return contents.venues.flatMap((venue) => {
    const members = contents.accounts.flatMap((account, a) => (account.venueId === venue.id ? [a] : []));
    if (members.length === 0) return [];
    const total = (values: Float64Array): number => sumAccurate(Float64Array.from(members, (a) => values[a] ?? 0));
    const resources = total(measures.resourcesUsd);
    const requirementUsd = total(measures.requirementUsd);
    const hasRequirement = members.some((a) => run.pack.packed.accounts.family[a] !== FAMILY.custody);
    const useFraction = hasRequirement && resources > 0 ? requirementUsd / resources : null;
    return [
      {
        venueId: venue.id,
        venueName: venue.name,
        venueMark: venue.mark,
        requirementUsd,
        equityUsd: total(measures.equityUsd),
        useFraction,
        state: useFraction === null ? ('none' as const) : stateOfUse(run, useFraction),
      },
    ];
  });
}

/** Sum over accounts of one scenario's row. */
export function rowSum(matrix: Float64Array, row: number, accounts: number): number {
  return sumAccurate(matrix.subarray(row * accounts, (row + 1) * accounts));
}

/** Profit and loss of the book over spot and volatility moves, before and after forced sales. */
export function gridResults(run: EngineRun): GridResult[] {
  const { scenarioSet } = run.inputs;
  return run.grids.map(({ underlying, table }) => {
    const start = sumAccurate(table.initialEquityUsd);
    const rows = <T>(cell: (scenario: number) => T): T[][] =>
      scenarioSet.volatilityShifts.map((_, row) => scenarioSet.spotMoves.map((__, col) => cell(row * scenarioSet.spotMoves.length + col)));
    return {
      underlying,
      spotMoves: [...scenarioSet.spotMoves],
      volatilityShifts: [...scenarioSet.volatilityShifts],
      firstRoundUsd: rows((s) => rowSum(table.shockedEquityUsd, s, table.accounts) - start),
      afterCascadeUsd: rows((s) => rowSum(table.equityUsd, s, table.accounts) - start),
      accountsLost: rows((s) => fallenIn(table, s).length),
    };
  });
}

/** Accounts that fall in a scenario of a table. */
export function fallenIn(table: ScenarioTable, scenario: number): number[] {
  const fallen: number[] = [];
  for (let a = 0; a < table.accounts; a += 1) if ((table.fallenRound[scenario * table.accounts + a] ?? 0) > 0) fallen.push(a);
  return fallen;
}

/** Second-round loss of all venues together against the sum of each alone with its own part of the crowd. */
export function surplusResult(run: Pick<EngineRun, 'inputs' | 'pack' | 'venuesAlone'>, cascade: CascadeResult): SurplusResult {
  const { contents } = run.inputs;
  const parts = contents.venues.flatMap((venue, v) => {
    const table = run.venuesAlone[v];
    const members = contents.accounts.flatMap((account, a) => (account.venueId === venue.id ? [a] : []));
    if (table === undefined || members.length === 0) return [];
    const secondRoundLossUsd = sumAccurate(Float64Array.from(members, (a) => (table.shockedEquityUsd[a] ?? 0) - (table.equityUsd[a] ?? 0)));
    return [
      { venueId: venue.id, venueName: venue.name, secondRoundLossUsd, fallen: fallenIn(table, 0).map((a) => run.pack.accountIds[a] ?? '') },
    ];
  });
  const joint = cascade.totalLossUsd - cascade.firstRoundLossUsd;
  const surplus = interconnectionSurplus(
    joint,
    Float64Array.from(parts, (part) => part.secondRoundLossUsd),
  );
  return {
    parts,
    sumOfPartsUsd: surplus.sumOfBlocksUsd,
    jointUsd: surplus.jointUsd,
    surplusUsd: surplus.surplusUsd,
    ratio: surplus.ratio ?? {
      reason: 'unsupported',
      message: 'the venues alone lose nothing in the second round, so joint ÷ parts has no value',
    },
  };
}

/** One-day loss over history's moves, each run through the whole cascade. */
export function distributionResult(run: EngineRun): DistributionResult {
  const { historyTable: table, inputs, historyDays } = run;
  const start = sumAccurate(table.initialEquityUsd);
  const losses = Float64Array.from(historyDays, (_, s) => start - rowSum(table.equityUsd, s, table.accounts));
  const firstRound = Float64Array.from(historyDays, (_, s) => start - rowSum(table.shockedEquityUsd, s, table.accounts));
  const { expectedShortfall, valueAtRisk } = tailRisk(losses, null, inputs.scenarioSet.confidence);
  const parts = Float64Array.from({ length: table.accounts }, (_, a) => {
    const own = Float64Array.from(
      historyDays,
      (__, s) => (table.initialEquityUsd[a] ?? 0) - (table.equityUsd[s * table.accounts + a] ?? 0),
    );
    return tailRisk(own, null, inputs.scenarioSet.confidence).expectedShortfall;
  });
  const touched = historyDays.filter((_, s) => fallenIn(table, s).length > 0).length;
  return {
    confidence: inputs.scenarioSet.confidence,
    scenarios: losses.length,
    expectedShortfallUsd: expectedShortfall,
    valueAtRiskUsd: valueAtRisk,
    expectedShortfallFirstRoundUsd: tailRisk(firstRound, null, inputs.scenarioSet.confidence).expectedShortfall,
    diversificationRatio: diversificationRatio(parts, expectedShortfall) ?? {
      reason: 'unsupported',
      message: 'the book loses nothing in its tail, so the diversification ratio has no value',
    },
    anyLiquidationFraction: touched / losses.length,
    lossesUsd: [...losses],
    days: [...historyDays],
  };
}
