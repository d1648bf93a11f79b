import type { Failure } from '../domain/failure.ts';
import type { Venue } from '../domain/venue.ts';

/** Parameters of one family of venues. */
export type Family<Name extends Venue['parameters']['family']> = Extract<Venue['parameters'], { family: Name }>;

/** The first problem among rows, or null. */
export function first<Row>(rows: readonly Row[], problemOf: (row: Row) => Failure | null): Failure | null {
  for (const row of rows) {
    const problem = problemOf(row);
    if (problem) return problem;
  }
  return null;
}

/** A problem if an id occurs twice. */
export function duplicate(noun: string, ids: readonly string[]): Failure | null {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? null : wrong(twice, `${noun} ${twice} is listed twice`);
}

/** A rule that is broken, with the row it is about. */
export function wrong(column: string, message: string): Failure {
  return { reason: 'invalidFile', message, where: { column } };
}
