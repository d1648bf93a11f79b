/** Packed books kept for the workers at a time; the one shared longest ago goes first. */
const MOST_SHARED = 16;

/** The values every worker holds, in order of their last use. */
export type SharedRegister = {
  readonly values: ReadonlyMap<string, unknown>;
  /** Adds a value or marks a known one as used; says whether it is new and which ids had to go. */
  readonly add: (id: string, value: unknown) => { readonly isNew: boolean; readonly dropped: readonly string[] };
};

/** An empty register. */
export function makeSharedRegister(): SharedRegister {
  const values = new Map<string, unknown>();
  return {
    values,
    add: (id, value) => {
      const isNew = !values.has(id);
      const kept = isNew ? value : values.get(id);
      values.delete(id);
      values.set(id, kept);
      const dropped: string[] = [];
      for (const oldest of values.keys()) {
        if (values.size <= MOST_SHARED) break;
        values.delete(oldest);
        dropped.push(oldest);
      }
      return { isNew, dropped };
    },
  };
}
