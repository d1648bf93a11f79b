import { z } from 'zod';

/** An instant in UTC, ISO 8601 with a final Z. All stored times are of this form. */
export const instant = z.iso.datetime();
export type Instant = z.infer<typeof instant>;

/** A calendar day, YYYY-MM-DD. */
export const day = z.iso.date();

/** Milliseconds since 1970 of an instant. */
export function instantToMs(value: Instant): number {
  return Date.parse(value);
}

/** Milliseconds in a year of 365 days, the year of every rate and volatility here. */
export const MS_PER_YEAR = 365 * 86_400_000;
