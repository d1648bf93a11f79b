import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Stands in for Electron in tests: what crosses a process is really cloned, shared memory and functions are refused as Electron
 * refuses them, and the services process is a real process. It proves our wiring, not Electron.
 */
export type FakeFrame = { readonly url: string; readonly parent: FakeFrame | null };
type Handler = (event: { senderFrame: FakeFrame | null }, ...values: unknown[]) => unknown;

const handlers = new Map<string, Handler>();
const exposed = new Map<string, unknown>();
const pageSide = new EventEmitter();
const windows: FakeWindow[] = [];
const protocols = new Map<string, (request: Request) => Promise<Response>>();

/** What a test may look at and do from outside the program. */
export const outside = {
  windows,
  protocols,
  privileged: [] as unknown[],
  isLockFree: true,
  quits: 0,
  sandboxed: false,
  /** What the page finds on `window`. */
  world: (name: string): unknown => exposed.get(name),
  /** Sends a call as if from the given frame. */
  invokeAs: async (frame: FakeFrame | null, channel: string, ...values: unknown[]): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return cross(await handler({ senderFrame: frame }, ...values.map(cross)));
  },
  channels: (): string[] => [...handlers.keys()],
};

function cross(value: unknown): unknown {
  refuseShared(value);
  return structuredClone(value);
}

function refuseShared(value: unknown): void {
  if (value instanceof SharedArrayBuffer || (ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer)) {
    throw new DOMException('a SharedArrayBuffer could not be cloned', 'DataCloneError');
  }
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) Object.values(value).forEach(refuseShared);
}

class FakeContents extends EventEmitter {
  mainFrame: FakeFrame = { url: 'about:blank', parent: null };
  openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: FakeContents['openWindow']): void {
    this.openWindow = handler;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  send(channel: string, value: unknown): void {
    pageSide.emit(channel, {}, cross(value));
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> };
  isShown = false;
  focuses = 0;

  constructor(options: FakeWindow['options']) {
    super();
    this.options = options;
    windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): readonly FakeWindow[] {
    return windows;
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = { url, parent: null };
    this.emit('ready-to-show');
  }

  show(): void {
    this.isShown = true;
  }

  focus(): void {
    this.focuses += 1;
  }

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return false;
  }
}

class FakeApp extends EventEmitter {
  readonly isPackaged = false;

  requestSingleInstanceLock(): boolean {
    return outside.isLockFree;
  }

  enableSandbox(): void {
    outside.sandboxed = true;
  }

  async whenReady(): Promise<void> {
    return Promise.resolve();
  }

  quit(): void {
    outside.quits += 1;
    const event = { isPrevented: false, preventDefault: () => (event.isPrevented = true) };
    this.emit('will-quit', event);
    if (!event.isPrevented) this.emit('quit');
  }
}

class FakeSession extends EventEmitter {
  requestHandler: (contents: { getURL: () => string }, permission: string, decide: (isGranted: boolean) => void) => void = (
    _c,
    _p,
    decide,
  ) => decide(true);
  checkHandler: (contents: unknown, permission: string, origin: string) => boolean = () => true;
  deviceHandler: () => boolean = () => true;

  setPermissionRequestHandler(handler: FakeSession['requestHandler']): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: FakeSession['checkHandler']): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(handler: FakeSession['deviceHandler']): void {
    this.deviceHandler = handler;
  }
}

/** A services process: a real Node process with Electron's `process.parentPort` put in. */
class FakeUtilityProcess extends EventEmitter {
  readonly child: ChildProcess;

  constructor(modulePath: string, values: readonly string[]) {
    super();
    const portShim = fileURLToPath(new URL('./parent-port-shim.ts', import.meta.url));
    this.child = fork(modulePath, [...values], {
      serialization: 'advanced',
      execArgv: ['--import', portShim],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('exit', (code) => this.emit('exit', code ?? -1));
  }

  postMessage(message: unknown): void {
    refuseShared(message);
    this.child.send(message as object);
  }
}

export const app = new FakeApp();
export const session = { defaultSession: new FakeSession() };
export const BrowserWindow = FakeWindow;
export const Menu = { setApplicationMenu: (): void => undefined };
export const ipcMain = { handle: (channel: string, handler: Handler): void => void handlers.set(channel, handler) };
export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]): void => void outside.privileged.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => void protocols.set(scheme, handler),
};
export const processes: FakeUtilityProcess[] = [];
export const utilityProcess = {
  fork: (modulePath: string, values: readonly string[]): FakeUtilityProcess => {
    const started = new FakeUtilityProcess(modulePath, values);
    processes.push(started);
    return started;
  },
};
export const contextBridge = { exposeInMainWorld: (name: string, value: unknown): void => void exposed.set(name, value) };
export const ipcRenderer = {
  invoke: (channel: string, ...values: unknown[]): Promise<unknown> => {
    const frame = windows[0]?.webContents.mainFrame ?? null;
    return outside.invokeAs(frame, channel, ...values);
  },
  on: (channel: string, listener: (...values: unknown[]) => void): void => void pageSide.on(channel, listener),
  removeListener: (channel: string, listener: (...values: unknown[]) => void): void => void pageSide.removeListener(channel, listener),
};
