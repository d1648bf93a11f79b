import { parseArgs } from 'node:util';
import { dataFolder, rendererFolder, workerUrl } from '../folders.ts';
import { startBrowserHost } from './server.ts';

const { values } = parseArgs({ options: { book: { type: 'string' }, port: { type: 'string', default: '0' }, data: { type: 'string' } } });
const host = await startBrowserHost({
  port: Number(values.port),
  dataFolder: values.data ?? dataFolder(),
  rendererFolder,
  workerUrl,
  otherwise: 'lastOrDemo',
  startsAhead: true,
  ...(values.book === undefined ? {} : { bookPath: values.book }),
});
const printLink = (): boolean =>
  process.stdout.write(`Interlock is at ${host.newLink()}\n(the link works once; press Enter for another, Ctrl C to stop)\n`);
printLink();
const first = await host.runtime.ready;
if (!first.ok) process.stderr.write(`${first.failure.message}\n`);
if (process.stdin.isTTY) process.stdin.on('data', printLink);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void host.close().then(() => process.exit(0)));
