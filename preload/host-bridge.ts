import { contextBridge, ipcRenderer } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../main/contract/channels.ts';

/** All that the page gets: it can call by name and hear events. No Electron object crosses over. */
contextBridge.exposeInMainWorld('host', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  on: (listener: (event: unknown) => void): (() => void) => {
    const hear = (_electronEvent: unknown, event: unknown): void => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, hear);
    return () => void ipcRenderer.removeListener(EVENT_CHANNEL, hear);
  },
});
