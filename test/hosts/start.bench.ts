import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { programFolder } from '../../main/hosts/folders.ts';
import type { Benchmark } from '../bench/benchmark.ts';
import { ensureBuilt } from '../support/built-program.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();

/** Starts as `npm start` does where there is no display, opens the link and asks for the book; ends when it is answered. */
async function startUntilUsable(): Promise<void> {
  const environment = { ...process.env, INTERLOCK_DATA: join(folder.path, 'data'), INTERLOCK_HOST: 'browser' };
  const child = spawn(process.execPath, [join(programFolder, 'main/hosts/start.ts')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const link = await new Promise<URL>((resolve) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += String(part);
      const found = /http:\S+/.exec(text);
      if (found !== null) resolve(new URL(found[0]));
    });
  });
  const headers = { origin: link.origin, 'content-type': 'application/json' };
  const token = link.hash.slice('#token='.length);
  const admitted = await fetch(`${link.origin}/session`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
  await (await fetch(`${link.origin}/`, { headers: { cookie } })).text();
  await (await fetch(`${link.origin}/call/book.info`, { method: 'POST', headers: { ...headers, cookie }, body: '{}' })).text();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export const benchmarks: Benchmark[] = [
  {
    name: 'start to a usable book, demo made on the first run',
    setUp: ensureBuilt,
    tearDown: folder.remove,
    run: startUntilUsable,
    repeats: 3,
    limitElapsedMs: 3000,
  },
];
