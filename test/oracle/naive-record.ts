import type { DepthRecord } from '../../main/domain/depth-record.ts';

/** A law of impact by its two curves: the price over the price at Q = 0, and the area under it from 0 to Q. */
export type NaiveLaw = { readonly price: (sold: number) => number; readonly area: (sold: number) => number };

/**
 * A market's record walked step by step: an order book level by level, a pool tick by tick, every quantity times what is left of it. Written
 * from the rules, not from the kernel.
 */
export function naiveRecord(record: DepthRecord, left: number): NaiveLaw {
  const walk = record.form === 'depthCurve' ? walkBook(record, left) : walkPool(record, left);
  return { price: (sold) => walk(sold).price, area: (sold) => walk(sold).area };
}

type Walk = (sold: number) => { readonly price: number; readonly area: number };

/** Level by level as constant products that end where the level ends: from price a to b, v = √(1/p) grows evenly with the coins. */
function walkBook({ levels }: Extract<DepthRecord, { form: 'depthCurve' }>, left: number): Walk {
  return (sold) => {
    const isSale = sold >= 0;
    const root = (fall: number): number => (isSale ? 1 / Math.sqrt(1 - fall) : Math.sqrt(1 - fall));
    let [v, area, done, steepest] = [1, 0, 0, 0];
    const go = (until: number, slope: number): void => {
      const part = Math.min(Math.abs(sold), until) - done;
      if (part <= 0) return;
      const next = v + slope * part;
      area += part / (v * next);
      [v, done] = [next, done + part];
    };
    let former = { fallFraction: 0, quantity: 0 };
    for (const level of levels) {
      const slope = (root(level.fallFraction) - root(former.fallFraction)) / (level.quantity - former.quantity) / left;
      steepest = Math.max(steepest, Math.abs(slope) / root(former.fallFraction));
      go(level.quantity * left, slope);
      former = level;
    }
    const from = root(former.fallFraction);
    const [beyond, end] = [1.5 * steepest * from, isSale ? Math.sqrt(1000) : Math.sqrt(0.001)];
    go(former.quantity * left + Math.abs(end - from) / beyond, isSale ? beyond : -beyond);
    go(Infinity, 0);
    return { price: 1 / v ** 2, area: isSale ? area : -area };
  };
}

/** One tick after the other, at the liquidity of all ranges over it. The price must stand on a tick, and the walk within the ranges. */
function walkPool({ ranges, sqrtPriceX96, isToken0, decimals }: Extract<DepthRecord, { form: 'tickPool' }>, left: number): Walk {
  const root = (tick: number): number => Math.sqrt(1.0001 ** tick);
  const start = Math.round(Math.log((Number(sqrtPriceX96) / 2 ** 96) ** 2) / Math.log(1.0001));
  const scale = left / 10 ** decimals;
  return (sold) => {
    const step = sold > 0 === isToken0 ? -1 : 1;
    let [tick, wanted, area] = [start, Math.abs(sold), 0];
    for (let steps = 0; steps < 200_000 && wanted > 0; steps += 1, tick += step) {
      const below = step < 0 ? tick - 1 : tick;
      const liquidity =
        scale *
        ranges.filter((row) => row.tickLower <= below && below < row.tickUpper).reduce((sum, row) => sum + Number(row.liquidity), 0);
      if (liquidity === 0) continue;
      const [from, to] = [root(tick), root(tick + step)];
      const base = (sqrt: number): number => Math.abs(isToken0 ? liquidity / sqrt - liquidity / from : liquidity * (sqrt - from));
      const quote = (sqrt: number): number => Math.abs(isToken0 ? liquidity * (sqrt - from) : liquidity / sqrt - liquidity / from);
      if (base(to) < wanted) {
        wanted -= base(to);
        area += quote(to);
        continue;
      }
      const moved = isToken0 ? 1 / (1 / from - (step * wanted) / liquidity) : from + (step * wanted) / liquidity;
      area += quote(moved);
      const share = (moved / root(start)) ** 2;
      const initial = isToken0 ? root(start) ** 2 : root(start) ** -2;
      return { price: isToken0 ? share : 1 / share, area: (Math.sign(sold) * area) / initial };
    }
    return { price: 1, area: 0 };
  };
}
