import type { CascadeResult } from './analysis.ts';
import type { FanResult } from './cascade-fan.ts';
import type { PhaseMap } from './phase-map.ts';

/*
 * Short names of what a kept answer was asked: a screen puts one before the subject of an explanation, and the explanation finds the answer
 * by it among those kept. Both sides make it from the answer itself.
 */

/** Names a single cascade by its shock and assumptions. */
export function cascadeKey({ shock, assumptions }: Pick<CascadeResult, 'shock' | 'assumptions'>): string {
  return keyOf([shock, assumptions]);
}

/** Names a fan by its shock, assumptions, spreads and number of draws. */
export function fanKey({ shock, assumptions, spread, draws }: Pick<FanResult, 'shock' | 'assumptions' | 'spread' | 'draws'>): string {
  return keyOf([shock, assumptions, spread, draws]);
}

/** Names a phase map by its shock, assumptions and axes. */
export function phaseMapKey(map: Pick<PhaseMap, 'shock' | 'assumptions' | 'scales' | 'thinnings' | 'amplificationLevel'>): string {
  return keyOf([map.shock, map.assumptions, map.scales, map.thinnings, map.amplificationLevel]);
}

/** Eight hexadecimal digits of the text's FNV-1a hash: a handful of answers are kept, so that short is enough. */
function keyOf(parts: readonly unknown[]): string {
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify(parts)) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
