import type { Cell } from '../../contract/cell.ts';
import type { NetworkMetric } from '../../contract/network.ts';

/** A metric before its time is known; with an age and a coverage of its own where they are not those of the prices held. */
export type Figure = Pick<NetworkMetric, 'id' | 'title' | 'unit' | 'value' | 'meaning'> &
  Partial<Pick<NetworkMetric, 'ageMs' | 'coverageFraction'>>;

/** The value, or why there is none. */
export function orRefused(value: number, message: string): Cell {
  return Number.isNaN(value) ? { reason: 'unsupported', message } : value;
}
