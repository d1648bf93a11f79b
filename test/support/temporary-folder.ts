import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder outside the sources; whoever made it removes it. */
export function makeTemporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'interlock-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A fresh folder that is removed when the test that asked for it is over. */
export function temporaryFolder(): string {
  const folder = makeTemporaryFolder();
  onTestFinished(folder.remove);
  return folder.path;
}
