import type { AnalysisResult } from '../../main/contract/analysis.ts';
import type { HedgeResult } from '../../main/contract/hedge.ts';
import type { ReportResults } from '../../main/contract/report-record.ts';
import type { ReportContent } from '../../main/reporting/build-report.ts';
import { sampleAnalysis } from './sample-analysis.ts';
import { sampleHedge } from './sample-hedge.ts';
import { sampleSurvival } from './sample-policy.ts';

/** What a report says of a suggestion beside the suggestion itself, invented around the sample one. */
export function hedgePartOf(suggestion: HedgeResult): NonNullable<ReportResults['hedge']> {
  const { expectedShortfallUsd } = suggestion.after;
  const moved = (id: string, assumption: string, changeUsd: number): NonNullable<ReportResults['hedge']>['sensitivities'][number] => ({
    id,
    assumption,
    moved: `${id} as told`,
    expectedShortfallUsd: expectedShortfallUsd + changeUsd,
    changeUsd,
    anyLiquidationFraction: 0.01,
    falls: changeUsd > 3e6 ? [{ accountId: 'MKR-A', round: 2 }] : [],
  });
  return {
    suggestion,
    sensitivities: [
      moved('depth', 'Depth is half of what is assumed', 8.6e6),
      moved('volatility', 'Moves are a quarter larger', 5.4e6),
      moved('frozen', 'The trades are frozen when the fall begins', 4.9e6),
      moved('correlation', 'All drivers have their worst days together', 0.05e6),
    ],
    cascadeAfter: { ...sampleAnalysis.cascade, fallen: [], totalLossUsd: sampleAnalysis.cascade.firstRoundLossUsd + 2e6 },
    alternatives: {
      runId: 'report',
      inputsDigest: suggestion.inputsDigest,
      confidence: suggestion.confidence,
      statement: 'A delta hedge takes less off than the program and leaves four accounts falling.',
      scenarios: 500,
      retained: 105,
      alternatives: [
        {
          id: 'nothing',
          name: 'Do nothing',
          meaning: 'the book as it is',
          budgetUsd: null,
          wish: null,
          status: null,
          measures: suggestion.before,
          fallsRetained: suggestion.before.fallenAtReference,
          actions: [],
          notes: [],
        },
        {
          id: 'program',
          name: 'Program',
          meaning: 'trades and collateral together, no budget',
          budgetUsd: null,
          wish: {},
          status: 'optimal',
          measures: suggestion.after,
          fallsRetained: [],
          actions: [],
          notes: [],
        },
      ],
      frontier: [
        { budgetUsd: 0, costUsd: 0, expectedShortfallUsd: 27.4e6, anyLiquidationFraction: 0.31, alternativeId: 'nothing' },
        { budgetUsd: 10_000, costUsd: 9_500, expectedShortfallUsd: 21e6, anyLiquidationFraction: 0.12, alternativeId: null },
        { budgetUsd: null, costUsd: 41_800, expectedShortfallUsd: 17.9e6, anyLiquidationFraction: 0.04, alternativeId: 'program' },
      ],
    },
  };
}

/** The results of a report around the samples; without a suggestion where it is null. */
export function sampleResults(analysis: AnalysisResult = sampleAnalysis, suggestion: HedgeResult | null = sampleHedge): ReportResults {
  return {
    analysis,
    hedge: suggestion === null ? null : hedgePartOf(suggestion),
    survival: sampleSurvival,
    replays: [],
    study: null,
    backtests: [],
    outlook: null,
    golden: {
      cases: 3,
      passed: 3,
      families: [
        { file: 'options_bs_limits', source: 'analytic limits', cases: 1, passed: 1, worstShare: 0, failed: [] },
        { file: 'lending_maker', source: 'literals', cases: 2, passed: 2, worstShare: 0.02, failed: [] },
      ],
    },
  };
}

/** The same as what a report is built from. */
export function sampleContent(results: ReportResults = sampleResults()): ReportContent {
  return { results, recordDigest: 'a'.repeat(64), bookDigest: 'b'.repeat(64) };
}
