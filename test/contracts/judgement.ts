/** What was compared, and every disagreement: what the pool says and what the engine says. */
export class Judgement {
  compared = 0;
  readonly counts = new Map<string, number>();
  readonly differences: { readonly what: string; readonly pool: unknown; readonly engine: unknown }[] = [];

  compare(what: string, pool: unknown, engine: unknown): void {
    this.compared += 1;
    if (canonical(pool) !== canonical(engine)) this.differences.push({ what, pool, engine });
  }

  count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}

/** A value as text in which the order of keys does not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** One account at one time: its lines for any prices, and the draw that belongs to it. */
