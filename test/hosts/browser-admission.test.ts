import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveHost, UPGRADE, type ServedHost } from '../support/served-host.ts';

let served: ServedHost;
beforeAll(async () => {
  served = await serveHost();
});
afterAll(async () => served.close());

test('listens on the loopback address only', () => {
  const inHex = served.host.port.toString(16).toUpperCase().padStart(4, '0');
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
    for (const name of hosts(served.host.port)) {
      const lines = name === null ? [] : [`host: ${name}`];
      for (const path of ['/', '/start', '/assets/app.js', '/nowhere']) {
        const { status } = await served.get(path, [...lines, 'connection: close', `cookie: ${served.cookie}`]);
        expect(`${name ?? 'no Host'} ${path} ${status}`).toBe(`${name ?? 'no Host'} ${path} 403`);
      }
    }
  });

  test('when Host is given twice', async () => {
    const { status } = await served.get('/', [
      `host: ${served.address}`,
      'host: evil.example',
      'connection: close',
      `cookie: ${served.cookie}`,
    ]);
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
    for (const origin of origins(served.host.port)) {
      const lines = origin === null ? [] : [`origin: ${origin}`];
      expect((await served.post('/call/app.info', '{}', [...served.plain, `cookie: ${served.cookie}`, ...lines])).status).toBe(403);
    }
  });

  test('when an upgrade comes with no Origin or another one', async () => {
    for (const origin of origins(served.host.port)) {
      const lines = [
        'connection: Upgrade',
        'upgrade: websocket',
        'sec-websocket-version: 13',
        'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ];
      const answer = await served.get('/events', [
        `host: ${served.address}`,
        ...lines,
        `cookie: ${served.cookie}`,
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
        const headers = [...served.plain, `cookie: ${value.replace('PORT', String(served.host.port))}`];
        expect((await served.get(path, headers)).status).toBe(401);
        expect((await served.post(path, '{}', [...headers, `origin: http://${served.address}`])).status).toBe(401);
      }
    },
  );

  test('no event line is opened', async () => {
    const answer = await served.get('/events', [
      `host: ${served.address}`,
      `origin: http://${served.address}`,
      ...UPGRADE,
      'cookie: interlock=1',
    ]);
    expect(answer.status).toBe(401);
  });

  test('the start page is shown and holds no secret', async () => {
    const answer = await served.get('/start', served.plain);
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain('token=');
  });
});

describe('the one-time link', () => {
  test('carries its token in the fragment, which no server and no log ever sees, with at least 128 bits', () => {
    const link = new URL(served.host.newLink());
    expect(link.pathname + link.search).toBe('/start');
    expect(Buffer.from(link.hash.slice('#token='.length), 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  test('works once', async () => {
    const once = served.newToken();
    const answer = await served.showToken(once);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(
      new RegExp(`^interlock-${served.host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect((await served.showToken(once)).status).toBe(401);
  });

  test('works for an hour', async () => {
    const old = served.newToken();
    served.later(60 * 60_000);
    expect((await served.showToken(old)).status).toBe(401);
  });

  test('after ten wrong tokens nobody is let in for a minute, then the right one is', async () => {
    const right = served.newToken();
    let status = 0;
    for (let tries = 0; tries < 12 && status !== 429; tries += 1) status = (await served.showToken(`wrong-${tries}`)).status;
    expect(status).toBe(429);
    expect((await served.showToken(right)).status).toBe(429);
    served.later(60_001);
    expect((await served.showToken(right)).status).toBe(204);
  });

  test('is not written to the log', () => {
    expect(readFileSync(join(served.folder, 'data', 'interlock.log'), 'utf8')).not.toContain('token');
  });
});
