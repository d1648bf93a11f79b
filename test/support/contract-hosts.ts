import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { decode, encode, plainJson } from '../../main/contract/codec.ts';
import type { AppEvent } from '../../main/contract/events.ts';
import type { Failure, Result } from '../../main/domain/failure.ts';
import { startBrowserHost } from '../../main/hosts/browser/server.ts';
import { runCommandLine } from '../../main/hosts/cli/program.ts';
import { startDesktop } from '../../main/hosts/electron/desktop.ts';
import { workerUrl } from '../../main/hosts/folders.ts';
import { startRuntime } from '../../main/hosts/runtime.ts';
import { app, outside } from './electron-fake.ts';

/** One way to the workstation, as the conformance cases see it. */
export type HostUnderTest = {
  readonly name: string;
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>;
  /** Events heard so far; null where the way carries none (a command ends with its answer). */
  readonly heard: AppEvent[] | null;
  /** Whether non-finite numbers and typed arrays come through exactly; the command line prints plain JSON for people. */
  readonly isExact: boolean;
  readonly close: () => Promise<void>;
};

const shared = { workerUrl, workers: 1, otherwise: 'lastOrDemo' } as const;

/** The services without a host. */
export async function openDirect(folder: string): Promise<HostUnderTest> {
  const heard: AppEvent[] = [];
  const runtime = startRuntime({ ...shared, host: 'test', dataFolder: join(folder, 'direct'), emit: (event) => heard.push(event) });
  await runtime.ready;
  return { name: 'direct', call: (name, input) => runtime.dispatch(name, input), heard, isExact: true, close: runtime.stop };
}

/** HTTP and WebSocket, as the page uses them. */
export async function openBrowserHost(folder: string): Promise<HostUnderTest> {
  const host = await startBrowserHost({ ...shared, port: 0, dataFolder: join(folder, 'browser'), rendererFolder: join(folder, 'none') });
  const origin = `http://127.0.0.1:${host.port}`;
  const token = new URL(host.newLink()).hash.slice('#token='.length);
  const headers = { origin, 'content-type': 'application/json' };
  const admitted = await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
  const heard: AppEvent[] = [];
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/events`, { headers: { cookie, origin } });
  socket.on('message', (data: Buffer) => heard.push(decode(data.toString()) as AppEvent));
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    name: 'browser host',
    call: async (name, input) => {
      const answer = await fetch(`${origin}/call/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { ...headers, cookie },
        body: encode(input),
      });
      return decode(await answer.text()) as Result<unknown>;
    },
    heard,
    isExact: true,
    close: host.close,
  };
}

type PageHost = {
  call: (name: string, input: unknown) => Promise<Result<unknown>>;
  on: (listener: (event: AppEvent) => void) => () => void;
};

/** Main process, preload and services process against the Electron stand-in. */
export async function openDesktop(folder: string): Promise<HostUnderTest> {
  process.env['INTERLOCK_DATA'] = join(folder, 'desktop');
  await import('../../preload/host-bridge.ts');
  const servicesPath = fileURLToPath(new URL('../../main/hosts/electron/services-process.ts', import.meta.url));
  await startDesktop({ preloadPath: '', servicesPath, rendererFolder: join(folder, 'none'), servicesArguments: [] });
  const page = outside.world('host') as PageHost;
  const heard: AppEvent[] = [];
  page.on((event) => heard.push(event));
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => app.once('quit', resolve));
    app.quit();
    await closed;
  };
  return { name: 'desktop', call: page.call, heard, isExact: true, close };
}

/** `interlock call`, a fresh workstation per command; the last book is remembered between them. */
export async function openCommandLine(folder: string): Promise<HostUnderTest> {
  const call = async (name: string, input: unknown): Promise<Result<unknown>> => {
    const former = process.env['INTERLOCK_DATA'];
    process.env['INTERLOCK_DATA'] = join(folder, 'command-line');
    let written = '';
    const terminal = {
      write: (text: string) => void (written += text),
      warn: () => undefined,
      isInteractive: false,
      readInput: async () => plainJson(input),
    };
    const code = await runCommandLine(['call', name, '-', '--json', '--workers', '1'], terminal);
    process.env['INTERLOCK_DATA'] = former;
    const value: unknown = JSON.parse(written);
    return code === 0 ? { ok: true, value } : { ok: false, failure: (value as { failure: Failure }).failure };
  };
  return { name: 'command line', call, heard: null, isExact: false, close: async () => undefined };
}
