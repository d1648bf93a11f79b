import type { DepthPool } from '../../main/domain/snapshot.ts';
import { randomUniform } from '../../main/engine/math/random.ts';
import { packSystem, randomSystem, type RandomSystem } from './random-system.ts';

/** The random system of a number with an order book's record for ETH and a pool's for stETH; BTC has none. */
export function recordedSystem(number: number): RandomSystem {
  const { naive } = randomSystem(number);
  const next = (draw: number): number => randomUniform(79, number, draw);
  const pools = naive.pools.map((pool): DepthPool => {
    const { reserveQuantity } = pool;
    const noted = { asOf: '2026-01-01T00:00:00Z', source: 'invented' };
    if (pool.assetId === 'BTC') return pool;
    if (pool.assetId === 'ETH') {
      const steps = [1, 2, 3].map((draw) => reserveQuantity * (0.005 + 0.05 * next(draw)));
      const levels = steps.map((_, i) => ({
        fallFraction: 0.02 * (i + 1),
        quantity: steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0),
      }));
      return { ...pool, record: { form: 'depthCurve', levels, ...noted } };
    }
    const liquidity = (draw: number): string => String(BigInt(Math.floor(reserveQuantity * next(draw) * 1e6)) * 10n ** 12n);
    const ranges = [
      { tickLower: -120_000, tickUpper: 120_000, liquidity: liquidity(4) },
      { tickLower: -300, tickUpper: 60, liquidity: liquidity(5) },
      { tickLower: -60, tickUpper: 600, liquidity: liquidity(6) },
    ];
    return {
      ...pool,
      record: { form: 'tickPool', sqrtPriceX96: String(2n ** 96n), isToken0: number % 2 === 0, decimals: 18, ranges, ...noted },
    };
  });
  const system = { ...naive, pools };
  return { naive: system, pack: packSystem(system) };
}

/** A market with a multiple of its depth, its record with it. */
export function deeper(pool: DepthPool, factor: number): DepthPool {
  const reserveQuantity = pool.reserveQuantity * factor;
  const { record } = pool;
  if (record === undefined) return { ...pool, reserveQuantity };
  if (record.form === 'depthCurve') {
    const levels = record.levels.map((level) => ({ ...level, quantity: level.quantity * factor }));
    return { ...pool, reserveQuantity, record: { ...record, levels } };
  }
  const ranges = record.ranges.map((range) => ({ ...range, liquidity: String(BigInt(Math.round(Number(range.liquidity) * factor))) }));
  return { ...pool, reserveQuantity, record: { ...record, ranges } };
}
