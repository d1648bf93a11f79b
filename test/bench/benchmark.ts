/**
 * One thing measured against its slow obvious twin in the same run, so that the figure is a ratio and not a property of the
 * machine. A file ending in `.bench.ts` under test/ exports `benchmarks: Benchmark[]`. Each is measured in a process of its own.
 */
export type Benchmark = {
  /** A claim or a quantity: 'requirements of 10,000 positions after one tick'. */
  readonly name: string;
  /** Does the work once, at once or as a promise; what it returns is kept alive so that the work is not optimised away. */
  readonly run: () => unknown;
  /** The same work done plainly; left out where only the absolute figures are of interest. */
  readonly twin?: () => unknown;
  /** The same work by another program, which measures itself: CPU milliseconds of one run. Takes the place of `twin`. */
  readonly twinCpuMs?: () => number;
  /** Why it cannot be measured on this machine, after `setUp`; null where it can. */
  readonly obstacle?: () => string | null;
  /** Called once before the first measurement, outside the clock; what it opens, `tearDown` closes. */
  readonly setUp?: () => void | Promise<void>;
  readonly tearDown?: () => void | Promise<void>;
  /** CPU milliseconds that one run may take, user and system together, all threads. */
  readonly limitCpuMs?: number;
  /** Milliseconds on the clock that one run may take, for work that waits on another process. */
  readonly limitElapsedMs?: number;
  /** Least acceptable twin / run ratio of CPU time. */
  readonly leastRatio?: number;
  /** Most memory the process may gain at its peak during the runs, MiB of resident set. */
  readonly limitMemoryMiB?: number;
  /** Repetitions; the least is reported. Default 5. */
  readonly repeats?: number;
};

/** What was measured of one benchmark: least CPU and elapsed time of its repetitions, ms, and the peak growth of memory, MiB. */
export type Measurement = {
  /** Why nothing was measured, else null. */
  readonly obstacle: string | null;
  readonly cpuMs: number;
  readonly elapsedMs: number;
  readonly peakMemoryMiB: number;
  readonly twinCpuMs: number | null;
  /** Twin / run, CPU time; null without a twin. */
  readonly ratio: number | null;
};
