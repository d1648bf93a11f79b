import type { ReplayResult, ReplayStep } from '../../contract/replay.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import type { Shock } from '../../domain/scenario.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { ReplayIndexTable } from '../../engine/replay/replay-index.ts';
import type { ReplayTable } from '../../engine/replay/replay-values.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { LEAST_COVERAGE } from '../analysis/leverage-index.ts';
import { runScenarios, type ScenarioTable } from '../scenarios.ts';
import { accountVerdicts, firstFalls, instantOf, isBelow } from './account-verdicts.ts';
import { bookExposure, coverageAt, treatmentsOf } from './book-exposure.ts';
import { indexAt, movesBefore } from './index-steps.ts';
import { priceClaims } from './price-claims.ts';
import { checkpointsOf, distancesAt } from './replay-checkpoints.ts';
import { checkpointBars, phaseOf, phasesOf, stepBars } from './replay-phases.ts';
import { replayWords } from './replay-words.ts';
import { packAt, rowsOf, runIndex, runValues, type ReplayWork } from './run-path.ts';
import { windowPath, type WindowPath } from './window-path.ts';
import { windowSummaryOf } from './window-summary.ts';

/** A replay without what depends on the study of daily prices, and without what identifies the run. */
export type BareReplay = Omit<ReplayResult, 'runId' | 'warning' | 'steps'> & { readonly steps: readonly Omit<ReplayStep, 'isWarning'>[] };

/** Replays a window on a book. `history` are recorded daily closes; at every step only those of earlier days are used. */
export async function replayBook(work: ReplayWork, window: RecordedWindow, history: Snapshot['history']): Promise<Result<BareReplay>> {
  const started = performance.now();
  const { inputs, pack, context } = work;
  context.progress('Valuing the window', 0, 1);
  const prepared = await preparePath(work, window);
  if (!prepared.ok) return prepared;
  const { path, coverage, treatments } = prepared.value;
  const phases = phasesOf(path.commonMove.close, path.commonMove.low);
  const { bars: steps, every } = stepBars(window.bars, phases.lowBar);
  const values = await valueWindow(work, path);
  if (!values.ok) return values;
  const falls = firstFalls(pack, values.value);
  const index = await runIndex(work, rowsOf(path.path.close, steps), 'Taking the index along the window');
  if (!index.ok) return index;
  const said = await fallSoFar(work, path, steps);
  if (!said.ok) return said;
  const checkpoints = checkpointBars(path.endMs, path.commonMove.low, phases);
  const distances = await distancesAt(work, path, checkpoints);
  if (!distances.ok) return distances;
  const [closes] = values.value;
  const rows = stepRows({ work, path, steps, history, coverage, phases, index: index.value, said: said.value, closes });
  const firstDistances = distances.value[0] ?? { joint: new Float64Array(0), alone: new Float64Array(0) };
  const bare = {
    bookName: inputs.contents.name,
    window: windowSummaryOf(window),
    basis: path.basis,
    stepMinutes: every * window.intervalMinutes,
    peakAt: instantOf(path.endMs[phases.peakBar] ?? 0),
    lowAt: instantOf(path.endMs[phases.lowBar] ?? 0),
    commonFall: phases.fall,
    coverageFraction: Math.min(...rows.map((row) => row.coverageFraction)),
    leastCoverageFraction: LEAST_COVERAGE,
    treatments,
    steps: rows,
    accounts: accountVerdicts({
      pack,
      contents: inputs.contents,
      falls,
      said: said.value,
      steps,
      endMs: path.endMs,
      start: firstDistances,
    }),
    checkpoints: checkpointsOf({
      work,
      path,
      bars: checkpoints,
      distances: distances.value,
      falls,
      phases,
      indexOf: (bar) => (rows[steps.findLastIndex((step) => step <= bar)] ?? rows[0])?.index ?? NaN,
    }),
    priceClaims: priceClaims(pack, path, { said: said.value, steps, phases }),
  };
  return succeed({ ...bare, ...replayWords(bare, inputs), elapsedMs: performance.now() - started });
}

/** A window as prices of the book, how much of the book they cover at a bar, and how each asset is priced. */
export type PreparedPath = {
  readonly path: WindowPath;
  readonly coverage: (bar: number) => number;
  readonly treatments: ReplayResult['treatments'];
};

