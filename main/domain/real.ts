import { z } from 'zod';

/** A finite float64. */
export const finite = z.number();

/** A float64 that may be infinite (a health factor without debt) but never NaN. */
export const extended = z.union([z.number(), z.literal(Infinity), z.literal(-Infinity)]);

/** A share between 0 and 1. */
export const fraction = z.number().min(0).max(1);

/** A finite number, zero or more. */
export const nonNegative = z.number().min(0);
