/*
 * The option kernel in AssemblyScript: main/engine/pricing/option-kernel.ts on two options at a time, operation by operation, so that
 * both give the same bits. Compiled twice by .config/compile-option-kernel.ts: *strict* as written, *relaxed* with `madd` rounded once.
 *
 * Memory belongs to the caller: the table of main/engine/math/normal-table.ts at 0, everything else where the arguments say.
 */

const ROUNDER = 52776558133248.0;
const LEAST_VOLATILITY = 0.01;
/** Bytes of a pair: 14 columns of two numbers. */
const PAIR_BYTES = 224;
/** Bytes of one underlying in one scenario, and of one group's numbers. */
const SCENARIO_BYTES = 32;
const GROUP_BYTES = 40;
/** Bytes of the five sums of a scenario. */
const SUM_BYTES = 40;

/** a b + c */
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** c − a b */
@inline
function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c);
  return f64x2.sub(c, f64x2.mul(a, b));
}

/** x between −9 and 9; NaN passes through. */
@inline
function clamp(x: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, f64x2.splat(-9)), f64x2.splat(9));
}

/** Byte offsets of the rows of two grid points, in the first 32 bits of each half. */
@inline
function rows(rounded: v128): v128 {
  return i64x2.shl(v128.and(rounded, i64x2.splat(4095)), 6);
}

/** Φ of both lanes. */
@inline
function distribution(d: v128): v128 {
  const x = clamp(d);
  const rounded = f64x2.add(x, f64x2.splat(ROUNDER));
  const h = f64x2.sub(x, f64x2.sub(rounded, f64x2.splat(ROUNDER)));
  const at = rows(rounded);
  const p = i32x4.extract_lane(at, 0) as usize;
  const q = i32x4.extract_lane(at, 2) as usize;
  let left = v128.load(p, 32);
  let right = v128.load(q, 32);
  let value = madd(v128.shuffle<f64>(left, right, 1, 3), h, v128.shuffle<f64>(left, right, 0, 2));
  left = v128.load(p, 16);
  right = v128.load(q, 16);
  value = madd(value, h, v128.shuffle<f64>(left, right, 1, 3));
  value = madd(value, h, v128.shuffle<f64>(left, right, 0, 2));
  left = v128.load(p, 0);
  right = v128.load(q, 0);
  value = madd(value, h, v128.shuffle<f64>(left, right, 1, 3));
  return madd(value, h, v128.shuffle<f64>(left, right, 0, 2));
}

/** Prices of every slot in every scenario. */
export function prices(columns: usize, groupEnd: usize, groups: i32, scenarios: usize, count: i32, out: usize): void {
  let from = 0;
  const slotBytes = groups === 0 ? 0 : (load<i32>(groupEnd + ((groups - 1) << 2)) as usize) << 4;
  for (let group = 0; group < groups; group++) {
    const end = load<i32>(groupEnd + (group << 2));
    for (let s = 0; s < count; s++) {
      const at = scenarios + (s * groups + group) * SCENARIO_BYTES;
      const move = f64x2.splat(load<f64>(at));
      const multiplier = f64x2.splat(load<f64>(at, 8));
      const factor = f64x2.splat(load<f64>(at, 16));
      const shift = f64x2.splat(load<f64>(at, 24));
      let row = columns + from * PAIR_BYTES;
      let to = out + s * slotBytes + (from << 4);
      for (let k = from; k < end; k++) {
        const shifted = madd(v128.load(row, 128), factor, shift);
        const deviation = f64x2.mul(f64x2.pmax(shifted, f64x2.splat(LEAST_VOLATILITY)), v128.load(row, 144));
        const d1 = madd(f64x2.splat(0.5), deviation, f64x2.div(f64x2.add(v128.load(row), move), deviation));
        const moved = f64x2.mul(v128.load(row, 176), multiplier);
        const strike = v128.load(row, 192);
        const call = nmadd(strike, distribution(f64x2.sub(d1, deviation)), f64x2.mul(moved, distribution(d1)));
        const price = nmadd(v128.load(row, 208), f64x2.sub(moved, strike), call);
        v128.store(to, f64x2.pmax(price, f64x2.splat(0)));
        row += PAIR_BYTES;
        to += 16;
      }
    }
    from = end;
  }
}

/** The five sums of every scenario. */
export function sums(
  columns: usize,
  groupEnd: usize,
  groups: i32,
  scenarios: usize,
  count: i32,
  out: usize,
  groupNumbers: usize,
): void {
  memory.fill(out, 0, count * SUM_BYTES);
  let from = 0;
  for (let group = 0; group < groups; group++) {
    const end = load<i32>(groupEnd + (group << 2));
    const start = columns + from * PAIR_BYTES;
    for (let s = 0; s < count; s++) {
      const at = scenarios + (s * groups + group) * SCENARIO_BYTES;
      const numbers = groupNumbers + group * GROUP_BYTES;
      const last = columns + end * PAIR_BYTES;
      // Where every volatility is only multiplied and none ends below the floor, nothing need be divided.
      if (load<f64>(at, 24) === 0 && load<f64>(numbers, 32) * load<f64>(at, 16) >= LEAST_VOLATILITY) {
        addGroup<i32>(start, last, at, out + s * SUM_BYTES, numbers);
      } else {
        addGroup<f64>(start, last, at, out + s * SUM_BYTES, numbers);
      }
    }
    from = end;
  }
}

