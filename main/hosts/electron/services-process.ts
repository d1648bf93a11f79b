import { dataFolder, workerUrl } from '../folders.ts';
import { startRuntime } from '../runtime.ts';
import type { FromServices, ToServices } from './services-message.ts';

// Runs in Electron's utility process, so that neither SQLite nor a native fault can freeze or take down the window.
const port = process.parentPort;
const bookPath = process.argv.find((argument) => argument.startsWith('--book='))?.slice('--book='.length);
const send = (message: FromServices): void => port.postMessage(message);
const runtime = startRuntime({
  host: 'electron',
  dataFolder: dataFolder(),
  workerUrl,
  otherwise: 'lastOrDemo',
  startsAhead: true,
  emit: (event) => send({ kind: 'event', event }),
  ...(bookPath === undefined ? {} : { bookPath }),
});

port.on('message', ({ data }: { data: ToServices }) => {
  if (data.kind === 'stop') void runtime.stop().then(() => process.exit(0));
  else
    void runtime
      .dispatch(data.name, data.input)
      .then((answer) => send({ kind: 'answer', id: data.id, answer: unshare(answer) as typeof answer }));
});

/** A copy without shared memory, which must not leave the process. */
function unshare(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer) return (value as Float64Array).slice();
  if (Array.isArray(value)) return value.map(unshare);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unshare(item)]));
}
