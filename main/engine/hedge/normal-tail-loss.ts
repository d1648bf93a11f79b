import { normalPdf, normalQuantile } from '../math/normal.ts';

/**
 * Value at risk and expected shortfall of a normally distributed loss: m + s z and m + s φ(z) / (1 − β), z = Φ⁻¹(β).
 *
 * @param mean of the loss, positive = bad
 * @param deviation standard deviation, >= 0
 * @param confidence β in (0, 1)
 * Source: McNeil, Frey and Embrechts, Quantitative Risk Management, example 2.14.
 */
export function normalTailLoss(
  mean: number,
  deviation: number,
  confidence: number,
): { readonly valueAtRisk: number; readonly expectedShortfall: number } {
  const z = normalQuantile(confidence);
  return { valueAtRisk: mean + deviation * z, expectedShortfall: mean + (deviation * normalPdf(z)) / (1 - confidence) };
}
