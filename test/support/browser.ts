import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as launcher, type Browser } from 'playwright-core';
import { holding } from './built-program.ts';

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No call leaves the machine: no update checks, no field trials, no default apps. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
];

/**
 * What the carried build needs: no user namespaces, no graphics card, a small /dev/shm. The package's own list is left out, since it
 * turns off web security and lets a request of one window carry the cookies of another.
 */
const CARRIED = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--font-render-hinting=none',
];

/**
 * A headless Chromium without root rights and without anything installed by hand: the machine's own where there is one, else the
 * one that the npm package @sparticuz/chromium carries (it unpacks into the temporary folder, with the libraries a bare Debian lacks).
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return launcher.launch({ executablePath: installed, args: QUIET });
  // Read when the package is imported: tells it to unpack its shared libraries too.
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x';
  const { default: carried } = await import('@sparticuz/chromium');
  // Unpacking is not safe against a second process doing the same.
  const executablePath = await holding(join(tmpdir(), 'interlock-chromium.lock'), () => carried.executablePath());
  return launcher.launch({ executablePath, headless: true, args: [...CARRIED, ...QUIET] });
}
