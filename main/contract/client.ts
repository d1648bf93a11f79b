import type { Result } from '../domain/failure.ts';
import type { InputOf, OutputOf, ProcedureName } from './contract.ts';
import type { AppEvent } from './events.ts';

/**
 * What carries calls to a host and events back. Electron: `window.host`. Browser host: `POST /call/<name>` with the input as wire
 * JSON (codec.ts) answered by the Result as wire JSON, and a WebSocket at `/events` whose text frames are events as wire JSON.
 */
export type Transport = {
  readonly call: (name: string, payload: unknown) => Promise<Result<unknown>>;
  /** Listens to events; the returned function stops listening. */
  readonly on: (listener: (event: AppEvent) => void) => () => void;
};

/** Every procedure of the contract with its types, over whatever transport there is. */
export type Client = {
  readonly call: <Name extends ProcedureName>(name: Name, input: InputOf<Name>) => Promise<Result<OutputOf<Name>>>;
  readonly on: Transport['on'];
};

/** Types a transport by the contract. The host has checked the answer against the contract's output schema. */
export function createClient(transport: Transport): Client {
  return {
    call: async <Name extends ProcedureName>(name: Name, input: InputOf<Name>) =>
      (await transport.call(name, input)) as Result<OutputOf<Name>>,
    on: transport.on,
  };
}
