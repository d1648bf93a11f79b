import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Client } from '../../main/contract/client.ts';
import { createClient } from '../../main/contract/client.ts';
import { startBrowserHost, type BrowserHost } from '../../main/hosts/browser/server.ts';
import { rendererFolder, workerUrl } from '../../main/hosts/folders.ts';
import { launchBrowser } from './browser.ts';
import { ensureBuilt } from './built-program.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** The real workstation on a fresh demo book, in a real browser. */
export type Workstation = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly browser: Browser;
  readonly host: BrowserHost;
  /** The same services without the page. */
  readonly client: Client;
  /** Where this workstation keeps its books, reports and log. */
  readonly dataFolder: string;
  /** Errors of the page, failed requests and breaches of the content policy, in words; empty when all is well. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
};

/** How the window looks and what is opened. */
export type WorkstationOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  /** Book to open instead of a fresh demo book. */
  readonly bookPath?: string;
};

/** Builds the page when it is older than its sources, serves it, and opens the one-time link. */
export async function openWorkstation(options: WorkstationOptions = {}): Promise<Workstation> {
  await ensureBuilt();
  const folder = makeTemporaryFolder();
  const host = await startBrowserHost({
    port: 0,
    dataFolder: join(folder.path, 'data'),
    rendererFolder,
    workerUrl,
    otherwise: 'lastOrDemo',
    ...(options.bookPath === undefined ? {} : { bookPath: options.bookPath }),
  });
  const browser = await launchBrowser();
  const { page, context, troubles } = await openPage(browser, host, options);
  return {
    page,
    context,
    browser,
    host,
    troubles,
    client: createClient({ call: (name, input) => host.runtime.dispatch(name, input), on: () => () => undefined }),
    dataFolder: join(folder.path, 'data'),
    async close() {
      await browser.close();
      await host.close();
      folder.remove();
    },
  };
}

/** Another window on a running host, with its own storage. */
export async function openPage(
  browser: Browser,
  host: BrowserHost,
  options: WorkstationOptions = {},
): Promise<{ page: Page; context: BrowserContext; troubles: string[] }> {
  const troubles: string[] = [];
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? 'dark',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => troubles.push(`request failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  await page.goto(host.newLink());
  await page.waitForURL((url) => url.pathname === '/');
  return { page, context, troubles };
}
