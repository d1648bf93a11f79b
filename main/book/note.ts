import type { Result } from '../domain/failure.ts';
import { note } from '../domain/note.ts';
import type { Note } from '../domain/note.ts';
import type { BookReader } from './file/connection.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

const table = {
  name: 'note',
  key: 'id',
  columns: ['id', 'subject_kind', 'subject_id', 'text', 'written_at'],
  order: 'id',
  hasOneRowPerKey: true,
};

/** Free texts on any noun; a note outlives its subject. */
export const noteNoun: Noun<Note> = {
  word: 'note',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[[value.id, value.subjectKind, value.subjectId, value.text, value.writtenAt]]],
  problemOf: schemaProblem(note),
};

/** Every note in order of id. */
export function readNotes(reader: BookReader): Result<Note[]> {
  const candidates = allRows(reader, table).map((row) => ({
    id: row['id'],
    subjectKind: row['subject_kind'],
    subjectId: row['subject_id'],
    text: row['text'],
    writtenAt: row['written_at'],
  }));
  return parseRows('note', note, candidates);
}
