import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, changedAtMs, isBuildStale } from './build-output.ts';
import { programFolder } from './folders.ts';

const DAY_MS = 86_400_000;
const FETCH_LIMIT_MS = 180_000;
/** A desktop that ends sooner than this, and badly, has not started. */
const STARTED_AFTER_MS = 5_000;

buildIfOlder();
const obstacle = obstacleToDesktop();
const trouble = obstacle ?? (await runDesktop());
if (trouble !== null) {
  process.stdout.write(`${trouble} The workstation is served to your browser instead.\n`);
  await import(pathToFileURL(join(programFolder, 'out/main/browser.js')).href);
}

/** Builds when a source is newer than the built output, or when there is none. */
function buildIfOlder(): void {
  if (!isBuildStale()) return;
  process.stdout.write('Building the workstation …\n');
  const trouble = build();
  if (trouble === null) return;
  process.stderr.write(`${trouble}The workstation could not be built.\n`);
  process.exit(1);
}

/** Why the desktop cannot be opened, in a sentence; null when its binary is there. */
function obstacleToDesktop(): string | null {
  if (process.env['INTERLOCK_HOST'] === 'browser') return 'INTERLOCK_HOST asks for the browser.';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'There is no display for Electron.';
  if (electronBinary() !== null || fetchElectron()) return null;
  return 'The Electron binary is not here and could not be fetched.';
}

/** Looked for with the file system alone: importing the package would start a download. */
function electronBinary(): string | null {
  const folder = join(programFolder, 'node_modules/electron');
  if (!existsSync(join(folder, 'path.txt'))) return null;
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Fetches the binary by the package's own script; a failure is remembered for a day unless INTERLOCK_FETCH_ELECTRON=1. */
function fetchElectron(): boolean {
  const wish = process.env['INTERLOCK_FETCH_ELECTRON'];
  const mark = join(programFolder, 'node_modules/.cache/interlock/electron-not-fetched');
  if (wish === '0' || (wish !== '1' && Date.now() - changedAtMs(mark) < DAY_MS)) return false;
  process.stdout.write('Fetching Electron (once, about 120 MB) …\n');
  const script = join(programFolder, 'node_modules/electron/install.js');
  spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: FETCH_LIMIT_MS });
  if (electronBinary() !== null) return true;
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, '');
  return false;
}

/** Runs the desktop until it is closed; a sentence when it did not start. */
function runDesktop(): Promise<string | null> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const desktop = spawn(electronBinary() ?? '', [programFolder, ...process.argv.slice(2)], { stdio: 'inherit' });
    desktop.on('error', (error) => resolve(`Electron did not start (${error.message}).`));
    desktop.on('exit', (code) => {
      const hasFailed = code !== 0 && performance.now() - startedMs < STARTED_AFTER_MS;
      if (!hasFailed) process.exitCode = code ?? 0;
      resolve(hasFailed ? `Electron did not start (exit code ${code ?? 'none'}).` : null);
    });
  });
}
