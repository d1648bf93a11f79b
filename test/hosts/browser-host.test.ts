import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decode, encode } from '../../main/contract/codec.ts';
import { sendRaw, type RawAnswer } from '../support/raw-http.ts';
import { serveHost, type ServedHost } from '../support/served-host.ts';

let served: ServedHost;
beforeAll(async () => {
  served = await serveHost();
});
afterAll(async () => served.close());

describe('a path', () => {
  test.each([
    ['/', 200],
    ['/index.html', 200],
    ['/assets/app.js', 200],
    ['/index.html?x=1', 200],
  ])('%s is served', async (path, status) => {
    expect((await served.get(path)).status).toBe(status);
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
      const answer = await served.get(path);
      expect(`${path} ${answer.status}`).toMatch(/ (400|404)$/);
      expect(answer.body).not.toContain('private words');
    }
  });

  test('of a report is a download that runs nothing', async () => {
    const answer = await served.get('/reports/monday/report%201.html');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''report%201.html");
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });
});

test('every answer carries the headers that confine the page', async () => {
  const answers = [
    await served.get('/'),
    await served.get('/nowhere'),
    await served.get('/', [...served.plain]),
    await served.get('/', ['host: evil', 'connection: close']),
    await served.get('/start'),
    await served.post('/call/app.info', '{}', [...served.plain, `cookie: ${served.cookie}`, `origin: http://${served.address}`]),
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
    served.post(`/call/${name}`, body, [...served.plain, `cookie: ${served.cookie}`, `origin: http://${served.address}`]);

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
    expect((await served.get('/call/app.info')).status).toBe(404);
    const headers = [
      ...served.plain,
      `cookie: ${served.cookie}`,
      `origin: http://${served.address}`,
      'content-type: text/plain',
      'content-length: 2',
    ];
    expect((await sendRaw(served.host.port, ['POST /call/app.info HTTP/1.1', ...headers], '{}')).status).toBe(415);
  });

  test('that announces a body of 200 MB is refused without reading it', async () => {
    const headers = [
      ...served.plain,
      `cookie: ${served.cookie}`,
      `origin: http://${served.address}`,
      'content-type: application/json',
      'content-length: 200000000',
    ];
    expect((await sendRaw(served.host.port, ['POST /call/app.info HTTP/1.1', ...headers])).status).toBe(413);
  });
});

describe('the event line', () => {
  const open = (): WebSocket =>
    new WebSocket(`ws://${served.address}/events`, { headers: { cookie: served.cookie, origin: `http://${served.address}` } });

  test('announces what happens', async () => {
    const socket = open();
    await new Promise((resolve) => socket.once('open', resolve));
    const heard = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    await served.host.runtime.dispatch('book.create', { path: join(served.folder, 'one.interlock'), name: 'One' });
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
    expect((await served.get('/')).status).toBe(200);
  });
});

test('a thousand lines that never finish their request do not keep others out', async () => {
  const slow = Array.from({ length: 1000 }, () => {
    const socket = connect(served.host.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nx-slow: ');
    return socket;
  });
  expect((await served.get('/')).status).toBe(200);
  for (const socket of slow) socket.destroy();
});
