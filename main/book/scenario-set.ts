import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import { scenarioSet } from '../domain/scenario.ts';
import type { ScenarioSet } from '../domain/scenario.ts';
import type { BookReader } from './file/connection.ts';
import { readMeta } from './meta.ts';
import { allRows, parseRows, schemaProblem, storedJson } from './noun.ts';
import type { Noun } from './noun.ts';

const table = { name: 'scenario_set', key: 'id', columns: ['id', 'name', 'body'], order: 'id', hasOneRowPerKey: true };

/** Scenario sets; all but the name is JSON. */
export const scenarioSetNoun: Noun<ScenarioSet> = {
  word: 'scenario set',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[[value.id, value.name, JSON.stringify(value)]]],
  problemOf: (value) => (value.id === '' ? 'id: must not be empty' : findProblem(value)),
};

const findProblem = schemaProblem(scenarioSet);

/** Every scenario set in order of id. */
export function readScenarioSets(reader: BookReader): Result<ScenarioSet[]> {
  return parseRows('scenario set', scenarioSet, allRows(reader, table).map(candidateOf));
}

/** The named scenario set, or the active one. */
export function readScenarioSet(reader: BookReader, id?: string): Result<ScenarioSet> {
  const wanted = id ?? readMeta(reader).activeScenarioSetId;
  if (wanted === null) return fail('notFound', 'no scenario set is active', { remedy: 'Add a scenario set to the book and activate it.' });
  const parsed = parseRows(
    'scenario set',
    scenarioSet,
    allRows(reader, table, { clause: 'WHERE id = ?', values: [wanted] }).map(candidateOf),
  );
  if (!parsed.ok) return parsed;
  const [found] = parsed.value;
  return found
    ? succeed(found)
    : fail('notFound', `scenario set ${wanted}: not in this book`, { remedy: 'Choose one of the scenario sets listed.' });
}

function candidateOf(row: Record<string, string | number | null>): Record<string, unknown> {
  const body = storedJson(row['body']);
  return { ...(typeof body === 'object' ? body : {}), id: row['id'], name: row['name'] };
}
