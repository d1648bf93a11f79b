import { Worker } from 'node:worker_threads';
import { compileOptionKernel } from '../../../.config/compile-option-kernel.ts';
import { BLOCK_SUMS, type OptionKernel } from '../../../main/engine/pricing/option-block.ts';
import { scalarOptionKernel } from '../../../main/engine/pricing/option-kernel.ts';
import { instantiateOptionKernel } from '../../../main/pool/option-kernel.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { compileNativeTwin, type NativeTwin } from './native-twin.ts';
import { drawOptionCase, sumsByKernel } from './option-case.ts';

const WORK = '10,000 options × 1,000 scenarios, 5 sums';
const drawn = drawOptionCase(7, 20, 500, 1000);
/** Enough turns that some of them meet a quiet moment of a shared machine. */
const repeats = 9;

function againstScalar(name: 'strict' | 'relaxed', leastRatio: number): Benchmark {
  let kernel: OptionKernel | null = null;
  return {
    name: `${WORK}: ${name} against the scalar twin`,
    setUp: async () => {
      kernel = instantiateOptionKernel(name, await compileOptionKernel(name));
    },
    run: () => kernel !== null && sumsByKernel(kernel, drawn),
    twin: () => sumsByKernel(scalarOptionKernel, drawn),
    leastRatio,
    repeats,
  };
}

function againstNative(name: 'strict' | 'relaxed', file: 'plain-options.c' | 'quantlib-options.cpp', leastRatio: number): Benchmark {
  let kernel: OptionKernel = scalarOptionKernel;
  let native: NativeTwin | null = null;
  return {
    name: `${WORK}: ${name} against ${file === 'plain-options.c' ? 'C with libm' : "QuantLib's BlackCalculator"}`,
    setUp: async () => {
      kernel = instantiateOptionKernel(name, await compileOptionKernel(name));
      native = compileNativeTwin(file, drawn);
      if (native.obstacle === null) expectAgreement(sumsByKernel(kernel, drawn), native.run().sums);
    },
    obstacle: () => native?.obstacle ?? null,
    run: () => sumsByKernel(kernel, drawn),
    twinCpuMs: () => native?.run().cpuMs ?? NaN,
    tearDown: () => native?.remove(),
    leastRatio,
    repeats,
  };
}

/** Two programs that do not compute the same are no twins. */
function expectAgreement(own: Float64Array, other: Float64Array): void {
  for (let place = 0; place < BLOCK_SUMS; place += 1) {
    let largest = 0;
    let error = 0;
    for (let at = place; at < own.length; at += BLOCK_SUMS) {
      largest = Math.max(largest, Math.abs(other[at] ?? NaN));
      error = Math.max(error, Math.abs((own[at] ?? NaN) - (other[at] ?? NaN)));
    }
    if (!(error <= 2e-14 * largest)) throw new Error(`sum ${place} differs by ${error} of ${largest}`);
  }
}

/** The work on one thread and, with two, half of the scenarios on each; ends when all have answered. */
const threads: Worker[] = [];
const half = drawOptionCase(7, 20, 500, 500);

async function startThreads(): Promise<void> {
  const bytes = await compileOptionKernel('relaxed');
  for (let i = 0; i < 2; i += 1) threads.push(new Worker(new URL('./option-thread.ts', import.meta.url), { workerData: { bytes, half } }));
  await Promise.all(threads.map((thread) => answer(thread, 1)));
}

function answer(thread: Worker, halves: number): Promise<void> {
  return new Promise((resolve) => {
    thread.once('message', () => resolve());
    thread.postMessage(halves);
  });
}

/** What the workstation's benchmark command measures. */
export const benchmarks: readonly Benchmark[] = [
  againstScalar('strict', 1.5),
  againstScalar('relaxed', 1.5),
  againstNative('strict', 'plain-options.c', 5),
  againstNative('relaxed', 'plain-options.c', 6),
  againstNative('strict', 'quantlib-options.cpp', 18),
  againstNative('relaxed', 'quantlib-options.cpp', 18),
  {
    name: `${WORK}: relaxed on one thread (elapsed, to compare with two)`,
    setUp: startThreads,
    run: async () => {
      const [first] = threads;
      if (first !== undefined) await answer(first, 2);
    },
    tearDown: () => threads.forEach((thread) => void thread.terminate()),
    repeats: 15,
  },
  {
    name: `${WORK}: relaxed on two threads (elapsed)`,
    setUp: startThreads,
    run: () => Promise.all(threads.map((thread) => answer(thread, 1))),
    tearDown: () => threads.forEach((thread) => void thread.terminate()),
    repeats: 15,
  },
];
