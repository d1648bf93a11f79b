import type { Result } from '../domain/failure.ts';
import { venue } from '../domain/venue.ts';
import type { Venue } from '../domain/venue.ts';
import type { BookReader } from './file/connection.ts';
import { allRows, parseRows, schemaProblem, storedJson } from './noun.ts';
import type { Noun } from './noun.ts';

const table = { name: 'venue', key: 'id', columns: ['id', 'name', 'mark', 'family', 'parameters'], order: 'id', hasOneRowPerKey: true };

/** Venues with their parameters; the family is a column, the rest of the parameters JSON. */
export const venueNoun: Noun<Venue> = {
  word: 'venue',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[[value.id, value.name, value.mark, value.parameters.family, JSON.stringify(value.parameters)]]],
  problemOf: schemaProblem(venue),
};

/** Every venue in order of id. */
export function readVenues(reader: BookReader): Result<Venue[]> {
  const candidates = allRows(reader, table).map((row) => ({
    id: row['id'],
    name: row['name'],
    mark: row['mark'],
    parameters: storedJson(row['parameters']),
  }));
  return parseRows('venue', venue, candidates);
}
