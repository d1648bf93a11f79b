import type { Failure } from '../../domain/failure.ts';

/** The first thing wrong with a header as such, or null: a name twice, no name, or a name that code could stumble over. */
export function checkHeader(columns: readonly string[]): Failure | null {
  const seen = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    const place = `column ${index + 1}`;
    if (column === '') return wrong(`${place} has no name`, column);
    if (/^(?:__proto__|constructor|prototype)$/.test(column)) return wrong(`${place} may not be called ${column}`, column);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[\u0000-\u001f\ufffd]/.test(column)) return wrong(`${place} has a name with unreadable characters`, column);
    const twin = seen.get(column);
    if (twin !== undefined) return wrong(`column ${column} is there twice, as column ${twin + 1} and ${place}`, column);
    seen.set(column, index);
  }
  return null;
}

function wrong(message: string, column: string): Failure {
  return { reason: 'invalidFile', message, remedy: 'Name every column once.', where: { line: 1, column } };
}
