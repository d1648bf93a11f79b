import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { programFolder } from '../../main/hosts/folders.ts';
import { ensureBuilt } from '../support/built-program.ts';

const output = join(programFolder, 'out');
const read = (file: string): string => readFileSync(join(output, file), 'utf8');

beforeAll(ensureBuilt);

/** Files that a built entry loads, itself included. */
function reachable(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, file] of read(`main/${entry}`).matchAll(/(?:from|import)\s*\(?\s*["']\.\/([^"']+)["']/g)) reachable(file ?? '', seen);
  return seen;
}

const ELECTRON = /(?:from\s*|import\s*\(?\s*|require\s*\(\s*)["'`]electron["'`]/;

test.each(['browser.js', 'cli.js', 'worker.js', 'electron-services.js'])(
  '%s never loads the electron package, which would start a download',
  (entry) => {
    for (const file of reachable(entry)) expect(`${file} ${ELECTRON.test(read(`main/${file}`))}`).toBe(`${file} false`);
  },
);

test('the desktop entry does load it, so the search above can find it', () => {
  expect(ELECTRON.test(read('main/electron.js'))).toBe(true);
});

test('the preload is one CommonJS file that requires nothing but electron', () => {
  expect(globSync('preload/*', { cwd: output })).toStrictEqual([join('preload', 'preload.cjs')]);
  const required = [...read('preload/preload.cjs').matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name);
  expect(new Set(required)).toStrictEqual(new Set(['electron']));
  expect(read('preload/preload.cjs')).not.toMatch(/^import /m);
});

test('the page has no inline script, which the content policy would refuse', () => {
  const scripts = [...read('renderer/index.html').matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes, text] of scripts) expect([attributes?.includes('src='), text]).toStrictEqual([true, '']);
});
