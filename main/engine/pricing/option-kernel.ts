import { normalCdfFast, normalPairFast } from '../math/normal-table.ts';
import {
  BLOCK_COLUMN,
  BLOCK_COLUMNS,
  BLOCK_SUMS,
  GROUP_NUMBERS,
  LEAST_VOLATILITY,
  SCENARIO_NUMBERS,
  type OptionBlock,
  type OptionKernel,
} from './option-block.ts';

const WEIGHTED_FORWARD = 2 * BLOCK_COLUMN.weightedForward;
const WEIGHTED_STRIKE = 2 * BLOCK_COLUMN.weightedStrike;
const INVERSE_DEVIATION = 2 * BLOCK_COLUMN.inverseDeviation;
const HALF_DEVIATION = 2 * BLOCK_COLUMN.halfDeviation;
const GAMMA_WEIGHT = 2 * BLOCK_COLUMN.gammaWeight;
const VEGA_WEIGHT = 2 * BLOCK_COLUMN.vegaWeight;
const DECAY_WEIGHT = 2 * BLOCK_COLUMN.decayWeight;
const VOLATILITY = 2 * BLOCK_COLUMN.volatility;
const ROOT_TIME = 2 * BLOCK_COLUMN.rootTime;
const SMOOTH_WEIGHT = 2 * BLOCK_COLUMN.smoothWeight;
const FORWARD = 2 * BLOCK_COLUMN.forward;
const STRIKE = 2 * BLOCK_COLUMN.strike;
const PUT_WEIGHT = 2 * BLOCK_COLUMN.putWeight;
const PAIR = 2 * BLOCK_COLUMNS;

/**
 * Revalues blocks in plain TypeScript, option by option in the order and with the operations of kernel/revalue-options.ts, which is
 * the same compiled to two lanes: what one changes the other must. No logarithm, root or exponential in the loop, the put by
 * parity, and one look-up for Φ(d1) and φ(d1), from which all Greeks follow since φ(d2) K = φ(d1) F.
 */
export const scalarOptionKernel: OptionKernel = { name: 'scalar', prices, sums };

const pair = new Float64Array(2);
const parts = new Float64Array(5);
const even = new Float64Array(5);

function prices(block: OptionBlock, scenarios: Float64Array, out: Float64Array): void {
  const { columns, groupEnd, slots } = block;
  const groups = groupEnd.length;
  const count = groups === 0 ? 0 : scenarios.length / (groups * SCENARIO_NUMBERS);
  for (let group = 0, from = 0; group < groups; from = groupEnd[group]!, group += 1) {
    for (let s = 0; s < count; s += 1) {
      const at = (s * groups + group) * SCENARIO_NUMBERS;
      const move = scenarios[at]!;
      const multiplier = scenarios[at + 1]!;
      const factor = scenarios[at + 2]!;
      const shift = scenarios[at + 3]!;
      for (let slot = 2 * from; slot < 2 * groupEnd[group]!; slot += 1) {
        const row = (slot >> 1) * PAIR + (slot & 1);
        const shifted = columns[row + VOLATILITY]! * factor + shift;
        const deviation = (shifted < LEAST_VOLATILITY ? LEAST_VOLATILITY : shifted) * columns[row + ROOT_TIME]!;
        const d1 = 0.5 * deviation + (columns[row]! + move) / deviation;
        const moved = columns[row + FORWARD]! * multiplier;
        const strike = columns[row + STRIKE]!;
        const call = moved * normalCdfFast(d1) - strike * normalCdfFast(d1 - deviation);
        const price = call - columns[row + PUT_WEIGHT]! * (moved - strike);
        out[s * slots + slot] = price < 0 ? 0 : price;
      }
    }
  }
}