/** Adds one group in one scenario. Compiled twice: with an integer type for volatilities that are only scaled, else for any. */
function addGroup<Path>(start: usize, end: usize, at: usize, out: usize, numbers: usize): void {
  const move = f64x2.splat(load<f64>(at));
  const factor = f64x2.splat(load<f64>(at, 16));
  const shift = f64x2.splat(load<f64>(at, 24));
  const inverseFactor = f64x2.splat(1 / load<f64>(at, 16));
  let sumForward = f64x2.splat(0);
  let sumStrike = f64x2.splat(0);
  let sumGamma = f64x2.splat(0);
  let sumVega = f64x2.splat(0);
  let sumDecay = f64x2.splat(0);
  for (let row = start; row < end; row += PAIR_BYTES) {
    let d1: v128;
    let d2: v128;
    let volatility = factor;
    let inverse = factor;
    if (isInteger<Path>()) {
      const half = v128.load(row, 64);
      const middle = f64x2.mul(f64x2.add(v128.load(row), move), f64x2.mul(v128.load(row, 48), inverseFactor));
      d1 = madd(half, factor, middle);
      d2 = nmadd(half, factor, middle);
    } else {
      volatility = f64x2.pmax(madd(v128.load(row, 128), factor, shift), f64x2.splat(LEAST_VOLATILITY));
      const deviation = f64x2.mul(volatility, v128.load(row, 144));
      inverse = f64x2.div(f64x2.splat(1), deviation);
      const middle = f64x2.mul(f64x2.add(v128.load(row), move), inverse);
      d1 = madd(f64x2.splat(0.5), deviation, middle);
      d2 = nmadd(f64x2.splat(0.5), deviation, middle);
    }

    const x = clamp(d1);
    const rounded = f64x2.add(x, f64x2.splat(ROUNDER));
    const h = f64x2.sub(x, f64x2.sub(rounded, f64x2.splat(ROUNDER)));
    const places = rows(rounded);
    const p = i32x4.extract_lane(places, 0) as usize;
    const q = i32x4.extract_lane(places, 2) as usize;
    let left = v128.load(p, 32);
    let right = v128.load(q, 32);
    let density = v128.shuffle<f64>(left, right, 1, 3);
    let probability = madd(density, h, v128.shuffle<f64>(left, right, 0, 2));
    density = madd(density, h, probability);
    left = v128.load(p, 16);
    right = v128.load(q, 16);
    probability = madd(probability, h, v128.shuffle<f64>(left, right, 1, 3));
    density = madd(density, h, probability);
    probability = madd(probability, h, v128.shuffle<f64>(left, right, 0, 2));
    density = madd(density, h, probability);
    left = v128.load(p, 0);
    right = v128.load(q, 0);
    probability = madd(probability, h, v128.shuffle<f64>(left, right, 1, 3));
    density = madd(density, h, probability);
    probability = madd(probability, h, v128.shuffle<f64>(left, right, 0, 2));

    sumForward = madd(v128.load(row, 16), probability, sumForward);
    sumStrike = madd(v128.load(row, 32), distribution(d2), sumStrike);
    if (isInteger<Path>()) {
      sumGamma = madd(v128.load(row, 80), density, sumGamma);
      sumVega = madd(v128.load(row, 96), density, sumVega);
      sumDecay = madd(v128.load(row, 112), density, sumDecay);
    } else {
      const weighted = f64x2.mul(v128.load(row, 160), density);
      const scaled = f64x2.mul(weighted, inverse);
      sumGamma = f64x2.add(scaled, sumGamma);
      sumVega = madd(weighted, v128.load(row, 144), sumVega);
      sumDecay = madd(scaled, f64x2.mul(volatility, volatility), sumDecay);
    }
  }
  if (isInteger<Path>()) {
    sumGamma = f64x2.mul(sumGamma, inverseFactor);
    sumDecay = f64x2.mul(sumDecay, factor);
  }
  const multiplier = load<f64>(at, 8);
  const inverse = multiplier > 0 ? 1 / multiplier : 0;
  const inverseSpot = load<f64>(numbers, 16);
  const forwards = both(sumForward) - load<f64>(numbers);
  const strikes = both(sumStrike) - load<f64>(numbers, 8);
  const price = multiplier * forwards - strikes;
  add(out, price);
  add(out + 8, forwards * inverseSpot);
  add(out + 16, both(sumGamma) * (inverse * inverseSpot * inverseSpot));
  add(out + 24, both(sumVega) * multiplier);
  add(out + 32, load<f64>(numbers, 24) * price - 0.5 * (both(sumDecay) * multiplier));
}

@inline
function both(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}
