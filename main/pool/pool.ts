import { Worker, type ResourceLimits } from 'node:worker_threads';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { JobName } from './jobs.ts';
import type { Pool } from './pool-types.ts';
import { makeSharedRegister } from './shared-values.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export type PoolOptions = {
  /** The worker's entry: main/pool/worker.ts, or what it was built into. */
  readonly workerUrl: URL;
  /** Threads, at least 1. */
  readonly workers: number;
  /** Memory limits of each thread; a job that passes them fails, the others go on. */
  readonly resourceLimits?: ResourceLimits;
  /** Starts one thread at once, while whoever will use it still reads its book; by default the first work does. */
  readonly startsAhead?: boolean;
};

/** A request under way: inputs are started in order, outputs kept in order; settled once. */
type Request = {
  readonly name: JobName;
  readonly inputs: readonly unknown[];
  readonly outputs: unknown[];
  started: number;
  done: number;
  isSettled: boolean;
  readonly settle: (result: Result<readonly unknown[]>) => void;
  readonly onProgress: ((done: number, total: number) => void) | undefined;
};

/** A place for one thread, which is started when there is work for it, and what it is doing. */
type Seat = { worker: Worker | null; task: { readonly request: Request; readonly index: number; readonly key: number } | null };

/** Worker threads behind the `Pool` interface. Threads start with the first work; one that dies fails the request it worked for and is replaced. */
export function createPool(options: PoolOptions): Pool {
  return new WorkerPool(options);
}

class WorkerPool implements Pool {
  readonly workers: number;
  private readonly options: PoolOptions;
  private readonly register = makeSharedRegister();
  private readonly waiting: Request[] = [];
  private readonly seats: Seat[] = [];
  private nextKey = 0;
  private isClosed = false;

  constructor(options: PoolOptions) {
    this.options = options;
    this.workers = Math.max(1, options.workers);
    for (let i = 0; i < this.workers; i += 1) this.seats.push({ worker: null, task: null });
    const [first] = this.seats;
    if (options.startsAhead === true && first !== undefined) this.hire(first).unref();
  }

  readonly share = (id: string, value: unknown): void => {
    const { isNew, dropped } = this.register.add(id, value);
    for (const seat of this.seats) {
      if (isNew) send(seat, { kind: 'share', id, value });
      for (const old of dropped) send(seat, { kind: 'drop', id: old });
    }
  };

  readonly run: Pool['run'] = ({ name, inputs }, signal, onProgress) =>
    new Promise((resolve) => {
      if (this.isClosed) {
        resolve(fail('cancelled', `${name} was not started: the workers are closed`));
        return;
      }
      if (signal.aborted) {
        resolve(fail('cancelled', `${name} was cancelled before it started`));
        return;
      }
      if (inputs.length === 0) {
        resolve(succeed([]));
        return;
      }
      const cancel = (): void =>
        this.settle(request, fail('cancelled', `${name} was cancelled after ${request.done} of ${inputs.length} parts`));
      const request: Request = {
        name,
        inputs,
        outputs: [],
        started: 0,
        done: 0,
        isSettled: false,
        onProgress,
        settle: (result) => {
          signal.removeEventListener('abort', cancel);
          resolve(result as never);
        },
      };
      signal.addEventListener('abort', cancel, { once: true });
      this.waiting.push(request);
      this.work();
    });

  readonly close = async (): Promise<void> => {
    this.isClosed = true;
    const running = new Set([...this.waiting, ...this.seats.flatMap((seat) => (seat.task === null ? [] : [seat.task.request]))]);
    for (const request of running) this.settle(request, fail('cancelled', `${request.name} was cancelled: the workers are closing`));
    await Promise.all(this.seats.map(async (seat) => seat.worker?.terminate()));
  };

  /** Starts a seat's thread and hands it every shared value. */
  private hire(seat: Seat): Worker {
    const { workerUrl, resourceLimits } = this.options;
    const worker = new Worker(workerUrl, resourceLimits === undefined ? {} : { resourceLimits });
    seat.worker = worker;
    let cause: string | null = null;
    worker.on('message', (message: FromWorker) => {
      this.finish(seat, message);
      this.work();
    });
    worker.on('error', (error: Error) => {
      cause = error.message;
    });
    worker.on('exit', (code) => {
      if (this.isClosed || seat.worker !== worker) return;
      seat.worker = null;
      this.fallOut(seat, cause ?? `exit code ${code}`);
    });
    for (const [id, value] of this.register.values) send(seat, { kind: 'share', id, value });
    return worker;
  }

  /** A thread that ended by itself, or never started, fails what it worked for; the seat gets a new one with the next work. */
  private fallOut(seat: Seat, cause: string): void {
    const task = seat.task;
    seat.task = null;
    if (task !== null) this.settle(task.request, fail('internal', `a worker thread ended while running ${task.request.name}: ${cause}`));
    this.work();
  }

  private finish(seat: Seat, message: FromWorker): void {
    const task = seat.task;
    if (task === null || task.key !== message.key) return;
    seat.task = null;
    seat.worker?.unref();
    const { request, index } = task;
    if (request.isSettled) return;
    if (message.kind === 'failed') {
      this.settle(request, fail('internal', `${request.name} failed: ${message.message}`));
      return;
    }
    request.outputs[index] = message.output;
    request.done += 1;
    request.onProgress?.(request.done, request.inputs.length);
    if (request.done === request.inputs.length) this.settle(request, succeed(request.outputs));
  }

  private settle(request: Request, result: Result<readonly unknown[]>): void {
    if (request.isSettled) return;
    request.isSettled = true;
    const place = this.waiting.indexOf(request);
    if (place >= 0) this.waiting.splice(place, 1);
    request.settle(result);
  }

  /** Gives every idle thread the next input of the oldest request that has one left. */
  private work(): void {
    for (const seat of this.seats) {
      const request = this.waiting[0];
      if (request === undefined) return;
      if (seat.task !== null) continue;
      const index = request.started;
      request.started += 1;
      if (request.started === request.inputs.length) this.waiting.shift();
      seat.task = { request, index, key: this.nextKey };
      this.nextKey += 1;
      if (seat.worker === null) this.hire(seat);
      seat.worker?.ref();
      send(seat, { kind: 'job', key: seat.task.key, name: request.name, input: request.inputs[index] });
    }
  }
}

function send(seat: Seat, message: ToWorker): void {
  seat.worker?.postMessage(message);
}