/** Prices of the book's assets along a window; refused by name where the window holds none of its drivers. */
export async function preparePath({ inputs, pack, pool, context }: ReplayWork, window: RecordedWindow): Promise<Result<PreparedPath>> {
  pool.share(pack.packed.id, pack.packed);
  const values = await pool.run({ name: 'value', inputs: [{ packedId: pack.packed.id, quantities: null }] }, context.signal);
  if (!values.ok) return values;
  const [now] = values.value;
  if (now === undefined) return fail('internal', 'a job gave no answer');
  const exposure = bookExposure(pack, now);
  const path = windowPath(window, { inputs, pack, netUsd: exposure.netUsd });
  if (path === null)
    return fail(
      'missingPrice',
      `window ${window.id} holds no bars of ${pack.driverIds.join(' or ')}, so nothing of this book would move; it has ${window.series.map((series) => series.assetId).join(', ')}`,
      { remedy: 'Choose another window, or a file with bars of these assets.' },
    );
  const coins = new Set(inputs.contents.assets.flatMap((asset) => (asset.kind === 'stable' ? [asset.id] : [])));
  return succeed({
    path,
    coverage: (bar) => coverageAt(exposure, path, { bar, coins }),
    treatments: treatmentsOf(exposure, path, inputs.contents),
  });
}

/** Every account at the closes, the lows and the highs of every bar. */
async function valueWindow(work: ReplayWork, { path }: WindowPath): Promise<Result<[ReplayTable, ReplayTable, ReplayTable]>> {
  const close = await runValues(work, path.close);
  if (!close.ok) return close;
  const low = await runValues(work, path.low);
  if (!low.ok) return low;
  const high = await runValues(work, path.high);
  return high.ok ? succeed([close.value, low.value, high.value]) : high;
}

/** At each step the cascade of the fall since the window's first close, from the prices of that close. */
async function fallSoFar(
  { inputs, pack, pool, context }: ReplayWork,
  path: WindowPath,
  steps: readonly number[],
): Promise<Result<ScenarioTable>> {
  const { packed, driverIds } = packAt(pack, path.path.close, 0);
  const width = path.assetIds.length;
  const close = path.path.close.priceUsd;
  const common = path.commonMove.close;
  const shocks = steps.map((bar): Shock => {
    const moves = driverIds.map((id) => {
      const column = path.assetIds.indexOf(id);
      const move = column < 0 ? 0 : (close[bar * width + column] ?? NaN) / (close[column] ?? NaN) - 1;
      return [id, Number.isNaN(move) ? 0 : Math.max(-0.99, move)] as const;
    });
    const sinceStart = (1 + (common[bar] ?? 0)) / (1 + (common[0] ?? 0)) - 1;
    return { moves: Object.fromEntries(moves), volatilityShift: Math.max(0, inputs.scenarioSet.volatilityPerMove * sinceStart) };
  });
  return runScenarios({ packed, driverIds, shocks, assumptions: inputs.assumptions, phase: 'Running the fall so far' }, pool, context);
}

type StepInputs = {
  readonly work: ReplayWork;
  readonly path: WindowPath;
  readonly steps: readonly number[];
  readonly history: Snapshot['history'];
  readonly coverage: (bar: number) => number;
  readonly phases: Parameters<typeof phaseOf>[1];
  readonly index: ReplayIndexTable;
  readonly said: ScenarioTable;
  readonly closes: ReplayTable;
};

function stepRows({ work, path, steps, history, coverage, phases, index, said, closes }: StepInputs): BareReplay['steps'] {
  const { pack, inputs } = work;
  const accounts = pack.accountIds.length;
  const before = movesBefore(inputs, history, pack.driverIds);
  const width = path.assetIds.length;
  return steps.map((bar, s) => {
    const at = instantOf(path.endMs[bar] ?? 0);
    const coverageFraction = coverage(bar);
    const moves = before(at.slice(0, 10));
    const from = bar * accounts;
    const sum = (column: Float64Array): number => sumAccurate(column.subarray(from, from + accounts));
    return {
      at,
      phase: phaseOf(bar, phases),
      pricesUsd: pricesOf(path, path.path.close.priceUsd.subarray(bar * width, (bar + 1) * width)),
      commonMove: path.commonMove.close[bar] ?? 0,
      equityUsd: sum(closes.equityUsd),
      requirementUsd: sum(closes.requirementUsd),
      below: pack.accountIds.filter((_, a) => isBelow(pack.packed.accounts.family[a] ?? 0, closes, from + a)),
      ...indexAt(index, s, { moves, coverageFraction, drivers: pack.driverIds.length }),
      coverageFraction,
      saidPricesUsd: Object.fromEntries(
        pack.driverIds.map((id, d) => [id, said.priceUsd[s * said.assets + (pack.packed.drivers[d] ?? -1)] ?? 0]),
      ),
      saidToFall: pack.accountIds.filter((_, a) => (said.fallenRound[s * accounts + a] ?? 0) > 0),
    };
  });
}

/** Prices of one bar by asset, those without one left out. */
function pricesOf({ assetIds }: WindowPath, row: Float64Array): Record<string, number> {
  return Object.fromEntries(assetIds.flatMap((id, k) => (Number.isNaN(row[k] ?? NaN) ? [] : [[id, row[k] ?? 0]])));
}
