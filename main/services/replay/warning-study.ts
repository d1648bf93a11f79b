import type { Cell } from '../../contract/cell.ts';
import type { WarningStudy } from '../../contract/replay.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { chooseLevel, findFalls, judgeWarnings, type WarningRules } from '../../engine/risk/early-warning.ts';
import { commonMove } from '../../engine/scenario/history-moves.ts';
import { figure, percent } from '../analysis/words.ts';
import { indexAt, movesBefore } from './index-steps.ts';
import { runIndex, type ReplayWork } from './run-path.ts';

/** A fall: this far below the highest close of as many days. The horizon is the time in which a warning has to come true. */
const FALL = { depth: 0.2, lookbackDays: 14 };
const RULES: WarningRules = { quiet: 14, horizon: 30 };
/** The book is taken to have been set up this long before each day, so that the index sees what the market has done to it since. */
const HELD_DAYS = 30;
/** Levels are chosen on days up to here; later ones test them. */
const TRAINING_ENDS = '2022-12-31';

type Signal = WarningStudy['index'];

/**
 * Lead time and false alarms of the index over recorded daily closes. At each day the book's own prices are moved as the recorded ones have
 * over the thirty days before, the index is taken with the closes known by then, and a level chosen on the first years is judged on the
 * later ones, beside a rule that looks at the fall of those thirty days and nothing else.
 */
export async function studyWarnings(work: ReplayWork, history: Snapshot['history']): Promise<Result<WarningStudy>> {
  const { inputs, pack } = work;
  const rows = history.filter((row) => pack.driverIds.every((id) => (row.closeUsd[id] ?? 0) > 0));
  const days = rows.slice(HELD_DAYS).map((row) => row.day);
  if (days.length < 2 * HELD_DAYS)
    return fail('missingPrice', `only ${rows.length} days have closes of ${pack.driverIds.join(' and ')}: too few to judge warnings`);
  const betas = Float64Array.from(pack.driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0);
  const moves = days.map((_, i) => movesBetween(rows[i], rows[i + HELD_DAYS], pack.driverIds));
  const held = Float64Array.from(moves, (row) => commonMove(betas, row));
  const priced = Float64Array.from(moves.flatMap((row) => Array.from(row, (move, d) => driverPrice(work, d) * (1 + move))));
  const path = {
    assets: pack.packed.drivers,
    priceUsd: priced,
    volatilityShift: held.map((move) => Math.max(0, inputs.scenarioSet.volatilityPerMove * move)),
  };
  const table = await runIndex(work, path, 'Judging warnings, 2021 to 2026');
  if (!table.ok) return table;
  const before = movesBefore(inputs, rows, pack.driverIds);
  const index = days.map(
    (day, i) => indexAt(table.value, i, { moves: before(day), coverageFraction: 1, drivers: pack.driverIds.length }).index,
  );
  return succeed(judge({ days, index, held, common: commonPrice(rows, betas, pack.driverIds).subarray(HELD_DAYS) }));
}

function driverPrice({ pack }: ReplayWork, d: number): number {
  return pack.packed.initial.priceUsd[pack.packed.drivers[d] ?? -1] ?? NaN;
}

type Row = Snapshot['history'][number] | undefined;

function movesBetween(from: Row, to: Row, ids: readonly string[]): Float64Array {
  return Float64Array.from(ids, (id) => (to?.closeUsd[id] ?? NaN) / (from?.closeUsd[id] ?? NaN) - 1);
}

/** The common axis as a price that starts at 1. */
function commonPrice(rows: Snapshot['history'], betas: Float64Array, ids: readonly string[]): Float64Array {
  const price = new Float64Array(rows.length).fill(1);
  for (let i = 1; i < rows.length; i += 1) {
    price[i] = (price[i - 1] ?? 1) * (1 + commonMove(betas, movesBetween(rows[i - 1], rows[i], ids)));
  }
  return price;
}

type Material = {
  readonly days: readonly string[];
  readonly index: readonly Cell[];
  readonly held: Float64Array;
  readonly common: Float64Array;
};

