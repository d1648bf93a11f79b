import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';

/** Whether a new file may be made at this path: nothing lies there and its folder exists. `what` starts the message: 'book', 'backup'. */
export function checkNewFile(what: string, path: string): Result<void> {
  if (existsSync(path))
    return fail('conflict', `${what} ${path}: a file of this name exists`, { remedy: 'Choose another name, or move the file away.' });
  if (existsSync(dirname(path))) return succeed(undefined);
  return fail('storage', `${what} ${path}: its folder does not exist`, { remedy: 'Create the folder, or choose another.' });
}
