import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { programFolder } from './folders.ts';

const OUTPUTS = [
  'out/main/electron.js',
  'out/main/browser.js',
  'out/main/worker.js',
  'out/main/option-kernel-strict.wasm',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];
const SOURCES = ['main', 'preload', 'renderer', 'electron.vite.config.ts', '.config/compile-option-kernel.ts', 'package-lock.json'];

/** Whether a source is newer than the built output, or there is none. */
export function isBuildStale(): boolean {
  const built = Math.min(...OUTPUTS.map((path) => changedAtMs(join(programFolder, path))));
  return built < Math.max(...SOURCES.map((path) => newestMs(join(programFolder, path))));
}

/** Builds page, preload and main side into out/; the builder's own words when it fails, else null. */
export function build(): string | null {
  const command = join(programFolder, 'node_modules/electron-vite/bin/electron-vite.js');
  const done = spawnSync(process.execPath, [command, 'build', '--logLevel', 'warn'], { cwd: programFolder, encoding: 'utf8' });
  return done.status === 0 ? null : `${done.stdout}${done.stderr}`;
}

/** When a file last changed, ms since 1970; −∞ when it is not there. */
export function changedAtMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}

function newestMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return stats?.mtimeMs ?? -Infinity;
  return Math.max(-Infinity, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}
