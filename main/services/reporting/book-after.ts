import type { CascadeResult } from '../../contract/analysis.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { withQuantities } from '../../engine/packed/packed-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { cascadeResult } from '../analysis/cascade-result.ts';
import { runAloneDistance, runTrace } from '../analysis/engine-jobs.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';
import type { RunContext } from '../scenarios.ts';

/** A packed book with the quantities that a suggestion leaves it; positions it opens stand behind those of the book. */
export function packAfter(pack: PackResult, quantities: Float64Array): PackResult {
  return { ...pack, packed: { ...withQuantities(pack.packed, quantities), id: `${pack.packed.id}:after` } };
}

/** The reference cascade of a packed book, told as the analysis tells its own. */
export async function cascadeOfPack(
  inputs: AnalysisInputs,
  pack: PackResult,
  engine: RunContext & { readonly pool: Pool },
): Promise<Result<CascadeResult>> {
  const work = { inputs, pack, pool: engine.pool, context: engine };
  const trace = await runTrace(work);
  if (!trace.ok) return trace;
  const distances = await runAloneDistance(work);
  if (!distances.ok) return distances;
  return succeed(cascadeResult({ inputs, pack, trace: trace.value, distances: distances.value }));
}
