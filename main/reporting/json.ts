import type { AnalysisResult } from '../contract/analysis.ts';
import { plainJson } from '../contract/codec.ts';
import type { HedgeResult } from '../contract/hedge.ts';

/** The analysis and the suggestion as JSON, without what differs between two equal runs (run ids, elapsed time). */
export function writeJson(analysis: AnalysisResult, hedge: HedgeResult | null): string {
  const repeatable = { ...analysis, runId: undefined, elapsedMs: undefined };
  const suggestion = hedge === null ? null : { ...hedge, runId: undefined };
  return `${plainJson({ format: 'interlock-report', version: 1, analysis: repeatable, hedge: suggestion }, 1)}\n`;
}
