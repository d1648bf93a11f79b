/**
 * Undiscounted Black price as the integral of the payoff over the lognormal density by Simpson's rule, split at the strike so
 * that the kink is an end of an interval.
 */
export function blackPriceByIntegral(isCall: boolean, market: { forward: number; strike: number; deviation: number }): number {
  const { forward, strike, deviation } = market;
  const kink = (Math.log(strike / forward) + 0.5 * deviation ** 2) / deviation;
  const integrand = (z: number): number => {
    const settlement = forward * Math.exp(deviation * z - 0.5 * deviation ** 2);
    const payoff = isCall ? settlement - strike : strike - settlement;
    return (payoff * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
  };
  const far = 14 + deviation;
  return isCall ? simpson(integrand, Math.max(kink, -far), far) : simpson(integrand, -far, Math.min(kink, far));
}

function simpson(f: (x: number) => number, from: number, to: number): number {
  if (to <= from) return 0;
  const intervals = 4000;
  const width = (to - from) / intervals;
  let sum = f(from) + f(to);
  for (let i = 1; i < intervals; i += 1) sum += f(from + i * width) * (i % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
