import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrowserHost, type BrowserHost } from '../../main/hosts/browser/server.ts';
import { workerUrl } from '../../main/hosts/folders.ts';
import { sendRaw, type RawAnswer } from './raw-http.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** The browser host over a small page and one report, with files beside them that it must never serve. */
export type ServedHost = {
  readonly host: BrowserHost;
  readonly folder: string;
  /** Moves the clock of the admission desk. */
  readonly later: (ms: number) => void;
  /** A session that was admitted. */
  readonly cookie: string;
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** Header lines of an honest request without a session. */
  readonly plain: readonly string[];
  /** Header lines of an honest call with a session. */
  readonly honest: readonly string[];
  readonly get: (path: string, headers?: readonly string[]) => Promise<RawAnswer>;
  readonly post: (path: string, body: string, headers: readonly string[]) => Promise<RawAnswer>;
  readonly newToken: () => string;
  readonly showToken: (token: string) => Promise<RawAnswer>;
  readonly close: () => Promise<void>;
};

/** Header lines that ask for a WebSocket. */
export const UPGRADE = [
  'connection: Upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** Starts the host and admits one session. */
export async function serveHost(): Promise<ServedHost> {
  const folder = makeTemporaryFolder();
  layOut(folder.path);
  let clockMs = 0;
  const host = await startBrowserHost({
    port: 0,
    dataFolder: join(folder.path, 'data'),
    rendererFolder: join(folder.path, 'renderer'),
    workerUrl,
    workers: 1,
    otherwise: 'nothing',
    host: 'test',
    now: () => clockMs,
  });
  const address = `127.0.0.1:${host.port}`;
  const plain = [`host: ${address}`, 'connection: close'];
  const post: ServedHost['post'] = (path, body, headers) => {
    const own = ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
    return sendRaw(host.port, [`POST ${path} HTTP/1.1`, ...headers, ...own], body);
  };
  const newToken = (): string => new URL(host.newLink()).hash.slice('#token='.length);
  const showToken = (token: string): Promise<RawAnswer> =>
    post('/session', JSON.stringify({ token }), [...plain, `origin: http://${address}`]);
  const admitted = await showToken(newToken());
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    host,
    folder: folder.path,
    later: (ms) => (clockMs += ms),
    cookie,
    address,
    plain,
    honest: [...plain, `cookie: ${cookie}`, `origin: http://${address}`],
    get: (path, headers = [...plain, `cookie: ${cookie}`]) => sendRaw(host.port, [`GET ${path} HTTP/1.1`, ...headers]),
    post,
    newToken,
    showToken,
    async close() {
      await host.close();
      folder.remove();
    },
  };
}

function layOut(folder: string): void {
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  for (const path of ['renderer/assets', 'data/reports/monday']) mkdirSync(join(folder, path), { recursive: true });
  write('renderer/index.html', '<title>Interlock</title>');
  write('renderer/assets/app.js', 'export {}');
  write('data/reports/monday/report 1.html', '<script>alert(1)</script>');
  write('secret.txt', 'private words');
  write('renderer-secret.txt', 'private words');
  for (const link of ['renderer/assets/link.txt', 'data/reports/link.txt']) symlinkSync(join(folder, 'secret.txt'), join(folder, link));
}
