import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
  '.csv': 'text/csv; charset=utf-8',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A file that may be served. */
export type StaticFile = { readonly path: string; readonly type: string };

/**
 * The regular files below a folder by the exact URL path that serves them. Only these are ever served, so that no spelling of a
 * path (`..`, `%2e`, a backslash, a link) can reach another file; links are left out.
 */
export function listStaticFiles(folder: string, prefix = '/'): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name);
    const url = `${prefix}${encodeURIComponent(entry.name)}`;
    if (entry.isDirectory()) for (const [below, file] of listStaticFiles(path, `${url}/`)) files.set(below, file);
    else if (entry.isFile()) files.set(url, { path, type: TYPES[extname(entry.name).toLowerCase()] ?? 'application/octet-stream' });
  }
  return files;
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
