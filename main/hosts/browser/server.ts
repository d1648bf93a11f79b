import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fastify } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { encode } from '../../contract/codec.ts';
import type { AppEvent } from '../../contract/events.ts';
import { reportsFolder } from '../folders.ts';
import { SECURITY_HEADERS } from '../page-policy.ts';
import { startRuntime, type Runtime, type RuntimeOptions } from '../runtime.ts';
import { createAdmissionDesk } from './admission.ts';
import { isAddressedHere, sessionOf } from './request-guard.ts';
import { addRoutes, refuse } from './routes.ts';

const MIB = 1024 * 1024;
/** Holds the largest file that may be chosen in the page (90 million characters of base64) with room for its envelope. */
const BODY_LIMIT = 96 * MIB;
const EVENT_BACKLOG_LIMIT = 8 * MIB;

/** How the host is started. */
export type BrowserHostOptions = Omit<RuntimeOptions, 'emit' | 'host'> & {
  readonly host?: RuntimeOptions['host'];
  /** 0 = any free port. */
  readonly port: number;
  readonly rendererFolder: string;
  /** Clock of the admission desk, ms. */
  readonly now?: () => number;
};

/** The workstation served on 127.0.0.1. */
export type BrowserHost = {
  readonly port: number;
  readonly runtime: Runtime;
  /** A fresh one-time link; the former one stops working. */
  readonly newLink: () => string;
  readonly close: () => Promise<void>;
};

/**
 * Serves the workstation on the loopback address only. A request is looked at in this order: was it addressed to this host by its
 * own page, does it belong to a session, what does it ask for.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const desk = createAdmissionDesk(options.now ?? (() => performance.now()));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MIB, perMessageDeflate: false });
  const runtime = startRuntime({ ...options, host: options.host ?? 'browser', emit: (event) => broadcast(sockets, event) });
  let port = 0;
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) => void refuse(reply.headers(SECURITY_HEADERS), 404, 'There is nothing here.'),
    serverFactory: (handler) => guardedServer((request) => isAddressedHere(request, port), handler),
  });
  addRoutes(server, {
    desk,
    dispatch: runtime.dispatch,
    port: () => port,
    rendererFolder: options.rendererFolder,
    reportsFolder: reportsFolder(options.dataFolder),
  });
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isAddressedHere(request, port)) return refuseUpgrade(socket, '403 Forbidden');
    if (!desk.isAdmitted(sessionOf(request, port))) return refuseUpgrade(socket, '401 Unauthorized');
    if (request.url !== '/events') return refuseUpgrade(socket, '404 Not Found');
    sockets.handleUpgrade(request, socket, head, (opened) => opened.on('error', () => opened.terminate()));
  });
  await server.listen({ host: '127.0.0.1', port: options.port });
  port = (server.server.address() as AddressInfo).port;
  return {
    port,
    runtime,
    newLink: () => `http://127.0.0.1:${port}/start#token=${desk.issueToken()}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.server.closeAllConnections();
      await server.close();
      await runtime.stop();
    },
  };
}

/** A server that answers 403 to what was not addressed to it, before any routing. Slow and endless requests are cut off. */
function guardedServer(isWelcome: (request: IncomingMessage) => boolean, handler: (...call: never[]) => unknown): Server {
  const limits = {
    requireHostHeader: false,
    headersTimeout: 10_000,
    requestTimeout: 120_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16 * 1024,
  };
  const handle = handler as (request: IncomingMessage, response: unknown) => void;
  return createServer(limits, (request, response) => {
    if (isWelcome(request)) return handle(request, response);
    response.writeHead(403, { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end('This request was not addressed to this workstation by its own page.\n');
  });
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function broadcast(sockets: WebSocketServer, event: AppEvent): void {
  const text = encode(event);
  for (const socket of sockets.clients) sendOrDrop(socket, text);
}

/** A page that no longer reads is let go; it opens a new line when it wakes. */
function sendOrDrop(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > EVENT_BACKLOG_LIMIT) socket.terminate();
  else socket.send(text);
}
