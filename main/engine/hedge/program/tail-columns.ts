import { lossesAfter } from './appraise.ts';
import type { CvarProgram } from './cvar-program.ts';
import { dualForm, readDualForm, scenarioColumns } from './dual-form.ts';
import type { DualReading } from './dual-form.ts';
import type { LinearBasis, LinearProgram, LinearStatus, OpenProgram } from './linear-program.ts';

/** Where the next solve of a program like the last one may begin. */
export type TailStart = {
  /** Scenarios that came into the tail at some time. */
  readonly scenarios: Int32Array;
  readonly basis: LinearBasis;
};

/** The dual form solved: what it says (null when the status carries no point), and where the next may begin. */
export type DualSolution = {
  readonly status: LinearStatus;
  readonly reading: DualReading | null;
  readonly start: TailStart | null;
  /** Times the program was solved, scenarios being added in between. */
  readonly rounds: number;
};

/** Half as many again as the tail holds, to begin with. */
const FIRST_SHARE = 1.5;
/** A loss counts as above the quantile beyond this, in the scaled program, whose losses are about 1,000. */
const TOLERANCE = 1e-7;
/** Each round adds a scenario that was not there, so this is never reached by a program that can be solved. */
const MOST_ROUNDS = 200;

/**
 * Solves a program by its dual form with the scenarios that matter: begins with the worst ones, or with those that mattered last time,
 * and adds whichever loses more than the quantile after the decisions found so far, until none does. The answer is that of all
 * scenarios, since every column left out would have weight zero.
 * Source: column generation, Dantzig and Wolfe (1960); the dual of the tail average, Rockafellar and Uryasev (2000).
 */
export function solveTail(program: CvarProgram, open: OpenProgram, start: TailStart | null): DualSolution {
  const form = dualForm(program);
  const model = open(form.program);
  let scenarios = firstScenarios(program, start);
  model.add(scenarioColumns(program, form, scenarios));
  if (start !== null && fits(start, form.program, scenarios)) model.startFrom(start.basis);
  const isIn = new Uint8Array(program.lossesUsd.length);
  for (const s of scenarios) isIn[s] = 1;
  for (let rounds = 1; ; rounds++) {
    const solution = model.solve();
    if (solution.columnValues.length === 0) return { status: solution.status, reading: null, start: null, rounds };
    const reading = readDualForm(program, form, scenarios, solution);
    const end = { status: solution.status, reading, start: { scenarios, basis: model.basis() }, rounds };
    if (solution.status !== 'optimal' || rounds === MOST_ROUNDS) return end;
    const quantileUsd = -solution.rowDuals[program.costUsd.length]! * form.moneyScale;
    const missing = scenariosAbove(lossesAfter(program, reading.values), quantileUsd + TOLERANCE * form.moneyScale, isIn);
    if (missing.length === 0) return end;
    for (const s of missing) isIn[s] = 1;
    scenarios = Int32Array.of(...scenarios, ...missing);
    model.add(scenarioColumns(program, form, missing));
  }
}

/** Whether the basis of the last solve is one of this program: the same limits and decisions, and no scenario more. */
function fits({ scenarios, basis }: TailStart, frame: LinearProgram, wanted: Int32Array): boolean {
  const isSame = scenarios.length === wanted.length && basis.rows.length === frame.rows;
  return isSame && basis.columns.length === frame.columns + scenarios.length;
}

/** Those that mattered last time, or else the worst ones; more of the worst where they do not fill the tail. */
function firstScenarios({ lossesUsd, weights, confidence }: CvarProgram, start: TailStart | null): Int32Array {
  const known = start?.scenarios.filter((s) => s < lossesUsd.length) ?? new Int32Array(0);
  const tail = 1 - confidence;
  let weight = 0;
  for (const s of known) weight += weights[s]!;
  if (weight >= tail) return known;
  const isIn = new Set(known);
  const more: number[] = [];
  const worst = Int32Array.from(lossesUsd, (_, s) => s).sort((a, b) => lossesUsd[b]! - lossesUsd[a]! || a - b);
  for (const s of worst) {
    if (weight >= FIRST_SHARE * tail) break;
    if (isIn.has(s)) continue;
    more.push(s);
    weight += weights[s]!;
  }
  return Int32Array.of(...known, ...more);
}

/** Scenarios that lose more than a level and are not in yet. */
function scenariosAbove(lossesUsd: Float64Array, levelUsd: number, isIn: Uint8Array): Int32Array {
  const above: number[] = [];
  for (let s = 0; s < lossesUsd.length; s++) if (lossesUsd[s]! > levelUsd && isIn[s] === 0) above.push(s);
  return Int32Array.from(above);
}
