import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programFolder } from '../../main/hosts/folders.ts';
import { launchBrowser } from '../support/browser.ts';
import { ensureBuilt } from '../support/built-program.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
let started: ChildProcess;
let browser: Browser | null = null;
let printed = '';

beforeAll(async () => {
  await ensureBuilt();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
  const own = { ...environment, INTERLOCK_DATA: join(folder.path, 'data'), INTERLOCK_FETCH_ELECTRON: '0' };
  started = spawn(process.execPath, [join(programFolder, 'main/hosts/start.ts')], { env: own, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    started.once('exit', (code) => reject(new Error(`npm start ended with ${code ?? 'a signal'}: ${printed}`)));
    started.stdout?.on('data', (part) => {
      printed += String(part);
      if (printed.includes('#token=')) resolve();
    });
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  if (started.exitCode !== null) return;
  const ended = new Promise((resolve) => started.once('exit', resolve));
  started.kill('SIGTERM');
  await ended;
  folder.remove();
});

test('without a display one line says so, and a one-time link to this machine is printed', () => {
  const [reason, link] = printed.split('\n');
  expect(reason).toMatch(
    /^(There is no display for Electron|The Electron binary is not here and could not be fetched)\. The workstation is served to your browser instead\.$/,
  );
  expect(link).toMatch(/^Interlock is at http:\/\/127\.0\.0\.1:\d+\/start#token=[\w-]{32}$/);
});

test('the link opens the demo book without a trouble on the page, and works once', async () => {
  const link = /http:\S+/.exec(printed)?.[0] ?? '';
  const opened = browser ?? (await launchBrowser());
  const context = await opened.newContext();
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(link);
  await page.getByText('Demo book').first().waitFor();
  expect(page.url()).not.toContain('token');
  expect(troubles).toStrictEqual([]);
  const stranger = await (await opened.newContext()).newPage();
  await stranger.goto(link);
  await stranger.getByText('This link has been used or is too old.').waitFor();
  await stranger.goto(new URL('/', link).href);
  expect(await stranger.content()).toContain('Open the one-time link');
  await context.close();
});
