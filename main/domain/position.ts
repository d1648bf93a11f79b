import { z } from 'zod';
import { accountId } from './account.ts';
import { decimalText } from './decimal.ts';
import { instrumentId } from './instrument.ts';
import { instant } from './time.ts';

export const positionId = z.string().min(1).max(96);

/** Signed quantity of an instrument in an account: long > 0, debt and short < 0. */
export const position = z.object({
  id: positionId,
  accountId,
  instrumentId,
  quantity: decimalText,
  /** Average entry price in the instrument's own quote unit; null when unknown or meaningless (spot, supplied, borrowed). */
  entryPrice: decimalText.nullable(),
  openedAt: instant.nullable(),
});
export type Position = z.infer<typeof position>;
