import type { Raw } from '../format/raw.ts';

/** The chart's numbers as a table: for readers who do not see it, and for T. */
export type ChartTable = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Raw[])[];
  readonly shown?: (value: Raw, column: number) => string;
};
