import type { App, Session, WebContents } from 'electron';
import { PAGE_ORIGIN } from './page-address.ts';

/** Everything else is denied, whoever asks. Writing text to the clipboard is what 'copy' does. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Denies permissions, devices and downloads that the page did not make itself. */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) =>
    decide(isOurs(contents.getURL()) && ALLOWED_PERMISSIONS.has(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isOurs(`${origin}/`) && ALLOWED_PERMISSIONS.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
}

/** No page navigates away, opens a window or embeds a webview, whichever page it is. */
export function confineContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Whether an address is the page's own; the slash keeps `app://interlock.evil` out. */
export function isOurs(url: string): boolean {
  return url.startsWith(`${PAGE_ORIGIN}/`);
}
