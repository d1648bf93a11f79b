import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { programFolder } from '../../main/hosts/folders.ts';
import type { Benchmark } from '../bench/benchmark.ts';
import { launchBrowser } from '../support/browser.ts';
import { ensureBuilt } from '../support/built-program.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const LINK = /http:\S+/;
const TILES = 6;

let browser: Browser;
let turns = 0;
const folder = makeTemporaryFolder();

async function setUp(): Promise<void> {
  await ensureBuilt();
  browser = await launchBrowser();
}

async function tearDown(): Promise<void> {
  await browser.close();
  folder.remove();
}

/**
 * Starts the program as `npm start` does where there is no display, with a data folder of its own, so that the demo book is made
 * and analysed anew each time; opens the link in a window without anything stored, and ends when the page shows what is asked for.
 */
async function startUntil(isShown: (page: Page) => Promise<unknown>): Promise<void> {
  turns += 1;
  const environment = { ...process.env, INTERLOCK_DATA: join(folder.path, `data-${turns}`), INTERLOCK_HOST: 'browser' };
  const child = spawn(process.execPath, [join(programFolder, 'main/hosts/start.ts')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(await linkOf(child));
  await isShown(page);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await context.close();
  child.kill('SIGTERM');
  await ended;
}

function linkOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (part) => {
      text += String(part);
      const found = LINK.exec(text);
      if (found !== null) resolve(found[0]);
    });
  });
}

/** The book's name stands in the title, the screens can be chosen, and the analysis shows that it is under way or done. */
async function shell(page: Page): Promise<void> {
  await page.locator('.title-book strong').waitFor();
  await page.locator('.rail-button[aria-current="page"]').waitFor();
  await page.locator('main .progress, main .statement-headline').first().waitFor();
}

/** The statement's first sentence and its tiles. */
async function overview(page: Page): Promise<void> {
  await page.locator('.statement-headline').waitFor();
  await page
    .locator('.tile')
    .nth(TILES - 1)
    .waitFor();
}

/**
 * Measured on two shared cores with a software-drawn Chromium and other work going on; the browser is launched outside the clock.
 * The end of the program is inside it, some tens of milliseconds.
 */
export const benchmarks: Benchmark[] = [
  {
    name: 'start to a shell that can be used, in a browser, demo made and its analysis under way',
    setUp,
    tearDown,
    run: () => startUntil(shell),
    repeats: 3,
    limitElapsedMs: 2000,
  },
  {
    name: 'start to the first full Overview, in a browser, demo made and analysed',
    setUp,
    tearDown,
    run: () => startUntil(overview),
    repeats: 3,
    limitElapsedMs: 3000,
  },
];
