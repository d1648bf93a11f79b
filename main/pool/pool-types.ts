import type { Result } from '../domain/failure.ts';
import type { JobInput, JobName, JobOutput } from './jobs.ts';

/** Values every worker holds by name, e.g. packed books in shared buffers. */
export type SharedValues = ReadonlyMap<string, unknown>;

/** A piece of work: a pure function of its input and of shared values named in the input. May be asynchronous. */
export type Job<Input, Output> = (input: Input, shared: SharedValues) => Output | Promise<Output>;

/** Several inputs of one job; their outputs come back in the same order whatever the number of workers. */
export type PoolRequest<Name extends JobName> = { readonly name: Name; readonly inputs: readonly JobInput<Name>[] };

/** Worker threads behind one door. Never throws: a job that fails, a worker that dies and a cancel are `Result`s. */
export type Pool = {
  readonly workers: number;
  /** Makes a value known to every worker under an id, once; a second call with the same id does nothing. The oldest of many are dropped. */
  readonly share: (id: string, value: unknown) => void;
  /** Runs all inputs; cancelling means not starting the next one. `onProgress` hears how many inputs are done. */
  readonly run: <Name extends JobName>(
    request: PoolRequest<Name>,
    signal: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ) => Promise<Result<readonly JobOutput<Name>[]>>;
  readonly close: () => Promise<void>;
};
