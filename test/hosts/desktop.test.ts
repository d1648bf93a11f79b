import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALL_CHANNEL } from '../../main/contract/channels.ts';
import type { Result } from '../../main/domain/failure.ts';
import { startDesktop } from '../../main/hosts/electron/desktop.ts';
import { app, outside, processes, session, type FakeFrame } from '../support/electron-fake.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

type PageHost = {
  call: (name: string, input: unknown) => Promise<Result<unknown>>;
  on: (listener: (event: unknown) => void) => () => void;
};

const folder = makeTemporaryFolder();
const page: FakeFrame = { url: 'app://interlock/index.html', parent: null };
let host: PageHost;

beforeAll(async () => {
  process.env['INTERLOCK_DATA'] = join(folder.path, 'data');
  mkdirSync(join(folder.path, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder.path, 'renderer', 'index.html'), '<title>Interlock</title>');
  writeFileSync(join(folder.path, 'secret.txt'), 'secret');
  await import('../../preload/host-bridge.ts');
  await startDesktop({
    preloadPath: '/preload.cjs',
    servicesPath: fileURLToPath(new URL('../../main/hosts/electron/services-process.ts', import.meta.url)),
    rendererFolder: join(folder.path, 'renderer'),
    servicesArguments: [],
  });
  host = outside.world('host') as PageHost;
});

afterAll(async () => {
  await new Promise((resolve) => {
    app.once('quit', () => resolve(undefined));
    app.quit();
  });
  folder.remove();
});

describe('the page', () => {
  test('gets call and on, and nothing else of Electron', () => {
    expect(Object.keys(host)).toStrictEqual(['call', 'on']);
  });

  test('has exactly one channel to call', () => {
    expect(outside.channels()).toStrictEqual([CALL_CHANNEL]);
  });

  test('is answered by the real services in their own process', async () => {
    const answer = await host.call('app.info', {});
    expect(answer).toMatchObject({ ok: true, value: { host: 'electron' } });
  });

  test('opens the demo book on the first run', async () => {
    expect(await host.call('book.info', {})).toMatchObject({
      ok: true,
      value: { path: expect.stringContaining(join(folder.path, 'data')) as string },
    });
  });

  test('hears events until it stops listening', async () => {
    const heard: unknown[] = [];
    const stop = host.on((event) => heard.push(event));
    await host.call('book.edit', { label: 'Rename', edits: [{ kind: 'rename', name: 'Renamed' }] });
    expect(heard).toContainEqual(expect.objectContaining({ type: 'book.changed' }));
    const before = heard.length;
    stop();
    await host.call('book.undo', {});
    expect(heard).toHaveLength(before);
  });

  test('cannot send what cannot be cloned', async () => {
    await expect(host.call('app.info', { run: () => 1 })).rejects.toThrow();
    await expect(host.call('app.info', { shared: new Float64Array(new SharedArrayBuffer(8)) })).rejects.toThrow('SharedArrayBuffer');
  });
});

describe('a call is refused', () => {
  test.each<[string, FakeFrame | null]>([
    ['from a frame inside the page', { url: page.url, parent: page }],
    ['from another site', { url: 'https://evil.example/', parent: null }],
    ['from a site whose name begins like ours', { url: 'app://interlock.evil/index.html', parent: null }],
    ['from a file', { url: 'file:///tmp/x.html', parent: null }],
    ['from the developer tools', { url: 'devtools://devtools/bundled/inspector.html', parent: null }],
    ['from a frame that is gone', null],
  ])('%s', async (_who, frame) => {
    expect(await outside.invokeAs(frame, CALL_CHANNEL, 'app.info', {})).toMatchObject({ ok: false, failure: { reason: 'refused' } });
  });

  test('when its name is not a string', async () => {
    expect(await outside.invokeAs(page, CALL_CHANNEL, { toString: 1 }, {})).toMatchObject({ ok: false, failure: { reason: 'usage' } });
  });
});

describe('the window', () => {
  test('is sandboxed, isolated and without Node', () => {
    expect(outside.sandboxed).toBe(true);
    expect(outside.windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('is shown when it has something to show', () => {
    expect(outside.windows[0]?.isShown).toBe(true);
  });

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('%s is prevented', (event) => {
    let isPrevented = false;
    outside.windows[0]?.webContents.emit(event, { preventDefault: () => (isPrevented = true) });
    expect(isPrevented).toBe(true);
  });

  test('opens no other window', () => {
    for (const url of ['https://evil.example', 'javascript:alert(1)', 'file:///etc/passwd', page.url, 'smb://x', 'ms-excel:x']) {
      expect(outside.windows[0]?.webContents.openWindow({ url })).toStrictEqual({ action: 'deny' });
    }
  });

  test('a second instance shows the first window', () => {
    app.emit('second-instance');
    expect(outside.windows[0]?.focuses).toBe(1);
  });
});

describe('permissions', () => {
  const names = [
    'media',
    'geolocation',
    'notifications',
    'midi',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'hid',
    'serial',
    'usb',
    'fileSystem',
    'unknown',
  ];

  test.each(names)('%s is denied to our own page too', (permission) => {
    let isGranted: boolean | null = null;
    session.defaultSession.requestHandler({ getURL: () => page.url }, permission, (granted) => (isGranted = granted));
    expect(isGranted).toBe(false);
    expect(session.defaultSession.checkHandler(null, permission, 'app://interlock')).toBe(false);
    expect(session.defaultSession.deviceHandler()).toBe(false);
  });

  test('copying text is allowed to our page alone', () => {
    expect(session.defaultSession.checkHandler(null, 'clipboard-sanitized-write', 'app://interlock')).toBe(true);
    expect(session.defaultSession.checkHandler(null, 'clipboard-sanitized-write', 'https://evil.example')).toBe(false);
  });

  test.each([
    ['blob:app://interlock/7f', false],
    ['https://evil.example/x.exe', true],
    ['blob:https://evil.example/7f', true],
  ])('a download of %s is prevented: %s', (url, expected) => {
    let isPrevented = false;
    session.defaultSession.emit('will-download', { preventDefault: () => (isPrevented = true) }, { getURL: () => url });
    expect(isPrevented).toBe(expected);
  });
});

describe('app://', () => {
  const get = async (url: string): Promise<Response> => outside.protocols.get('app')?.(new Request(url)) ?? Response.error();

  test('serves the page with the content policy', async () => {
    const answer = await get('app://interlock/index.html');
    expect(await answer.text()).toContain('Interlock');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'app://interlock/../secret.txt',
    'app://interlock/%2e%2e/secret.txt',
    'app://interlock/..%2fsecret.txt',
    'app://interlock/assets/..%5c..%5csecret.txt',
    'app://interlock/index.html%00',
    'app://other/index.html',
  ])('has nothing at %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });
});

test('when the services process dies, the call under way says so and the next one is answered', async () => {
  const waiting = host.call('book.verify', {});
  processes.at(-1)?.child.kill('SIGKILL');
  expect(await waiting).toMatchObject({
    ok: false,
    failure: { reason: 'internal', message: expect.stringContaining('services process ended') as string },
  });
  expect(await host.call('app.info', {})).toMatchObject({ ok: true });
});

test('while another instance holds the lock, this one leaves', async () => {
  outside.isLockFree = false;
  const quits = outside.quits;
  app.removeAllListeners('web-contents-created');
  await startDesktop({ preloadPath: '', servicesPath: '', rendererFolder: '', servicesArguments: [] }).finally(
    () => (outside.isLockFree = true),
  );
  expect(outside.windows).toHaveLength(1);
  expect(outside.quits).toBe(quits + 1);
});
