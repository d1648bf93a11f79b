import { fail, succeed, type Result } from '../../domain/failure.ts';
import { feedbackMarkets, type FeedbackTable } from '../../engine/scenario/feedback-points.ts';
import type { HistoryMoves } from '../../engine/scenario/history-moves.ts';
import type { BookValues } from '../../engine/scenario/value-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { axisShock, readHistory } from '../analysis/shock-lists.ts';
import { packBook, type PackResult } from '../pack.ts';
import { cascadeRules, type RunContext } from '../scenarios.ts';

/** Fall over which the ladder's slope is taken; the places tile the fall, so nobody is passed over. */
export const WINDOW = 0.02;
/** Deepest place. */
const DEEPEST = 0.6;
/** Places per part of work. */
const PLACES_PER_CHUNK = 4;

/** Everything the engine computed of the feedback, before it is put into words. */
export type FeedbackRun = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly history: HistoryMoves;
  readonly values: BookValues;
  /** Indexes of PackedDepth in the order of the matrices. */
  readonly markets: readonly number[];
  readonly moves: readonly number[];
  /** Table and place within it of each move. */
  readonly placeOf: (point: number) => { readonly table: FeedbackTable; readonly place: number };
};

/** Measures the feedback from now down to −60 % of the common axis, and values the book. */
export async function runFeedback(inputs: AnalysisInputs, pool: Pool, context: RunContext): Promise<Result<FeedbackRun>> {
  const { contents, snapshot, scenarioSet } = inputs;
  const packed = packBook(contents, snapshot, scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  const history = readHistory(inputs, pack.driverIds);
  if (!history.ok) return history;
  pool.share(pack.packed.id, pack.packed);
  const book = { packedId: pack.packed.id, quantities: null };
  const moves = Array.from({ length: Math.round(DEEPEST / WINDOW) + 1 }, (_, i) => 0 - i * WINDOW);
  // One round at the market's own prices: rules that spread selling over rounds have nothing to say of it.
  const { depthThinningFraction, maxRounds, includeCrowd } = inputs.assumptions;
  const plainRules = cascadeRules({ depthThinningFraction, maxRounds, includeCrowd }, pack);
  const chunks = Array.from({ length: Math.ceil(moves.length / PLACES_PER_CHUNK) }, (_, i) => {
    const part = moves.slice(i * PLACES_PER_CHUNK, (i + 1) * PLACES_PER_CHUNK);
    return {
      ...book,
      rules: plainRules,
      betas: Float64Array.from(pack.driverIds, (id) => scenarioSet.betas[id] ?? 0),
      moves: Float64Array.from(part),
      volatilityShifts: Float64Array.from(part, (move) => axisShock(scenarioSet, pack.driverIds, move).volatilityShift),
      window: WINDOW,
    };
  });
  const [tables, values] = await Promise.all([
    pool.run({ name: 'feedback', inputs: chunks }, context.signal, (done, total) =>
      context.progress('Measuring what a fall forces', done, total),
    ),
    pool.run({ name: 'value', inputs: [book] }, context.signal),
  ]);
  if (!tables.ok) return tables;
  if (!values.ok) return values;
  const valued = values.value[0];
  if (valued === undefined) return fail('internal', 'a job gave no answer');
  const found = tables.value;
  const placeOf = (point: number): { table: FeedbackTable; place: number } => {
    const table = found[Math.floor(point / PLACES_PER_CHUNK)];
    if (table === undefined) throw new Error(`place ${point} was not measured`);
    return { table, place: point % PLACES_PER_CHUNK };
  };
  return succeed({
    inputs,
    pack,
    history: history.value.moves,
    values: valued,
    markets: feedbackMarkets(pack.packed),
    moves,
    placeOf,
  });
}
