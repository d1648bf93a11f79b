/** What the preload script of the desktop host puts on the window. */
export type DesktopHost = {
  readonly call: (name: string, payload: unknown) => Promise<unknown>;
  readonly on: (listener: (event: unknown) => void) => () => void;
};

declare global {
  interface Window {
    readonly host?: DesktopHost;
  }
}
