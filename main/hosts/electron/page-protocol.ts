import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { SECURITY_HEADERS } from '../page-policy.ts';
import { listStaticFiles, type StaticFile } from '../static-files.ts';
import { PAGE_ORIGIN, PAGE_SCHEME } from './page-address.ts';

/** Must run before the app is ready: makes app:// a secure origin of its own with a content policy. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built page, and only the files that were listed when the host started. */
export function servePage(rendererFolder: string): void {
  const files = listStaticFiles(rendererFolder);
  protocol.handle(PAGE_SCHEME, (request) => answerPage(files, request.url));
}

/** The answer to one request for the page or a part of it. */
export async function answerPage(files: ReadonlyMap<string, StaticFile>, url: string): Promise<Response> {
  const path = url.startsWith(`${PAGE_ORIGIN}/`) ? url.slice(PAGE_ORIGIN.length).split(/[?#]/)[0] : undefined;
  const file = path === undefined ? undefined : files.get(path === '/' ? '/index.html' : path);
  if (file === undefined) return new Response('There is nothing here.', { status: 404, headers: SECURITY_HEADERS });
  return new Response(await readFile(file.path), { headers: { ...SECURITY_HEADERS, 'content-type': file.type } });
}
