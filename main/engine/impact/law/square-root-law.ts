import type { LawParameters, PriceLaw } from './price-law.ts';

/** Least price the law gives, over the price at Q = 0: where Y σ √(Q/V) comes near one it says nothing, and a price must stay above zero. */
const LEAST_SHARE = 1e-3;

/** Below this share of the volume the mean is the mean of both ends, which is then exact to the last digits. */
const SMALL_SALE = 1e-7;

/**
 * p = p₀ (1 − Y σ √(Q / V)) with V = scale × R, mirrored for purchases. Q is everything that has been sold since the shock, as for one order
 * executed in parts: taken anew in every round the law would charge a sale in n parts √n times.
 *
 * Source: J.-P. Bouchaud, "Price impact" (2010); J. Donier and J. Bonart (2015).
 */
export const squareRootLaw: PriceLaw = {
  averageShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => {
    if (sold === 0) return 1;
    const volume = parameters.scale[market]! * (reserve - position);
    const coefficient = parameters.coefficient[market]!;
    const [from, to] = [position / volume, (position + sold) / volume];
    const before = priceAt(coefficient, from);
    if (Math.abs(to - from) < SMALL_SALE) return (before + priceAt(coefficient, to)) / (2 * before);
    return (areaTo(coefficient, to) - areaTo(coefficient, from)) / ((to - from) * before);
  },
  marginalShare: (parameters: LawParameters, market: number, reserve: number, position: number, sold: number) => {
    if (sold === 0) return 1;
    const volume = parameters.scale[market]! * (reserve - position);
    const coefficient = parameters.coefficient[market]!;
    return priceAt(coefficient, (position + sold) / volume) / priceAt(coefficient, position / volume);
  },
};

function priceAt(coefficient: number, volumes: number): number {
  return Math.max(LEAST_SHARE, 1 - coefficient * Math.sign(volumes) * Math.sqrt(Math.abs(volumes)));
}

/** ∫₀ˣ of the price: x − ⅔ c |x|^1.5 up to where the least price begins. */
function areaTo(coefficient: number, volumes: number): number {
  const last = ((1 - LEAST_SHARE) / coefficient) ** 2;
  const inside = Math.min(volumes, last);
  return inside - (2 / 3) * coefficient * Math.abs(inside) ** 1.5 + LEAST_SHARE * (volumes - inside);
}
