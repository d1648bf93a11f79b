import { z } from 'zod';
import { instant } from './time.ts';

const positive = z.number().positive();
const wholeText = z.string().regex(/^\d+$/, 'must be a whole number as text');

/** Coins sold until the price has fallen by a fraction. */
const depthLevel = z.object({ fallFraction: positive.max(0.99), quantity: positive });

/** An order book's bids, level by level: each level lies deeper than the one before and holds more in all. */
const depthCurve = z.object({
  form: z.literal('depthCurve'),
  levels: z
    .array(depthLevel)
    .min(1)
    .refine(
      (levels) =>
        levels.every(({ fallFraction, quantity }, i) => {
          const former = levels[i - 1];
          return former === undefined || (fallFraction > former.fallFraction && quantity > former.quantity);
        }),
      'levels must fall further and hold more from row to row',
    ),
  asOf: instant,
  source: z.string(),
});

/** Liquidity between ticks in the pool's own units: token 0 is priced in token 1, and tick t stands for 1.0001^t. */
const tickPool = z.object({
  form: z.literal('tickPool'),
  sqrtPriceX96: wholeText,
  /** Whether the asset is the pool's token 0; and the decimals of its quantity. */
  isToken0: z.boolean(),
  decimals: z.number().int().min(0).max(30),
  ranges: z
    .array(z.object({ tickLower: z.number().int(), tickUpper: z.number().int(), liquidity: wholeText }))
    .min(1)
    .refine((ranges) => ranges.every(({ tickLower, tickUpper }) => tickLower < tickUpper), 'a range must end above its beginning'),
  asOf: instant,
  source: z.string(),
});

/** What was recorded of a market beyond the one number of its reserve. */
export const depthRecord = z.discriminatedUnion('form', [depthCurve, tickPool]);
export type DepthRecord = z.infer<typeof depthRecord>;
