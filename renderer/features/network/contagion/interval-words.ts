import type { Interval } from '../../../../main/contract/contagion.ts';
import { millions } from '../../../format/money.ts';

/** One figure where both ends show the same, else low to high, M USD. */
export function intervalWords({ low, high }: Interval): string {
  const [from, to] = [millions(low), millions(high)];
  return from === to ? from : `${from} to ${to}`;
}

/** The upper end; NaN where the model did not come to rest, so that nothing is drawn. */
export function upperEnd({ high }: Interval): number {
  return typeof high === 'number' ? high : NaN;
}

/** The lower end; NaN where the model did not come to rest. */
export function lowerEnd({ low }: Interval): number {
  return typeof low === 'number' ? low : NaN;
}
