import type { Transport } from '../../main/contract/client.ts';
import type { AppEvent } from '../../main/contract/events.ts';
import type { Result } from '../../main/domain/failure.ts';
import type { DesktopHost } from './desktop-host.ts';

/** Calls through the desktop bridge; structured clone keeps infinities and typed arrays as they are. */
export function desktopTransport(host: DesktopHost): Transport {
  return {
    call: async (name, payload) => (await host.call(name, payload)) as Result<unknown>,
    on: (listener) => host.on((event) => listener(event as AppEvent)),
  };
}