function sums(block: OptionBlock, scenarios: Float64Array, out: Float64Array): void {
  const { columns, groupEnd, groupNumbers } = block;
  const groups = groupEnd.length;
  const count = groups === 0 ? 0 : scenarios.length / (groups * SCENARIO_NUMBERS);
  out.fill(0, 0, count * BLOCK_SUMS);
  for (let group = 0, from = 0; group < groups; from = groupEnd[group]!, group += 1) {
    const inverseSpot = groupNumbers[group * GROUP_NUMBERS + 2]!;
    const rate = groupNumbers[group * GROUP_NUMBERS + 3]!;
    for (let s = 0; s < count; s += 1) {
      const at = (s * groups + group) * SCENARIO_NUMBERS;
      const addOptions = onlyScales(scenarios, at, groupNumbers[group * GROUP_NUMBERS + 4]!) ? addScaled : addShifted;
      addOptions(columns, from * PAIR, groupEnd[group]! * PAIR, scenarios, at);
      even.set(parts);
      addOptions(columns, from * PAIR + 1, groupEnd[group]! * PAIR, scenarios, at);
      const multiplier = scenarios[at + 1]!;
      const inverse = multiplier > 0 ? 1 / multiplier : 0;
      const forwards = even[0]! + parts[0]! - groupNumbers[group * GROUP_NUMBERS]!;
      const strikes = even[1]! + parts[1]! - groupNumbers[group * GROUP_NUMBERS + 1]!;
      const price = multiplier * forwards - strikes;
      const to = s * BLOCK_SUMS;
      out[to] = out[to]! + price;
      out[to + 1] = out[to + 1]! + forwards * inverseSpot;
      out[to + 2] = out[to + 2]! + (even[2]! + parts[2]!) * (inverse * inverseSpot * inverseSpot);
      out[to + 3] = out[to + 3]! + (even[3]! + parts[3]!) * multiplier;
      out[to + 4] = out[to + 4]! + (rate * price - 0.5 * ((even[4]! + parts[4]!) * multiplier));
    }
  }
}

/** Whether a scenario multiplies every volatility of a group and none ends below the floor: then nothing need be divided. */
function onlyScales(scenarios: Float64Array, at: number, leastVolatility: number): boolean {
  return scenarios[at + 3] === 0 && leastVolatility * scenarios[at + 2]! >= LEAST_VOLATILITY;
}

/** Adds up the first or the second options of a group's pairs into `parts`: w F Φ(d1), w K Φ(d2), w F φ/s, w F φ √T, w F φ σ²/s. */
function addScaled(columns: Float64Array, from: number, to: number, scenarios: Float64Array, at: number): void {
  const move = scenarios[at]!;
  const factor = scenarios[at + 2]!;
  const inverseFactor = 1 / factor;
  parts.fill(0);
  for (let row = from; row < to; row += PAIR) {
    const half = columns[row + HALF_DEVIATION]! * factor;
    const middle = (columns[row]! + move) * (columns[row + INVERSE_DEVIATION]! * inverseFactor);
    addOption(columns, row, middle + half, middle - half);
    parts[2] = columns[row + GAMMA_WEIGHT]! * pair[1]! + parts[2]!;
    parts[3] = columns[row + VEGA_WEIGHT]! * pair[1]! + parts[3]!;
    parts[4] = columns[row + DECAY_WEIGHT]! * pair[1]! + parts[4]!;
  }
  parts[2] = parts[2]! * inverseFactor;
  parts[4] = parts[4]! * factor;
}

/** The same where volatilities are shifted or floored. */
function addShifted(columns: Float64Array, from: number, to: number, scenarios: Float64Array, at: number): void {
  const move = scenarios[at]!;
  const factor = scenarios[at + 2]!;
  const shift = scenarios[at + 3]!;
  parts.fill(0);
  for (let row = from; row < to; row += PAIR) {
    const shifted = columns[row + VOLATILITY]! * factor + shift;
    const volatility = shifted < LEAST_VOLATILITY ? LEAST_VOLATILITY : shifted;
    const rootTime = columns[row + ROOT_TIME]!;
    const deviation = volatility * rootTime;
    const inverse = 1 / deviation;
    const half = 0.5 * deviation;
    const middle = (columns[row]! + move) * inverse;
    addOption(columns, row, middle + half, middle - half);
    const weighted = columns[row + SMOOTH_WEIGHT]! * pair[1]!;
    const scaled = weighted * inverse;
    parts[2] = scaled + parts[2]!;
    parts[3] = weighted * rootTime + parts[3]!;
    parts[4] = scaled * (volatility * volatility) + parts[4]!;
  }
}

/** Adds w F Φ(d1) and w K Φ(d2) of one option; leaves Φ(d1) and φ(d1) in `pair`. */
function addOption(columns: Float64Array, row: number, d1: number, d2: number): void {
  normalPairFast(d1, pair);
  parts[0] = columns[row + WEIGHTED_FORWARD]! * pair[0]! + parts[0]!;
  parts[1] = columns[row + WEIGHTED_STRIKE]! * normalCdfFast(d2) + parts[1]!;
}
