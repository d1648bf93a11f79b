import type { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../domain/failure.ts';
import { contract, type CallContext, type ProcedureName, type Services } from './contract.ts';
import type { AppEvent } from './events.ts';
import type { RunTable } from './run-table.ts';

/** What a call needs besides its name and input; made once per runtime, except the caller's own signal. */
export type DispatchContext = {
  readonly services: Services;
  readonly runs: RunTable;
  readonly announce: (event: AppEvent) => void;
  /** Told the cause of every bug that dispatch turns into an 'internal' failure. */
  readonly log: (name: string, cause: unknown) => void;
  /** An id for a run whose caller gave none. */
  readonly newRunId: () => string;
  /** Fires when the caller itself goes away (Ctrl C on the command line). */
  readonly signal?: AbortSignal;
};

type AnyService = (input: unknown, context: CallContext) => Promise<Result<unknown>>;

/**
 * The only caller of services. Parses the input, calls, checks that the answer is what the contract promises, and turns a
 * thrown bug into an 'internal' failure. Never throws.
 */
export async function dispatch(context: DispatchContext, name: string, input: unknown): Promise<Result<unknown>> {
  if (!isProcedureName(name))
    return fail('usage', `there is no procedure named ${quote(name)}`, { remedy: `There are: ${Object.keys(contract).join(', ')}.` });
  const procedure = contract[name];
  try {
    const parsed = parse(procedure.input, input ?? {}, `${name}: `);
    if (!parsed.ok) return parsed;
    const answer = await (procedure.kind === 'job' ? runJob(context, name, parsed.value) : runPlain(context, name, parsed.value));
    return answer.ok ? checkAnswer(context, name, answer.value) : answer;
  } catch (cause) {
    return internal(context, name, cause);
  }
}

function isProcedureName(name: string): name is ProcedureName {
  return Object.hasOwn(contract, name);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}

async function runPlain(context: DispatchContext, name: ProcedureName, input: unknown): Promise<Result<unknown>> {
  const signal = context.signal ?? context.runs.neverFires();
  return serviceOf(context, name)(input, { signal, progress: () => undefined, runId: context.newRunId() });
}

async function runJob(context: DispatchContext, name: ProcedureName, input: unknown): Promise<Result<unknown>> {
  const runId = (input as { readonly runId?: string }).runId ?? context.newRunId();
  const topic = name.slice(0, name.indexOf('.'));
  const started = context.runs.start(runId, context.signal);
  if (!started.ok) return started;
  const progress: CallContext['progress'] = (phase, done, total) =>
    context.announce({ type: 'run.progress', runId, topic, phase, done, total });
  let answer: Result<unknown>;
  try {
    answer = await serviceOf(context, name)(input, { signal: started.value, progress, runId });
  } catch (cause) {
    answer = internal(context, name, cause);
  } finally {
    context.runs.finish(runId);
  }
  context.announce({ type: 'run.finished', runId, topic, ...outcome(answer) });
  return answer;
}

function serviceOf(context: DispatchContext, name: ProcedureName): AnyService {
  return context.services[name] as AnyService;
}

function outcome(answer: Result<unknown>): { status: 'finished' | 'failed' | 'cancelled'; failure: Failure | null } {
  if (answer.ok) return { status: 'finished', failure: null };
  return { status: answer.failure.reason === 'cancelled' ? 'cancelled' : 'failed', failure: answer.failure };
}

function checkAnswer(context: DispatchContext, name: ProcedureName, value: unknown): Result<unknown> {
  const parsed = parse(contract[name].output, value, 'its answer is not what the contract promises: ');
  return parsed.ok ? parsed : internal(context, name, new Error(parsed.failure.message));
}

function parse(schema: z.ZodType, value: unknown, prefix: string): Result<unknown> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  const more = parsed.error.issues.length > 1 ? ` (and ${parsed.error.issues.length - 1} more)` : '';
  const path = issue === undefined ? '' : issue.path.map(String).join('.');
  const place = path === '' ? '' : `${path}: `;
  return fail(
    'usage',
    `${prefix}${place}${issue?.message ?? 'not the expected shape'}${more}`,
    path === '' ? {} : { where: { column: path } },
  );
}

function internal(context: DispatchContext, name: string, cause: unknown): Result<never> {
  context.log(name, cause);
  const what = cause instanceof Error ? cause.message : String(cause);
  return fail('internal', `${name} stopped on a fault of the program: ${what}`, { remedy: 'The cause is in the log; please report it.' });
}
