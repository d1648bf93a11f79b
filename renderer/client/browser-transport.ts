import type { Transport } from '../../main/contract/client.ts';
import { decode, encode } from '../../main/contract/codec.ts';
import type { AppEvent } from '../../main/contract/events.ts';
import type { Result } from '../../main/domain/failure.ts';

/** First wait before the event line is opened again, ms; doubled up to half a minute. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Calls over HTTP to the host that served this page, events over a WebSocket to the same place; the session's cookie goes with both. */
export function browserTransport(location: Location): Transport {
  const listeners = new Set<(event: AppEvent) => void>();
  listenForEver(location, listeners);
  return {
    call: async (name, payload) => {
      const response = await fetch(`/call/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: encode(payload),
      });
      return decode(await response.text()) as Result<unknown>;
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function listenForEver(location: Location, listeners: ReadonlySet<(event: AppEvent) => void>, retryMs = FIRST_RETRY_MS): void {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/events`);
  let isOpened = false;
  socket.addEventListener('open', () => {
    isOpened = true;
  });
  socket.addEventListener('message', (message) => {
    const event = decode(String(message.data)) as AppEvent;
    for (const listener of listeners) listener(event);
  });
  socket.addEventListener('close', () => {
    const waitMs = isOpened ? FIRST_RETRY_MS : Math.min(retryMs * 2, LONGEST_RETRY_MS);
    setTimeout(() => listenForEver(location, listeners, waitMs), waitMs);
  });
}
