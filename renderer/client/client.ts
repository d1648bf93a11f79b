import { createClient, type Client } from '../../main/contract/client.ts';
import type { InputOf, OutputOf, ProcedureName } from '../../main/contract/contract.ts';
import type { Failure, Result } from '../../main/domain/failure.ts';
import { browserTransport } from './browser-transport.ts';
import { desktopTransport } from './desktop-transport.ts';
import { useRuns } from './run-progress.ts';

let client: Client | null = null;

/** The way to the host: the desktop bridge where there is one, else the browser host that served this page. */
export function openClient(): Client {
  client ??= createClient(window.host === undefined ? browserTransport(window.location) : desktopTransport(window.host));
  return client;
}

/** Calls a procedure. Never throws: trouble on the way is a failure too. */
export async function call<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
  try {
    return await openClient().call(name, input);
  } catch (error) {
    return { ok: false, failure: unreachable(name, error) };
  }
}

/** Jobs that run beside the main one of their topic: its progress and its Cancel are not theirs. */
const asides: ReadonlySet<ProcedureName> = new Set(['hedge.alternatives', 'hedge.refresh', 'blotter.stagePlan']);

/** Topic of a procedure: what stands before the dot; a job that runs beside that topic's main one has its own. */
export function topicOf(name: ProcedureName): string {
  return asides.has(name) ? name : name.slice(0, name.indexOf('.'));
}

/** Calls a job under a run id, so that its progress is shown and it can be cancelled. */
export async function callJob<Name extends ProcedureName>(
  name: Name,
  input: InputOf<Name> & { readonly runId: string },
): Promise<Result<OutputOf<Name>>> {
  const { begin, end } = useRuns.getState();
  begin(input.runId, topicOf(name));
  const result = await call(name, input);
  end(input.runId);
  return result;
}

/** Stops a run; what it had done so far is thrown away. */
export function cancelRun(runId: string): void {
  void call('run.cancel', { runId });
}

/** Calls a job whose answer takes the place of the former one: a former run of the same topic is stopped. */
export function callLatestJob<Name extends ProcedureName>(
  name: Name,
  input: Omit<InputOf<Name>, 'runId'>,
): Promise<Result<OutputOf<Name>>> {
  const { own, runs } = useRuns.getState();
  const former = own.get(topicOf(name));
  if (former !== undefined && runs.has(former)) cancelRun(former);
  return callJob(name, { ...input, runId: newRunId(topicOf(name)) } as InputOf<Name> & { readonly runId: string });
}

/** A run id that no other window uses. */
export function newRunId(topic: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${topic}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function unreachable(name: string, error: unknown): Failure {
  return {
    reason: 'internal',
    message: `${name} was not answered: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'Check that Interlock is still running, then try again.',
  };
}
