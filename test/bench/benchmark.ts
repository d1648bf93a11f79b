/**
 * One thing measured against its slow obvious twin in the same run, so that the figure is a ratio and not a property of the
 * machine. A file ending in `.bench.ts` under test/ exports `benchmarks: Benchmark[]`.
 */
export type Benchmark = {
  /** A claim or a quantity: 'requirements of 10,000 positions after one tick'. */
  readonly name: string;
  /** Does the work once; what it returns is kept alive so that the work is not optimised away. */
  readonly run: () => unknown;
  /** The same work done plainly; left out where only the absolute CPU time is of interest. */
  readonly twin?: () => unknown;
  /** Called once before the first measurement, outside the clock; what it opens, `tearDown` closes. */
  readonly setUp?: () => void | Promise<void>;
  readonly tearDown?: () => void | Promise<void>;
  /** CPU milliseconds that one run may take, user and system together, all threads. Reported, and a failure of the run when passed. */
  readonly limitCpuMs?: number;
  /** Least acceptable twin / run ratio of CPU time. */
  readonly leastRatio?: number;
  /** Most memory the process may gain during one run, MiB of resident set. */
  readonly limitMemoryMiB?: number;
  /** Repetitions; the least is reported. Default 5. */
  readonly repeats?: number;
};
