import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build, isBuildStale } from '../../main/hosts/build-output.ts';
import { programFolder } from '../../main/hosts/folders.ts';

const LOCK = join(programFolder, 'node_modules/.cache/interlock/build.lock');
const ABANDONED_AFTER_MS = 120_000;

/** Makes sure that out/ is as new as the sources; of several test files that ask at once, one builds and the others wait. */
export async function ensureBuilt(): Promise<void> {
  await holding(LOCK, () => {
    if (!isBuildStale()) return;
    const trouble = build();
    if (trouble !== null) throw new Error(`the program cannot be built:\n${trouble}`);
  });
}

/** Does the work while no other process holds the lock; a lock left behind by a process that died is taken over. */
export async function holding<T>(lock: string, work: () => T | Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!takes(lock)) {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > ABANDONED_AFTER_MS) rmSync(lock, { recursive: true, force: true });
    await wait(100);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takes(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
