import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import { run } from '../domain/run.ts';
import type { Run } from '../domain/run.ts';
import type { BookReader } from './file/connection.ts';
import type { Table } from './journal/table.ts';
import { insertRows } from './journal/table.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';

const table: Table = {
  name: 'run',
  key: 'id',
  columns: ['id', 'topic', 'started_at', 'finished_at', 'status', 'inputs_digest', 'engine_version', 'seed', 'result_json'],
  order: 'id',
  hasOneRowPerKey: true,
};
const headTable: Table = { ...table, columns: table.columns.slice(0, -1) };
const runHead = run.omit({ resultJson: true });
const findProblem = schemaProblem(run);

/** Inserts or replaces a run. A run is a record of work, not content: it is neither journalled nor hashed. */
export function writeRun(reader: BookReader, value: Run): Result<void> {
  const problem = findProblem(value);
  if (problem !== null) return fail('invalidValue', `run ${value.id}: ${problem}`);
  const { id, topic, startedAt, finishedAt, status, inputsDigest, engineVersion, seed, resultJson } = value;
  insertRows(reader, table, [[id, topic, startedAt, finishedAt, status, inputsDigest, engineVersion, seed, resultJson]]);
  return succeed(undefined);
}

/** The run with this id and its result. */
export function readRun(reader: BookReader, id: string): Result<Run> {
  const candidates = allRows(reader, table, { clause: 'WHERE id = ?', values: [id] }).map((row) => ({
    ...headOf(row),
    resultJson: row['result_json'],
  }));
  const parsed = parseRows('run', run, candidates);
  if (!parsed.ok) return parsed;
  const [found] = parsed.value;
  return found ? succeed(found) : fail('notFound', `run ${id}: not in this book`);
}

/** The newest runs first, without their results; a record that is not valid is left out. */
export function readRuns(reader: BookReader, limit: number): Omit<Run, 'resultJson'>[] {
  const rows = allRows(reader, headTable, { clause: 'ORDER BY started_at DESC, id DESC LIMIT ?', values: [limit] }).map((row) =>
    runHead.safeParse(headOf(row)),
  );
  return rows.flatMap((parsed) => (parsed.success ? [parsed.data] : []));
}

/** A sentence about each run that is not valid. */
export function runProblems(reader: BookReader): string[] {
  return allRows(reader, headTable).flatMap((row) => {
    const problem = schemaProblem(runHead)(headOf(row));
    return problem === null ? [] : [`run ${String(row['id'])}: the stored row is not valid (${problem})`];
  });
}

function headOf(row: Record<string, string | number | null>): Record<string, unknown> {
  return {
    id: row['id'],
    topic: row['topic'],
    startedAt: row['started_at'],
    finishedAt: row['finished_at'],
    status: row['status'],
    inputsDigest: row['inputs_digest'],
    engineVersion: row['engine_version'],
    seed: row['seed'],
  };
}
