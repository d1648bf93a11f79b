import type { AssembledProblem } from './hedge-problem.ts';

/**
 * Retained scenario of the account row to whose price a variable contributes most: the row the decision is taken for.
 *
 * @returns null when it adds to no priced row of an account
 */
export function bindingScenario(assembled: AssembledProblem, rowPrices: Float64Array, variable: number): number | null {
  const { program, rowScenario } = assembled;
  let best: number | null = null;
  let most = 0;
  for (let r = 0; r < rowScenario.length; r++) {
    const price = rowPrices[r]!;
    if (rowScenario[r]! < 0 || price <= 0) continue;
    for (let k = program.rowStarts[r]!; k < program.rowStarts[r + 1]!; k++) {
      if (program.rowVariables[k] !== variable || program.rowValues[k]! * price <= most) continue;
      most = program.rowValues[k]! * price;
      best = rowScenario[r]!;
    }
  }
  return best;
}

/** Index of the smallest value; 0 for none. Ties go to the first. */
export function leastIndex(values: Float64Array): number {
  let least = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! < values[least]!) least = index;
  return least;
}

/** Tail average of a gain, and the scenario of the tail in which it is largest (−1 where it gains in none). */
export function tailGain(gains: ArrayLike<number>, tailWeights: Float64Array): { readonly average: number; readonly best: number } {
  let average = 0;
  let best = -1;
  let most = 0;
  for (let scenario = 0; scenario < tailWeights.length; scenario++) {
    if (tailWeights[scenario]! <= 0) continue;
    const gain = gains[scenario] ?? 0;
    average += tailWeights[scenario]! * gain;
    if (gain <= most) continue;
    best = scenario;
    most = gain;
  }
  return { average, best };
}
