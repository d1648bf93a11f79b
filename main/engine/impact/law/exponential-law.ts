import type { LawParameters, PriceLaw } from './price-law.ts';

/**
 * p' = p exp(−q / D) with D = scale × R. The mean over the sale is (1 − exp(−q / D)) D / q.
 *
 * Source: R. Cifuentes, G. Ferrucci and H. S. Shin, "Liquidity risk and contagion" (2005).
 */
export const exponentialLaw: PriceLaw = {
  averageShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => {
    const x = sold / (parameters.scale[market]! * (reserve - position));
    return x === 0 ? 1 : -Math.expm1(-x) / x;
  },
  marginalShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) =>
    Math.exp(-sold / (parameters.scale[market]! * (reserve - position))),
};
