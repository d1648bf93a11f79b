/**
 * Standard normal distribution function the obvious way: the power series Φ(x) = 1/2 + φ(x) Σ x^(2n+1)/(1·3·5…) near zero and
 * the continued fraction φ(x)/(x + 1/(x + 2/(x + …))) in the tail. Slow, all terms of one sign.
 */
export function normalCdfBySeries(x: number): number {
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 200; n += 1) {
      term *= (x * x) / (2 * n + 1);
      sum += term;
    }
    return 0.5 + density * sum;
  }
  const y = Math.abs(x);
  let fraction = y;
  for (let n = 400; n >= 1; n -= 1) fraction = y + n / fraction;
  return x < 0 ? density / fraction : 1 - density / fraction;
}
