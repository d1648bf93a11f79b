import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decode, encode } from '../../main/contract/codec.ts';
import { startBrowserHost, type BrowserHost } from '../../main/hosts/browser/server.ts';
import { workerUrl } from '../../main/hosts/folders.ts';
import { sendRaw, type RawAnswer } from '../support/raw-http.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
let host: BrowserHost;
let clockMs = 0;
let cookie = '';

const here = (): string => `127.0.0.1:${host.port}`;
const token = (): string => new URL(host.newLink()).hash.slice('#token='.length);
const common = (): string[] => [`host: ${here()}`, 'connection: close'];

function post(path: string, body: string, headers: readonly string[]): Promise<RawAnswer> {
  const own = ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  return sendRaw(host.port, [`POST ${path} HTTP/1.1`, ...headers, ...own], body);
}

function get(path: string, headers: readonly string[] = [...common(), `cookie: ${cookie}`]): Promise<RawAnswer> {
  return sendRaw(host.port, [`GET ${path} HTTP/1.1`, ...headers]);
}

async function showToken(shown: string): Promise<RawAnswer> {
  return post('/session', JSON.stringify({ token: shown }), [...common(), `origin: http://${here()}`]);
}

beforeAll(async () => {
  const pages = join(folder.path, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  mkdirSync(join(folder.path, 'data', 'reports', 'monday'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<title>Interlock</title>');
  writeFileSync(join(pages, 'assets', 'app.js'), 'export {}');
  writeFileSync(join(folder.path, 'secret.txt'), 'private words');
  writeFileSync(join(folder.path, 'renderer-secret.txt'), 'private words');
  writeFileSync(join(folder.path, 'data', 'reports', 'monday', 'report 1.html'), '<script>alert(1)</script>');
  symlinkSync(join(folder.path, 'secret.txt'), join(pages, 'assets', 'link.txt'));
  symlinkSync(join(folder.path, 'secret.txt'), join(folder.path, 'data', 'reports', 'link.txt'));
  host = await startBrowserHost({
    port: 0,
    dataFolder: join(folder.path, 'data'),
    rendererFolder: pages,
    workerUrl,
    otherwise: 'nothing',
    host: 'test',
    now: () => clockMs,
  });
  const admitted = await showToken(token());
  cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  folder.remove();
});

test('listens on the loopback address only', () => {
  const inHex = host.port.toString(16).toUpperCase().padStart(4, '0');
  const listening = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n'));
  const ours = listening.map((line) => line.trim().split(/\s+/)).filter((cells) => cells[1]?.endsWith(`:${inHex}`) && cells[3] === '0A');
  expect(ours.map((cells) => cells[1])).toStrictEqual([`0100007F:${inHex}`]);
});

describe('a request that was not addressed to this host is refused before anything else', () => {
  const hosts = (port: number): (string | null)[] => [
    null,
    '',
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1:${port}0`,
    `127.attacker.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `0.0.0.0:${port}`,
    `[::]:${port}`,
    `[::1]:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `127.0.0.2:${port}`,
    `127.0.0.1.:${port}`,
    `localhost.:${port}`,
    `LOCALHOST:${port}`,
    `localhost`,
    `localhost:${port}@evil.example`,
    `user@127.0.0.1:${port}`,
    `127.0.0.1:${port},evil.example`,
    `127.0.0.1:0${port}`,
    `http://127.0.0.1:${port}`,
  ];

  test('whatever else the Host header says', async () => {
    for (const name of hosts(host.port)) {
      const lines = name === null ? [] : [`host: ${name}`];
      for (const path of ['/', '/start', '/assets/app.js', '/nowhere']) {
        const { status } = await get(path, [...lines, 'connection: close', `cookie: ${cookie}`]);
        expect(`${name ?? 'no Host'} ${path} ${status}`).toBe(`${name ?? 'no Host'} ${path} 403`);
      }
    }
  });

  test('when Host is given twice', async () => {
    const { status } = await get('/', [`host: ${here()}`, 'host: evil.example', 'connection: close', `cookie: ${cookie}`]);
    expect([400, 403]).toContain(status);
  });

  const origins = (port: number): (string | null)[] => [
    null,
    'null',
    '',
    'http://evil.example',
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}`,
    'http://127.0.0.1',
    `http://127.0.0.1:${port}.evil.example`,
    'file://',
  ];

  test('when a call comes with no Origin or another one', async () => {
    for (const origin of origins(host.port)) {
      const lines = origin === null ? [] : [`origin: ${origin}`];
      expect((await post('/call/app.info', '{}', [...common(), `cookie: ${cookie}`, ...lines])).status).toBe(403);
    }
  });

  test('when an upgrade comes with no Origin or another one', async () => {
    for (const origin of origins(host.port)) {
      const lines = [
        'connection: Upgrade',
        'upgrade: websocket',
        'sec-websocket-version: 13',
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ];
      const answer = await get('/events', [
        `host: ${here()}`,
        ...lines,
        `cookie: ${cookie}`,
        ...(origin === null ? [] : [`origin: ${origin}`]),
      ]);
      expect(answer.status).toBe(403);
    }
  });
});

describe('without a session', () => {
  const wrong = ['', 'interlock=1', 'interlock-1=abc', 'interlock-PORT=', 'interlock-PORT=wrong', `interlock-PORT=${'A'.repeat(43)}`];

  test.each(['/', '/index.html', '/assets/app.js', '/reports/monday/report%201.html', '/call/app.info', '/nowhere'])(
    '%s is refused',
    async (path) => {
      for (const value of wrong) {
        const headers = [...common(), `cookie: ${value.replace('PORT', String(host.port))}`];
        expect((await get(path, headers)).status).toBe(401);
        expect((await post(path, '{}', [...headers, `origin: http://${here()}`])).status).toBe(401);
      }
    },
  );

  test('no event line is opened', async () => {
    const lines = ['connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=='];
    const answer = await get('/events', [`host: ${here()}`, `origin: http://${here()}`, ...lines, 'cookie: interlock=1']);
    expect(answer.status).toBe(401);
  });

  test('the start page is shown and holds no secret', async () => {
    const answer = await get('/start', common());
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain('token=');
  });
});

describe('the one-time link', () => {
  test('carries its token in the fragment, which no server and no log ever sees, with at least 128 bits', () => {
    const link = new URL(host.newLink());
    expect(link.pathname + link.search).toBe('/start');
    expect(Buffer.from(link.hash.slice('#token='.length), 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  test('works once', async () => {
    const once = token();
    const answer = await showToken(once);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`^interlock-${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`));
    expect((await showToken(once)).status).toBe(401);
  });

  test('works for an hour', async () => {
    const old = token();
    clockMs += 60 * 60_000;
    expect((await showToken(old)).status).toBe(401);
  });

  test('after ten wrong tokens nobody is let in for a minute, then the right one is', async () => {
    const right = token();
    let status = 0;
    for (let tries = 0; tries < 12 && status !== 429; tries += 1) status = (await showToken(`wrong-${tries}`)).status;
    expect(status).toBe(429);
    expect((await showToken(right)).status).toBe(429);
    clockMs += 60_001;
    expect((await showToken(right)).status).toBe(204);
  });

  test('is not written to the log', () => {
    expect(readFileSync(join(folder.path, 'data', 'interlock.log'), 'utf8')).not.toContain('token');
  });
});

describe('a path', () => {
  test.each([
    ['/', 200],
    ['/index.html', 200],
    ['/assets/app.js', 200],
    ['/index.html?x=1', 200],
  ])('%s is served', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  const dots = ['..', '%2e%2e', '%2E%2E', '.%2e', '..;', '%c0%ae%c0%ae', '..%00', '%252e%252e', '..%01', '%u002e%u002e'];
  const separators = ['/', '%2f', '\\', '%5c', '%255c', '//'];
  const roots = ['/', '/assets/', '/reports/', '/reports/monday/'];
  const names = ['secret.txt', 'renderer-secret.txt', 'etc/passwd'];

  test('that climbs out by any spelling leads nowhere', async () => {
    const spellings = dots.flatMap((dot) =>
      separators.flatMap((separator) => roots.map((root, at) => `${root}${dot}${separator}${dot}${separator}${names[at % 3] ?? ''}`)),
    );
    const others = [
      '/assets/link.txt',
      '/reports/link.txt',
      '//secret.txt',
      '/\\secret.txt',
      '/C:/windows/win.ini',
      '/file:///etc/passwd',
      '/assets',
      '/reports/',
      '/assets/app.js/',
      '/assets/app.js%00.html',
      '/ASSETS/APP.JS',
    ];
    expect(spellings.length).toBeGreaterThan(200);
    for (const path of [...spellings, ...others]) {
      const answer = await get(path);
      expect(`${path} ${answer.status}`).toMatch(/ (400|404)$/);
      expect(answer.body).not.toContain('private words');
    }
  });

  test('of a report is a download that runs nothing', async () => {
    const answer = await get('/reports/monday/report%201.html');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''report%201.html");
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });
});

test('every answer carries the headers that confine the page', async () => {
  const answers = [
    await get('/'),
    await get('/nowhere'),
    await get('/', [...common()]),
    await get('/', ['host: evil', 'connection: close']),
    await get('/start'),
    await post('/call/app.info', '{}', [...common(), `cookie: ${cookie}`, `origin: http://${here()}`]),
  ];
  expect(answers.map((answer) => answer.status)).toStrictEqual([200, 404, 401, 403, 200, 200]);
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe-eval');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('access-control-allow-origin')).toBeUndefined();
  }
});

describe('a call', () => {
  const call = async (name: string, body: string): Promise<RawAnswer> =>
    post(`/call/${name}`, body, [...common(), `cookie: ${cookie}`, `origin: http://${here()}`]);

  test('is answered by the services', async () => {
    expect(decode((await call('app.info', encode({}))).body)).toMatchObject({ ok: true, value: { host: 'test' } });
  });

  test.each([
    ['app.nothing', '{}', 'no procedure named'],
    ['__proto__', '{}', 'no procedure named'],
    ['constructor', '{}', 'no procedure named'],
    ['app.info', '{', 'not JSON'],
    ['app.info', '{"more":1}', 'more'],
    ['app.info', '{"__proto__":{"polluted":true}}', '__proto__'],
    ['app.info', '['.repeat(10_000) + ']'.repeat(10_000), '64 levels'],
    ['run.list', '{"limit":1e999}', 'limit'],
    ['run.list', '{"limit":{"$number":"NaN"}}', 'limit'],
    ['run.list', '{"limit":"10"}', 'limit'],
  ])('%s %s is refused by name', async (name, body, message) => {
    const answer = decode((await call(name, body)).body) as { ok: boolean; failure: { reason: string; message: string } };
    expect(answer).toMatchObject({ ok: false, failure: { reason: 'usage' } });
    expect(answer.failure.message).toContain(message);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('of another method or type is refused', async () => {
    expect((await get('/call/app.info')).status).toBe(404);
    const headers = [...common(), `cookie: ${cookie}`, `origin: http://${here()}`, 'content-type: text/plain', 'content-length: 2'];
    expect((await sendRaw(host.port, ['POST /call/app.info HTTP/1.1', ...headers], '{}')).status).toBe(415);
  });

  test('that announces a body of 200 MB is refused without reading it', async () => {
    const headers = [
      ...common(),
      `cookie: ${cookie}`,
      `origin: http://${here()}`,
      'content-type: application/json',
      'content-length: 200000000',
    ];
    expect((await sendRaw(host.port, ['POST /call/app.info HTTP/1.1', ...headers])).status).toBe(413);
  });
});

describe('the event line', () => {
  const open = (): WebSocket => new WebSocket(`ws://${here()}/events`, { headers: { cookie, origin: `http://${here()}` } });

  test('announces what happens', async () => {
    const socket = open();
    await new Promise((resolve) => socket.once('open', resolve));
    const heard = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    await host.runtime.dispatch('book.create', { path: join(folder.path, 'one.interlock'), name: 'One' });
    expect(decode(await heard)).toMatchObject({ type: 'book.changed' });
    socket.terminate();
  });

  test('is closed on a message over one MiB, and the host lives', async () => {
    const socket = open();
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.send(Buffer.alloc(1024 * 1024 + 1));
    expect(await closed).toBe(1009);
    expect((await get('/')).status).toBe(200);
  });
});

test('a thousand lines that never finish their request do not keep others out', async () => {
  const slow = Array.from({ length: 1000 }, () => {
    const socket = connect(host.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nx-slow: ');
    return socket;
  });
  expect((await get('/')).status).toBe(200);
  for (const socket of slow) socket.destroy();
});
