/** One numbered change of the layout; never edited or renumbered once released. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };
