import { LEAST_RECORDED_SHARE, type RecordKnots } from './market-records.ts';

/** Liquidity offered between two ticks, as a float: L in the pool's raw units. */
export type FloatRange = { readonly tickLower: number; readonly tickUpper: number; readonly liquidity: number };

const TICK_RATIO = 1.0001;

/**
 * Knots of a tick pool: one for every tick at which liquidity begins or ends. With v = √(p₀ / p), p being the price of what is sold, a
 * stretch of liquidity L takes L / √P₀ (v₁ − v₀) of token 0, or L √P₀ (v₁ − v₀) of token 1, P₀ = price of token 0. Where no liquidity
 * is, the price runs on without amounts; beyond the last tick nothing is paid but the least share.
 *
 * The fee is not in here: quantities are what reaches the pool's ranges. Agrees with the integers of the executed contract
 * (`tick-pool/swap.ts`) to 1e-9 of the amount and 2 of its smallest units.
 *
 * @param sqrtPrice √P₀ in raw units of token 1 per token 0
 * @param isToken0 whether token 0 is the asset that is sold
 * Source: Uniswap v3 white paper, sections 6.2 and 6.3.
 */
export function tickPoolKnots(ranges: readonly FloatRange[], sqrtPrice: number, isToken0: boolean): RecordKnots {
  const perLiquidity = isToken0 ? 1 / sqrtPrice : sqrtPrice;
  const change = new Map<number, number>([[1, 0]]);
  const add = (value: number, liquidity: number): void => void change.set(value, (change.get(value) ?? 0) + liquidity);
  for (const { tickLower, tickUpper, liquidity } of ranges) {
    const ends = [valueOfTick(tickLower, sqrtPrice, isToken0), valueOfTick(tickUpper, sqrtPrice, isToken0)] as const;
    add(Math.min(...ends), liquidity * perLiquidity);
    add(Math.max(...ends), -liquidity * perLiquidity);
  }
  const stops = [...change].toSorted(([left], [right]) => left - right);
  const sold = [0];
  const value = [stops[0]![0]];
  let active = stops[0]![1];
  let atPrice = 0;
  for (let i = 1; i < stops.length; i += 1) {
    const [at, added] = stops[i]!;
    sold.push(sold[i - 1]! + Math.max(0, active) * (at - value[i - 1]!));
    value.push(at);
    if (at === 1) atPrice = sold[i]!;
    active += added;
  }
  const end = stops.length - 1;
  const fromPrice = sold.map((each) => each - atPrice);
  const [recordedFrom, recordedTo] = [fromPrice[0]!, fromPrice[end]!];
  const [most, least] = [Math.sqrt(LEAST_RECORDED_SHARE), 1 / Math.sqrt(LEAST_RECORDED_SHARE)];
  return {
    sold: [recordedFrom, ...fromPrice, recordedTo],
    value: [Math.min(most, value[0]!), ...value, Math.max(least, value[end]!)],
    recordedFrom,
    recordedTo,
  };
}

/** √(p₀ / p) at a tick. */
function valueOfTick(tick: number, sqrtPrice: number, isToken0: boolean): number {
  const ratio = TICK_RATIO ** (tick / 2) / sqrtPrice;
  return isToken0 ? 1 / ratio : ratio;
}
