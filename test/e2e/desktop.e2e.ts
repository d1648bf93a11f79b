import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { expect, test } from 'vitest';
import { programFolder } from '../../main/hosts/folders.ts';
import { ensureBuilt } from '../support/built-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Why the real Electron cannot be tried on this machine; null when it can. */
function obstacle(): string | null {
  const folder = join(programFolder, 'node_modules/electron');
  const isThere =
    existsSync(join(folder, 'path.txt')) && existsSync(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim()));
  if (!isThere) return 'the Electron binary is not in node_modules/electron/dist';
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return hasDisplay ? null : 'there is no display';
}

const reason = obstacle();
if (reason !== null) process.stdout.write(`The real Electron is not tried: ${reason}.\n`);

test.skipIf(reason !== null)('the real Electron opens the demo book in a confined window', async () => {
  await ensureBuilt();
  const data = temporaryFolder();
  const app = await _electron.launch({ args: [programFolder], env: { ...process.env, INTERLOCK_DATA: data } });
  const page = await app.firstWindow();
  await page.getByText('Demo book').first().waitFor();
  expect(page.url()).toBe('app://interlock/index.html');
  expect(await page.evaluate(() => [typeof globalThis.process, Object.keys(window.host ?? {}).join()])).toStrictEqual([
    'undefined',
    'call,on',
  ]);
  await app.close();
});
