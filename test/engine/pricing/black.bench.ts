import { normalCdf } from '../../../main/engine/math/normal.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { packOptionBlock, revalueOptionBlock } from '../../../main/engine/pricing/option-block.ts';
import type { OptionTerms } from '../../../main/engine/pricing/option-block.ts';
import type { Benchmark } from '../../bench/benchmark.ts';

const OPTIONS = 10_000;
const SCENARIOS = 100;

function draw(stream: number, least: number, most: number): Float64Array {
  return Float64Array.from({ length: OPTIONS }, (_, k) => least + (most - least) * randomUniform(7, k, stream));
}

const forward = draw(1, 1500, 70_000);
const terms: OptionTerms = {
  isCall: Uint8Array.from(draw(0, 0, 1), (u) => Number(u > 0.5)),
  forward,
  strike: draw(2, 0.5, 1.8).map((moneyness, k) => moneyness * (forward[k] ?? 0)),
  volatility: draw(3, 0.3, 1.5),
  years: draw(4, 0.01, 1),
};
const multipliers = Float64Array.from({ length: SCENARIOS }, (_, s) => 0.6 + (0.8 * s) / SCENARIOS);
const shifts = Float64Array.from({ length: SCENARIOS }, (_, s) => (s % 7) * 0.05);

function factorised(): number {
  const block = packOptionBlock(terms);
  const prices = new Float64Array(OPTIONS);
  let total = 0;
  for (let s = 0; s < SCENARIOS; s += 1) {
    revalueOptionBlock(block, multipliers[s] ?? 1, shifts[s] ?? 0, prices);
    for (let k = 0; k < OPTIONS; k += 1) total += prices[k] ?? 0;
  }
  return total;
}

/** The textbook formula written out for every option in every scenario. */
function straightforward(): number {
  let total = 0;
  for (let s = 0; s < SCENARIOS; s += 1) {
    for (let k = 0; k < OPTIONS; k += 1) {
      const moved = (terms.forward[k] ?? 0) * (multipliers[s] ?? 1);
      const strike = terms.strike[k] ?? 0;
      const deviation = ((terms.volatility[k] ?? 0) + (shifts[s] ?? 0)) * Math.sqrt(terms.years[k] ?? 0);
      const d1 = Math.log(moved / strike) / deviation + 0.5 * deviation;
      const d2 = d1 - deviation;
      total += terms.isCall[k] === 1 ? moved * normalCdf(d1) - strike * normalCdf(d2) : strike * normalCdf(-d2) - moved * normalCdf(-d1);
    }
  }
  return total;
}

/** What the workstation's benchmark command measures. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: '10,000 options revalued in 100 scenarios, factorised against the formula written out',
    run: factorised,
    twin: straightforward,
    leastRatio: 2,
  },
];
