import { randomUniform } from '../../../main/engine/math/random.ts';
import { normalCdf, normalPdf } from '../../../main/engine/math/normal.ts';
import {
  BLOCK_SUMS,
  packOptionBlock,
  SCENARIO_NUMBERS,
  setScenario,
  type OptionKernel,
  type OptionTerms,
  type OptionWeights,
} from '../../../main/engine/pricing/option-block.ts';

/** Options of several underlyings and scenarios that move forward and volatility of each and let one of a few times pass. */
export type OptionCase = {
  readonly terms: OptionTerms;
  readonly weights: OptionWeights;
  readonly underlyings: number;
  readonly scenarios: number;
  /** Years that pass in scenario s: passedYears[s % passedYears.length]. */
  readonly passedYears: readonly number[];
  /** Scenario × underlying. */
  readonly multiplier: Float64Array;
  readonly factor: Float64Array;
};

/** A case drawn from (seed, index): ordinary options, none of them at an edge. */
export function drawOptionCase(seed: number, underlyings: number, optionsEach: number, scenarios: number): OptionCase {
  const options = underlyings * optionsEach;
  const draw = (length: number, stream: number, least: number, most: number): Float64Array =>
    Float64Array.from({ length }, (_, k) => least + (most - least) * randomUniform(seed, k, stream));
  const base = draw(underlyings, 1, 1, 1000);
  const underlying = Int32Array.from({ length: options }, (_, k) => Math.floor(k / optionsEach));
  const forward = Float64Array.from(underlying, (group) => base[group] ?? 0);
  const terms = {
    isCall: Uint8Array.from(draw(options, 2, 0, 1), (u) => Number(u > 0.5)),
    forward,
    strike: draw(options, 3, 0.6, 1.6).map((moneyness, k) => moneyness * (forward[k] ?? 0)),
    volatility: draw(options, 4, 0.2, 1.2),
    years: draw(options, 5, 0.05, 2),
    underlying,
  };
  const weights = {
    quantity: draw(options, 6, -10, 10),
    spotUsd: base,
    ratePerYear: draw(underlyings, 7, 0, 0.05),
  };
  const passedYears = [0, 1, 2, 5, 10].map((days) => days / 365);
  const multiplier = draw(scenarios * underlyings, 8, 0.7, 1.3);
  const factor = draw(scenarios * underlyings, 9, 0.7, 1.5);
  return { terms, weights, underlyings, scenarios, passedYears, multiplier, factor };
}

/** Scenarios, packing included, by a kernel: one block per passing time, {@link BLOCK_SUMS} of every scenario. */
export function sumsByKernel(kernel: OptionKernel, drawn: OptionCase): Float64Array {
  const { terms, weights, underlyings, scenarios, passedYears } = drawn;
  const sums = new Float64Array(scenarios * BLOCK_SUMS);
  for (const [offset, passed] of passedYears.entries()) {
    const block = packOptionBlock({ ...terms, years: terms.years.map((years) => years - passed) }, weights);
    const count = Math.ceil((scenarios - offset) / passedYears.length);
    const moves = new Float64Array(count * underlyings * SCENARIO_NUMBERS);
    for (let place = 0; place < count * underlyings; place += 1) {
      const s = offset + Math.floor(place / underlyings) * passedYears.length;
      const at = s * underlyings + (place % underlyings);
      setScenario(moves, place, drawn.multiplier[at] ?? NaN, drawn.factor[at] ?? NaN, 0);
    }
    const out = new Float64Array(count * BLOCK_SUMS);
    kernel.sums(block, moves, out);
    for (let i = 0; i < count; i += 1)
      sums.set(out.subarray(i * BLOCK_SUMS, (i + 1) * BLOCK_SUMS), (offset + i * passedYears.length) * BLOCK_SUMS);
  }
  return sums;
}

/** The formula written out for every option in every scenario, with the exact distribution function; the slow obvious twin. */
export function sumsWrittenOut(drawn: OptionCase): Float64Array {
  const { terms, weights, underlyings, scenarios, passedYears } = drawn;
  const sums = new Float64Array(scenarios * BLOCK_SUMS);
  for (let s = 0; s < scenarios; s += 1) {
    const passed = passedYears[s % passedYears.length] ?? NaN;
    for (const [k, u] of terms.underlying.entries()) {
      const forward = (terms.forward[k] ?? NaN) * (drawn.multiplier[s * underlyings + u] ?? NaN);
      const volatility = (terms.volatility[k] ?? NaN) * (drawn.factor[s * underlyings + u] ?? NaN);
      const years = (terms.years[k] ?? NaN) - passed;
      const strike = terms.strike[k] ?? NaN;
      const rate = weights.ratePerYear[u] ?? NaN;
      const sign = terms.isCall[k] === 1 ? 1 : -1;
      const weight = (weights.quantity[k] ?? NaN) * Math.exp(-rate * years);
      const deviation = volatility * Math.sqrt(years);
      const d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
      const price = weight * sign * (forward * normalCdf(sign * d1) - strike * normalCdf(sign * (d1 - deviation)));
      const vega = weight * forward * normalPdf(d1) * Math.sqrt(years);
      const own = [
        price,
        weight * sign * normalCdf(sign * d1),
        (weight * normalPdf(d1)) / (forward * deviation),
        vega,
        rate * price - (0.5 * vega * volatility) / years,
      ];
      for (const [place, value] of own.entries()) sums[s * BLOCK_SUMS + place] = (sums[s * BLOCK_SUMS + place] ?? NaN) + value;
    }
  }
  return sums;
}

/** The case as the native programs read it. */
export function nativeInput(drawn: OptionCase): Float64Array {
  const { terms, weights, scenarios, passedYears } = drawn;
  return Float64Array.of(
    ...[terms.underlying.length, scenarios, drawn.underlyings],
    ...terms.isCall,
    ...terms.forward,
    ...terms.strike,
    ...terms.volatility,
    ...terms.years,
    ...terms.underlying,
    ...weights.quantity,
    ...Float64Array.from(terms.underlying, (u) => weights.ratePerYear[u] ?? NaN),
    ...Float64Array.from({ length: scenarios }, (_, s) => passedYears[s % passedYears.length] ?? NaN),
    ...drawn.multiplier,
    ...drawn.factor,
  );
}
