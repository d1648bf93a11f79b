import { z } from 'zod';

/** A matrix of finite numbers, row-major. */
export type Matrix = { readonly rows: number; readonly columns: number; readonly values: Float64Array };

/** A list of rows of equal length. */
export const matrix = z
  .array(z.array(z.number()))
  .refine((rows) => rows.every((row) => row.length === rows[0]?.length), 'every row must be as long as the first')
  .transform((rows): Matrix => ({ rows: rows.length, columns: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) }));

/** A list of rows, as many as each is long. */
export const squareMatrix = matrix.refine(({ rows, columns }) => rows === columns, 'it must have as many columns as rows');

/** A list of numbers as the engine takes it. */
export const vector = z.array(z.number()).transform((values) => Float64Array.from(values));

/** The same, zero or more. */
export const amounts = z.array(z.number().min(0)).transform((values) => Float64Array.from(values));

/** The rows of a matrix as lists; NaN, the engine's 'does not exist', as null. */
export function rowsOf(values: Float64Array, columns: number): (number | null)[][] {
  const cells = listOf(values);
  return columns === 0 ? [] : Array.from({ length: values.length / columns }, (_, row) => cells.slice(row * columns, (row + 1) * columns));
}

/** Numbers as a list; NaN, the engine's 'does not exist', as null. */
export function listOf(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}
