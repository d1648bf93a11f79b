import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuildStale } from '../main/hosts/build-output.ts';
import { programFolder } from '../main/hosts/folders.ts';

/**
 * `npm run package [-- --linux AppImage …]`: an unpacked application in dist/ by default. It uses the Electron binary that is here and never
 * fetches one by itself, so that what is packaged is what was installed.
 */
const electronDist = process.env['INTERLOCK_ELECTRON_DIST'] ?? join(programFolder, 'node_modules/electron/dist');
if (!existsSync(electronDist)) {
  process.stderr.write(
    `Packaging needs the Electron binary, and ${electronDist} is not there: fetch it with "npx install-electron" or name a folder in INTERLOCK_ELECTRON_DIST.\n`,
  );
  process.exit(1);
}
const trouble = isBuildStale() ? build() : null;
if (trouble !== null) {
  process.stderr.write(`${trouble}The workstation could not be built.\n`);
  process.exit(1);
}
const wishes = process.argv.slice(2);
const command = join(programFolder, 'node_modules/electron-builder/cli.js');
const packed = spawnSync(
  process.execPath,
  [command, ...(wishes.length === 0 ? ['--dir'] : wishes), '--publish', 'never', `-c.electronDist=${electronDist}`],
  {
    cwd: programFolder,
    stdio: 'inherit',
  },
);
process.exit(packed.status ?? 1);
