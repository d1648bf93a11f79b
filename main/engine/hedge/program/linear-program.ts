/**
 * A linear program in sparse columns: minimise costs · x with columnLower <= x <= columnUpper and
 * rowLower <= A x <= rowUpper. Column j's entries are `indices` and `values` from starts[j] up to starts[j + 1]; no row
 * appears twice in a column. Missing bounds are ±Infinity.
 */
export type LinearProgram = {
  readonly columns: number;
  readonly rows: number;
  readonly costs: Float64Array;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
};

/** How a solver ended. `timeLimit` may carry a usable point; `failed` and `unbounded` carry none. */
export type LinearStatus = 'optimal' | 'infeasible' | 'unbounded' | 'timeLimit' | 'failed';

/**
 * What a solver returns. Duals are derivatives of the minimum by the bound: `rowDuals[i]` by row i's bound,
 * `columnDuals[j]` by column j's. Arrays are empty when the status carries no point.
 */
export type LinearSolution = {
  readonly status: LinearStatus;
  readonly objective: number;
  readonly columnValues: Float64Array;
  readonly columnDuals: Float64Array;
  readonly rowDuals: Float64Array;
  readonly iterations: number;
};

/** Which bound or row each column and row of a solved program rests on, in the solver's own codes: where another solve may start. */
export type LinearBasis = { readonly columns: Int32Array; readonly rows: Int32Array };

/** A program that its solver keeps: columns are added at the end, and it is solved again from where it stood. */
export type GrowingProgram = {
  /** Adds the columns of a program with the same rows. */
  readonly add: (columns: LinearProgram) => void;
  /** Lets the next solve begin at a basis of as many columns and rows. */
  readonly startFrom: (basis: LinearBasis) => void;
  readonly solve: () => LinearSolution;
  readonly basis: () => LinearBasis;
};

/** Opens a program to which columns will be added. */
export type OpenProgram = (program: LinearProgram) => GrowingProgram;

/** One column to be added: its cost, bounds and non-zero entries. */
export type LinearColumn = {
  readonly cost: number;
  readonly lower: number;
  readonly upper: number;
  readonly rows: ArrayLike<number>;
  readonly values: ArrayLike<number>;
};

/** Collects columns into a program whose row bounds are known from the start. */
export type LinearProgramBuilder = {
  /** Adds a column and returns its index; entries that are exactly zero are left out. */
  readonly add: (column: LinearColumn) => number;
  readonly finish: () => LinearProgram;
};

/**
 * Starts a program with the given row bounds.
 *
 * @param rowLower lower bound of each row, −Infinity for none
 * @param rowUpper upper bound of each row, Infinity for none; same length
 */
export function buildLinearProgram(rowLower: Float64Array, rowUpper: Float64Array): LinearProgramBuilder {
  const costs: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const starts: number[] = [0];
  const indices: number[] = [];
  const values: number[] = [];
  return {
    add: (column) => {
      costs.push(column.cost);
      lower.push(column.lower);
      upper.push(column.upper);
      for (let k = 0; k < column.rows.length; k++) {
        const value = column.values[k]!;
        if (value === 0) continue;
        indices.push(column.rows[k]!);
        values.push(value);
      }
      starts.push(indices.length);
      return costs.length - 1;
    },
    finish: () => ({
      columns: costs.length,
      rows: rowLower.length,
      costs: Float64Array.from(costs),
      columnLower: Float64Array.from(lower),
      columnUpper: Float64Array.from(upper),
      rowLower,
      rowUpper,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }),
  };
}
