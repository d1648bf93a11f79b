import type { PhaseMap } from '../../contract/phase-map.ts';
import type { ParsedInputOf, Services } from '../../contract/contract.ts';
import type { Cell } from '../../contract/cell.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Shock } from '../../domain/scenario.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { digestOf, readInputs } from '../analysis.ts';
import { packBook, type PackResult } from '../pack.ts';
import { runScenarios, type RunContext, type ScenarioTable } from '../scenarios.ts';
import { questionDigest, remembered } from '../remembered.ts';
import type { Session } from '../session.ts';
import { findCrossings, type Phase } from './phase-crossings.ts';

/** Sizes of the shock up to twice itself, and thinnings up to nine tenths of the depth. */
const SCALES = Array.from({ length: 20 }, (_, i) => (i + 1) / 10);
const THINNINGS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Loss amplification whose first passing is told unless another is asked for. */
const AMPLIFICATION_LEVEL = 1.5;

/** The phase map of the open book. */
export function createPhaseMapServices(session: Session, pool: Pool): Pick<Services, 'analysis.phaseMap'> {
  return {
    'analysis.phaseMap': async (input, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const { scenarioSetId, shock, cascade } = input;
      const inputs = readInputs(book.value, { scenarioSetId, shock, cascade });
      if (!inputs.ok) return inputs;
      const bookDigest = book.value.digest();
      const { scales, thinnings, amplificationLevel } = input;
      const key = questionDigest([digestOf(bookDigest, inputs.value), scales ?? null, thinnings ?? null, amplificationLevel ?? null]);
      return remembered(session, { slot: session.phaseMap, key, bookDigest }, () => mapPhases(inputs.value, input, { ...context, pool }));
    },
  };
}

type Work = RunContext & { readonly pool: Pool };
type Axes = Pick<ParsedInputOf<'analysis.phaseMap'>, 'scales' | 'thinnings' | 'amplificationLevel'>;

/** Runs every cell, then halves the cell edge at which each row changes its phase until the crossing is known closely. */
export async function mapPhases(inputs: AnalysisInputs, axes: Axes, work: Work): Promise<Result<PhaseMap>> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  const lead = leadDriver(inputs.shock, pack.driverIds);
  if (lead === null) return fail('unsupported', 'the shock moves no driver, so that it has no size', { remedy: 'Give it a move.' });
  const scales = (axes.scales ?? SCALES).toSorted((a, b) => a - b);
  const thinnings = (axes.thinnings ?? THINNINGS).toSorted((a, b) => a - b);
  const level = axes.amplificationLevel ?? AMPLIFICATION_LEVEL;
  const cells = scales.length * thinnings.length;
  const run = async (rowScales: readonly (readonly number[])[], done: number): Promise<Result<Phase[][]>> => {
    const rows = await Promise.all(
      rowScales.map(async (row, y) => {
        const assumptions = { ...inputs.assumptions, depthThinningFraction: thinnings[y] ?? 0 };
        const request = {
          packed: pack.packed,
          driverIds: pack.driverIds,
          shocks: row.map((scale) => scaled(inputs.shock, scale)),
          assumptions,
        };
        const table = await runScenarios(request, work.pool, { signal: work.signal, progress: () => undefined });
        if (table.ok) {
          finished += row.length;
          work.progress('Mapping phases', Math.min(done + finished, cells), cells);
        }
        return table.ok
          ? succeed(row.map((_, s) => phaseOf(table.value, s, { pack, shock: inputs.shock, lead, scale: row[s] ?? 1 })))
          : table;
      }),
    );
    return allOf(rows);
  };
  let finished = 0;
  const grid = await run(
    thinnings.map(() => scales),
    0,
  );
  if (!grid.ok) return grid;
  const crossings = await findCrossings({ scales, rows: grid.value, level }, (asked) => run(asked, cells));
  if (!crossings.ok) return crossings;
  const column = <T>(read: (phase: Phase) => T): T[][] => grid.value.map((row) => row.map(read));
  return succeed({
    shock: inputs.shock,
    assumptions: inputs.assumptions,
    leadDriver: lead,
    leadMoves: scales.map((scale) => scaled(inputs.shock, scale).moves[lead] ?? 0),
    scales,
    thinnings,
    rounds: column((phase) => phase.rounds),
    hasConverged: column((phase) => (phase.hasConverged ? 1 : 0)),
    accountsFallen: column((phase) => phase.accountsFallen),
    fallenOnlyJointly: column((phase) => phase.fallenOnlyJointly),
    badDebtUsd: column((phase) => phase.badDebtUsd),
    lossUsd: column((phase) => phase.lossUsd),
    priceAmplification: column((phase) => phase.priceAmplification),
    lossAmplification: column((phase) => phase.lossAmplification),
    amplificationLevel: level,
    crossings: crossings.value.rows.map((row, y) => ({ thinningFraction: thinnings[y] ?? 0, ...row })),
    crossingWidth: crossings.value.width,
  });
}

function allOf<T>(results: readonly Result<T>[]): Result<T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return succeed(values);
}

/** The driver with the largest move; the first of equal ones; null where nothing moves. */
function leadDriver(shock: Shock, driverIds: readonly string[]): string | null {
  const size = (id: string): number => Math.abs(shock.moves[id] ?? 0);
  const [lead] = driverIds.toSorted((left, right) => size(right) - size(left));
  return lead === undefined || size(lead) === 0 ? null : lead;
}

/** A multiple of a shock, volatility with it; a price keeps at least a thousandth of itself. */
export function scaled(shock: Shock, scale: number): Shock {
  return {
    moves: Object.fromEntries(Object.entries(shock.moves).map(([id, move]) => [id, Math.max(-0.999, move * scale)])),
    volatilityShift: shock.volatilityShift * scale,
  };
}

type At = { readonly pack: PackResult; readonly shock: Shock; readonly lead: string; readonly scale: number };

function phaseOf(table: ScenarioTable, s: number, { pack, shock, lead, scale }: At): Phase {
  const { accounts, assets } = table;
  let accountsFallen = 0;
  let fallenOnlyJointly = 0;
  for (let a = 0; a < accounts; a += 1) {
    if (table.fallenRound[s * accounts + a] === 0) continue;
    accountsFallen += 1;
    if ((table.shockedExcessUsd[s * accounts + a] ?? 0) >= 0) fallenOnlyJointly += 1;
  }
  const row = (values: Float64Array): number => sumAccurate(values.subarray(s * accounts, (s + 1) * accounts));
  const before = sumAccurate(table.initialEquityUsd);
  const firstUsd = before - row(table.shockedEquityUsd);
  const lossUsd = before - row(table.equityUsd);
  const asset = pack.packed.drivers[pack.driverIds.indexOf(lead)] ?? 0;
  const moved = (table.priceUsd[s * assets + asset] ?? 0) / (pack.packed.initial.priceUsd[asset] ?? 1) - 1;
  const asked = scaled(shock, scale).moves[lead] ?? 0;
  return {
    rounds: table.rounds[s] ?? 0,
    hasConverged: table.hasConverged[s] === 1,
    accountsFallen,
    fallenOnlyJointly,
    badDebtUsd: table.badDebtUsd[s] ?? 0,
    lossUsd,
    priceAmplification: moved / asked,
    lossAmplification: firstUsd > 0 ? lossUsd / firstUsd : noAmplification(scale),
  };
}

function noAmplification(scale: number): Cell {
  return { reason: 'unsupported', message: `${scale} times the shock by itself loses nothing, so total ÷ first-round loss has no value` };
}
