import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a user's last book, the demo book, reports and the log are kept, the same for every host: INTERLOCK_DATA when set, else the
 * platform's place for application data.
 */
export function dataFolder(environment: Environment = process.env, platform: string = process.platform): string {
  const chosen = environment['INTERLOCK_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Interlock');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Interlock');
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'interlock');
}

/** The program's own folder: two above this file, in the sources (main/hosts) and in the built output (out/main) alike. */
export const programFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Venue parameters, scenario sets and the demo book. */
export const resourcesFolder = join(programFolder, 'resources');

/** The built page. */
export const rendererFolder = join(programFolder, 'out', 'renderer');

/** The engine's worker: TypeScript beside the sources, JavaScript in the built output. */
export const workerUrl = import.meta.url.endsWith('.ts')
  ? new URL('../pool/worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);

/** Where reports go when nobody says otherwise; the browser host offers what is here for download. */
export function reportsFolder(data: string): string {
  return join(data, 'reports');
}

/** The program's version as package.json has it. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
