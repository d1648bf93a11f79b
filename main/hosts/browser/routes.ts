import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { encode, readWire } from '../../contract/codec.ts';
import { fail, type FailureReason } from '../../domain/failure.ts';
import { DOCUMENT_POLICY, SECURITY_HEADERS } from '../page-policy.ts';
import type { Runtime } from '../runtime.ts';
import { listStaticFiles, type StaticFile } from '../static-files.ts';
import type { AdmissionDesk } from './admission.ts';
import { sessionCookie, sessionOf } from './request-guard.ts';
import { START_PAGE, START_SCRIPT } from './start-page.ts';

/** What the routes need of the host. */
export type RouteNeeds = {
  readonly desk: AdmissionDesk;
  readonly dispatch: Runtime['dispatch'];
  readonly port: () => number;
  readonly rendererFolder: string;
  readonly reportsFolder: string;
};

const OPEN_ROUTES: ReadonlySet<string> = new Set(['/start', '/start.js', '/session']);
const WIRE = 'application/json; charset=utf-8';

/** Puts the routes on the server. Everything but the start page asks for a session, before anything else is looked at. */
export function addRoutes(server: FastifyInstance, needs: RouteNeeds): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(SECURITY_HEADERS);
    const isOpen = request.routeOptions.url !== undefined && OPEN_ROUTES.has(request.routeOptions.url);
    const isAdmitted = needs.desk.isAdmitted(sessionOf(request.raw, needs.port()));
    if (!isOpen && !isAdmitted) return refuse(reply, 401, 'Open the one-time link that Interlock printed in the terminal.');
    return undefined;
  });
  server.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return refuse(reply, status, status === 413 ? 'The message is too large.' : 'The message cannot be read.');
  });
  addAdmissionRoutes(server, needs);
  server.post('/call/:name', async (request, reply) => answerCall(request, reply, needs.dispatch));
  const pages = listStaticFiles(needs.rendererFolder);
  server.setNotFoundHandler(async (request, reply) => {
    if (request.method !== 'GET') return refuse(reply, 404, 'There is nothing here.');
    const path = request.raw.url?.split('?')[0] ?? '';
    const page = pages.get(path === '/' ? '/index.html' : path);
    if (page !== undefined) return sendFile(reply, page, path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store');
    if (path === '/' && pages.size === 0) return refuse(reply, 404, 'The page has not been built. Run npm run build.');
    const report = path.startsWith('/reports/') ? listStaticFiles(needs.reportsFolder, '/reports/').get(path) : undefined;
    if (report === undefined) return refuse(reply, 404, 'There is nothing here.');
    void reply.header('content-security-policy', DOCUMENT_POLICY);
    void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(basename(report.path))}`);
    return sendFile(reply, report, 'no-store');
  });
}

function addAdmissionRoutes(server: FastifyInstance, needs: RouteNeeds): void {
  server.get('/start', async (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(START_PAGE),
  );
  server.get('/start.js', async (_request, reply) => reply.header('cache-control', 'no-store').type('text/javascript').send(START_SCRIPT));
  server.post('/session', { bodyLimit: 1024 }, async (request, reply) => {
    if (needs.desk.isAdmitted(sessionOf(request.raw, needs.port()))) return reply.code(204).send();
    const admission = needs.desk.admit(tokenOf(request.body));
    if (admission.outcome === 'locked') return refuse(reply, 429, 'Too many wrong tokens; wait a minute.');
    if (admission.outcome === 'refused') return refuse(reply, 401, 'The token is wrong, used or too old.');
    return reply.header('set-cookie', sessionCookie(admission.session, needs.port())).code(204).send();
  });
}

function tokenOf(body: unknown): string {
  const read = readWire(typeof body === 'string' ? body : '');
  const value = read.ok ? read.value : null;
  return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string' ? value.token : '';
}

async function answerCall(request: FastifyRequest, reply: FastifyReply, dispatch: Runtime['dispatch']): Promise<FastifyReply> {
  const { name } = request.params as { readonly name: string };
  const input = readWire(typeof request.body === 'string' ? request.body : '');
  const gone = new AbortController();
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const answer = input.ok ? await dispatch(name, input.value, gone.signal) : input;
  return reply.header('cache-control', 'no-store').type(WIRE).send(encode(answer));
}

function sendFile(reply: FastifyReply, file: StaticFile, cacheControl: string): FastifyReply {
  const stream = createReadStream(file.path);
  return reply.header('cache-control', cacheControl).header('content-length', statSync(file.path).size).type(file.type).send(stream);
}

/** An answer that is a failure, in the wire form of every other answer. */
export function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  const reason: FailureReason = status === 404 ? 'notFound' : status === 413 || status === 400 ? 'usage' : 'refused';
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(WIRE)
    .send(encode(fail(reason, message)));
}