function judge({ days, index, held, common }: Material): WarningStudy {
  const falls = findFalls(common, FALL.depth, FALL.lookbackDays);
  const split = days.findIndex((day) => day > TRAINING_ENDS);
  const trained = split < 0 ? days.length : split;
  const signal = Float64Array.from(index, (value) => (typeof value === 'number' ? value : NaN));
  const fallen = held.map((move) => -move);
  const all = { days, falls, trained };
  const own = judgeSignal({ name: 'Systemic leverage index', unit: 'of 100', signal, ...all });
  const plain = judgeSignal({ name: `Fall of the last ${HELD_DAYS} days alone`, unit: 'share', signal: fallen, ...all });
  const level = typeof own.level === 'number' ? own.level : Infinity;
  const record = judgeWarnings(signal, level, falls, RULES);
  return {
    definition: `A fall: ${percent(FALL.depth)} below the highest common close of ${FALL.lookbackDays} days. A warning: the signal reaches its level after ${RULES.quiet} days below it, and is right when a fall follows within ${RULES.horizon} days. The level was worth most, falls announced less warnings false, on the days to ${TRAINING_ENDS}. On each day the book stands as if set up ${HELD_DAYS} days before.`,
    index: own,
    plain,
    sentence: sentence(own, plain),
    days: [...days],
    indexByDay: [...index],
    commonPrice: [...common],
    falls: falls.map((at, i) => ({
      day: days[at] ?? '',
      leadDays: Number.isNaN(record.leads[i] ?? NaN) ? null : (record.leads[i] ?? null),
      isTraining: at < trained,
    })),
    falseWarningDays: record.falseWarnings.map((at) => days[at] ?? ''),
  };
}

type SignalInput = {
  readonly name: string;
  readonly unit: string;
  readonly signal: Float64Array;
  readonly days: readonly string[];
  readonly falls: readonly number[];
  readonly trained: number;
};

function judgeSignal({ name, unit, signal, days, falls, trained }: SignalInput): Signal {
  const level = chooseLevel(
    signal.slice(0, trained),
    falls.filter((at) => at < trained),
    RULES,
  );
  const judged = (from: number, to: number): Signal['test'] => {
    const record = judgeWarnings(
      signal.slice(from, to),
      Number.isNaN(level) ? Infinity : level,
      falls.filter((at) => at >= from && at < to).map((at) => at - from),
      RULES,
    );
    const leads = record.leads.filter((lead) => !Number.isNaN(lead));
    return {
      from: days[from] ?? '',
      to: days[to - 1] ?? '',
      falls: record.leads.length,
      announced: leads.length,
      warnings: record.warnings.length,
      falseWarnings: record.falseWarnings.length,
      meanLeadDays: leads.length > 0 ? leads.reduce((sum, lead) => sum + lead, 0) / leads.length : none('no fall was announced'),
    };
  };
  return {
    name,
    unit,
    level: Number.isNaN(level) ? none('no fall in the first years to choose a level on') : level,
    training: judged(0, trained),
    test: judged(trained, days.length),
  };
}

function none(message: string): Cell {
  return { reason: 'unsupported', message };
}

/** The verdict in words, also when it is against the index. */
function sentence(own: Signal, plain: Signal): string {
  const told = ({ test }: Signal): string =>
    `${test.announced} of ${test.falls} falls announced${typeof test.meanLeadDays === 'number' ? `, ${figure(test.meanLeadDays, 1)} days ahead on average` : ''}, ${test.falseWarnings} of ${test.warnings} warnings false`;
  const isBetter = worth(own) > worth(plain);
  const verdict = isBetter
    ? 'The index was worth more than the fall by itself.'
    : 'It was worth no more than looking at the fall by itself: read the index for how the book is tied together, not as an alarm.';
  return `From ${own.test.from} to ${own.test.to}, at a level chosen before, the index had ${told(own)}; the plain rule ${told(plain)}. ${verdict}`;
}

function worth({ test }: Signal): number {
  return (test.falls === 0 ? 0 : test.announced / test.falls) - (test.warnings === 0 ? 0 : test.falseWarnings / test.warnings);
}
