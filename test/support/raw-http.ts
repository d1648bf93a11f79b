import { connect } from 'node:net';

/** An answer as it came over the line. */
export type RawAnswer = { readonly status: number; readonly headers: ReadonlyMap<string, string>; readonly body: string };

/** Sends exactly these lines to a port of this machine and reads until the other side closes; status 0 when it says nothing. */
export async function sendRaw(port: number, lines: readonly string[], body = ''): Promise<RawAnswer> {
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => (received += String(part)));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    socket.write([...lines, '', body].join('\r\n'), 'latin1');
    // An upgraded or kept-alive line stays open; what has come by then is the answer.
    socket.setTimeout(1500, () => socket.destroy());
  });
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...headerLines] = head.split('\r\n');
  const headers = headerLines.map(
    (line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const,
  );
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers: new Map(headers), body: rest.join('\r\n\r\n') };
}
