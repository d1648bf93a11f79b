import { averageOfSale } from '../constant-product.ts';
import type { LawParameters, PriceLaw } from './price-law.ts';

/** Constant product: mean R / (R + q), after the sale its square, R being the reserve before the sale. Source: Uniswap v2 white paper. */
export const constantProductLaw: PriceLaw = {
  averageShare: (_: LawParameters, __: number, reserve: number, ___: number, sold: number) => averageOfSale(reserve, sold),
  marginalShare: (_: LawParameters, __: number, reserve: number, ___: number, sold: number) => {
    const share = averageOfSale(reserve, sold);
    return share * share;
  },
};
