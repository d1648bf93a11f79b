import { app, BrowserWindow, ipcMain, Menu, session, type IpcMainInvokeEvent } from 'electron';
import type { AppEvent } from '../../contract/events.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../contract/channels.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { confineContents, confineSession, isOurs } from './confinement.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { PAGE_URL } from './page-address.ts';
import { linkServices, type ServicesLink } from './services-link.ts';

/** Paths of the built parts and what the command line asked for. */
export type DesktopOptions = {
  readonly preloadPath: string;
  readonly servicesPath: string;
  readonly rendererFolder: string;
  readonly servicesArguments: readonly string[];
};

/** Starts the desktop host; does nothing but show the first window when another instance holds the lock. */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerPageScheme();
  confineContents(app);
  await app.whenReady();
  confineSession(session.defaultSession);
  servePage(options.rendererFolder);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  const services = linkServices({ modulePath: options.servicesPath, arguments: options.servicesArguments, emit: announce });
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => answerCall(services, event, { name, input }));
  openWindow(options);
  app.on('second-instance', showFirstWindow);
  app.on('activate', () => (BrowserWindow.getAllWindows().length === 0 ? openWindow(options) : undefined));
  app.on('window-all-closed', () => (process.platform === 'darwin' ? undefined : app.quit()));
  app.on('will-quit', stopOnce(services));
}

/** Answers a call of the page's own top frame; every other sender is refused. */
async function answerCall(
  services: ServicesLink,
  event: IpcMainInvokeEvent,
  { name, input }: { readonly name: unknown; readonly input: unknown },
): Promise<Result<unknown>> {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !isOurs(frame.url)) return fail('refused', 'only the workstation page may call');
  if (typeof name !== 'string') return fail('usage', 'the name of the procedure must be a string');
  return services.call(name, input);
}

function openWindow(options: DesktopOptions): void {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    title: 'Interlock',
    show: false,
    webPreferences: {
      preload: options.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE_URL);
}

function showFirstWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

function announce(event: AppEvent): void {
  for (const window of BrowserWindow.getAllWindows()) if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event);
}

/** Holds quitting back until the book is closed, once. */
function stopOnce(services: ServicesLink): (event: { preventDefault: () => void }) => void {
  let isStopped = false;
  return (event) => {
    if (isStopped) return;
    event.preventDefault();
    isStopped = true;
    void services.stop().then(() => app.quit());
  };
}
