import { z } from 'zod';
import { sqrtPriceAfterInput, sqrtPriceAfterOutput } from '../../../engine/impact/tick-pool/sqrt-price.ts';
import { swapStep } from '../../../engine/impact/tick-pool/swap-step.ts';
import { swapTickPool } from '../../../engine/impact/tick-pool/swap.ts';
import { sqrtPriceOfRatio, sqrtPriceOfTick } from '../../../engine/impact/tick-pool/tick-price.ts';
import { openTickPool } from '../../../engine/impact/tick-pool/tick-pool.ts';
import { integer, unknownGroup } from '../case-values.ts';
import type { CaseOutput } from '../case-values.ts';

/** A whole number above zero that may be too large for a safe one, such as 2^127 read as a double. */
const ratioPart = z.union([
  z.string().regex(/^[1-9]\d*$/),
  z.number().positive().refine(Number.isInteger, 'a price is a ratio of whole numbers'),
]);
/** A √price, or a ratio "token 1 : token 0". */
const sqrtPrice = z.string().regex(/^\d+(:[1-9]\d*)?$/);

const stepInput = z.object({
  sqrtPriceX96: integer,
  sqrtTargetX96: integer,
  liquidity: integer,
  amountRemaining: integer,
  feePips: integer,
});
const sqrtInput = z.object({
  fn: z.enum(['nextSqrtFromInput', 'nextSqrtFromOutput']),
  sqrt: sqrtPrice,
  liquidity: integer,
  amount: integer,
  zeroForOne: z.boolean(),
});
const swapInput = z.object({
  feePips: integer,
  price: z.tuple([ratioPart, ratioPart]),
  positions: z.array(z.object({ tickLower: z.number(), tickUpper: z.number(), liquidity: integer })),
  zeroForOne: z.boolean(),
  exactOut: z.boolean(),
  amount: integer.nullable(),
  sqrtPriceLimitX96: integer.nullable(),
});
/** An order without an amount runs to its price limit: the largest amount the pool's signed integers hold. */
const UNLIMITED = 2n ** 255n - 1n;

const openErrors = {
  unknownFee: 'unknown-fee: no pool has it',
  priceOutOfRange: 'price-out-of-range',
  rangeNotOnTicks: 'range-not-on-ticks: a range starts below its end, both on ticks of the spacing',
} as const;
const swapErrors = {
  zeroAmount: 'zero-amount',
  limitOnWrongSide: 'limit-on-wrong-side: the price limit is not ahead of the price',
  noNextPrice: 'no-next-price: the pool does not hold what is asked',
} as const;
const noPrice = 'no-next-price: without liquidity or beyond what the pool holds' as const;

/** Uniswap v3: prices of ticks, √price after an amount, one step of a swap, and whole swaps. */
export function calculateUniswapV3(raw: unknown, group: string): CaseOutput {
  switch (group) {
    case 'v3-tickmath': {
      const sqrtRatio = sqrtPriceOfTick(z.object({ tick: z.number() }).parse(raw).tick);
      return sqrtRatio === null ? { error: 'tick-out-of-range' } : { sqrtRatioX96: sqrtRatio.toString() };
    }
    case 'v3-sqrtmath': {
      const { fn, sqrt, liquidity, amount, zeroForOne } = sqrtInput.parse(raw);
      const from = sqrtOf(sqrt);
      const next =
        fn === 'nextSqrtFromInput'
          ? sqrtPriceAfterInput(from, liquidity, amount, zeroForOne)
          : sqrtPriceAfterOutput(from, liquidity, amount, !zeroForOne);
      return next === null ? { error: noPrice } : { result: next.toString() };
    }
    case 'v3-swapstep-literal':
    case 'v3-swapstep-derived': {
      const step = swapStep(stepInput.parse(raw));
      return step === null ? { error: noPrice } : asText({ ...step });
    }
    case 'v3-pool-swap':
      return poolSwap(swapInput.parse(raw));
    default:
      return unknownGroup(group);
  }
}

function poolSwap(input: z.output<typeof swapInput>): CaseOutput {
  const [numerator, denominator] = input.price;
  const opened = openTickPool(input.feePips, sqrtPriceOfRatio(BigInt(numerator), BigInt(denominator)), input.positions);
  if (opened.status !== 'ok') return { error: openErrors[opened.status] };
  const amount = input.amount ?? UNLIMITED;
  const swapped = swapTickPool(opened.pool, {
    isToken0In: input.zeroForOne,
    amount: input.exactOut ? -amount : amount,
    sqrtPriceLimitX96: input.sqrtPriceLimitX96,
  });
  if (swapped.status !== 'ok') return { error: swapErrors[swapped.status] };
  const { sqrtPriceX96, tick } = swapped.pool;
  return { ...asText({ amount0Delta: swapped.amount0, amount1Delta: swapped.amount1, sqrtPriceX96After: sqrtPriceX96 }), tickAfter: tick };
}

function sqrtOf(text: string): bigint {
  const [first = '0', second] = text.split(':');
  return second === undefined ? BigInt(first) : sqrtPriceOfRatio(BigInt(first), BigInt(second));
}

function asText(amounts: Readonly<Record<string, bigint>>): CaseOutput {
  return Object.fromEntries(Object.entries(amounts).map(([key, value]) => [key, value.toString()]));
}
