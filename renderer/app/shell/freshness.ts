/** How an age stands to the interval of its source: fresh up to 1×, late up to 2×, stale beyond. Without an interval only the age is told. No glyph = a drawn mark. */
export function freshness(
  ageMs: number,
  intervalMs: number | null,
): { readonly glyph: string | null; readonly className: string; readonly word: string } {
  if (intervalMs === null) return { glyph: '·', className: 'muted', word: 'no stated interval' };
  if (ageMs <= intervalMs) return { glyph: '●', className: 'state-safe', word: 'fresh' };
  if (ageMs <= 2 * intervalMs) return { glyph: null, className: 'state-watch', word: 'late' };
  return { glyph: null, className: 'state-stale', word: 'stale' };
}
