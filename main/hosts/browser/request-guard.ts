import type { IncomingMessage } from 'node:http';

/**
 * Whether a request was addressed to this host by its own page. Host must be exactly `127.0.0.1:<port>` or `localhost:<port>`, so that a
 * name that resolves to this machine (DNS rebinding) is refused; a call or an upgrade must carry the matching Origin, and a plain GET
 * may carry no other. Compared as whole strings, never by prefix.
 */
export function isAddressedHere(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  if (countHeader(request, 'host') !== 1 || countHeader(request, 'origin') > 1) return false;
  const needsOrigin = request.method !== 'GET' || request.headers.upgrade !== undefined;
  return origin === undefined ? !needsOrigin : origin === `http://${host}`;
}

function countHeader(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length;
}

/** Value of the session cookie of this port; cookies are shared by all ports of a host, so its name carries the port. */
export function sessionOf(request: IncomingMessage, port: number): string | undefined {
  const name = `${cookieName(port)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length);
}

/** Header that hands out a session: not readable by scripts, never sent from another site's page. */
export function sessionCookie(session: string, port: number): string {
  return `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`;
}

function cookieName(port: number): string {
  return `interlock-${port}`;
}
