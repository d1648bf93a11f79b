import { constantProductLaw } from './constant-product-law.ts';
import { exponentialLaw } from './exponential-law.ts';
import type { PriceLaw } from './price-law.ts';
import { recordedLaw } from './recorded-law.ts';
import { squareRootLaw } from './square-root-law.ts';

/** The laws by name. */
const laws = {
  constantProduct: constantProductLaw,
  exponential: exponentialLaw,
  squareRoot: squareRootLaw,
  recorded: recordedLaw,
} satisfies Record<string, PriceLaw>;

export type LawName = keyof typeof laws;

/** The law of a name; chosen once per cascade. */
export function chooseLaw(name: LawName): PriceLaw {
  return laws[name];
}
