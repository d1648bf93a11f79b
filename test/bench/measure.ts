import { pathToFileURL } from 'node:url';
import type { Benchmark, Measurement } from './benchmark.ts';

/** Results are kept alive so that the work is not optimised away. */
const kept: unknown[] = [];

/** The child's part of `npm run bench`: measures one benchmark of one file and sends the figures to the parent. */
const [file = '', index = '0'] = process.argv.slice(2);
const { benchmarks } = (await import(pathToFileURL(file).href)) as { benchmarks: readonly Benchmark[] };
const benchmark = benchmarks[Number(index)];
if (benchmark !== undefined) process.send?.(await measure(benchmark));
process.exit(0);

async function measure(benchmark: Benchmark): Promise<Measurement> {
  await benchmark.setUp?.();
  try {
    const obstacle = benchmark.obstacle?.() ?? null;
    if (obstacle !== null) return { obstacle, cpuMs: NaN, elapsedMs: NaN, peakMemoryMiB: NaN, twinCpuMs: null, ratio: null };
    return benchmark.limitMemoryMiB === undefined ? await measureByTurns(benchmark) : await measureInARow(benchmark);
  } finally {
    await benchmark.tearDown?.();
  }
}

/** Own work and twin by turns, so that a busy spell of the machine meets both. */
async function measureByTurns(benchmark: Benchmark): Promise<Measurement> {
  const repeats = benchmark.repeats ?? 5;
  const before = process.resourceUsage().maxRSS;
  let own = { cpuMs: Infinity, elapsedMs: Infinity };
  let twinCpuMs: number | null = null;
  for (let turn = repeats > 1 ? 0 : 1; turn <= repeats; turn += 1) {
    const [ownNow, twinNow] = [await once(benchmark.run), await twinOnce(benchmark)];
    // The first of several warms up.
    if (turn === 0) continue;
    own = { cpuMs: Math.min(own.cpuMs, ownNow.cpuMs), elapsedMs: Math.min(own.elapsedMs, ownNow.elapsedMs) };
    if (twinNow !== null) twinCpuMs = Math.min(twinCpuMs ?? Infinity, twinNow);
  }
  const peakMemoryMiB = (process.resourceUsage().maxRSS - before) / 1024;
  return { obstacle: null, ...own, peakMemoryMiB, twinCpuMs, ratio: twinCpuMs === null ? null : twinCpuMs / own.cpuMs };
}

/** Own work first, so that the twin's memory does not count. */
async function measureInARow(benchmark: Benchmark): Promise<Measurement> {
  const { twin, twinCpuMs: _twinCpuMs, ...own } = benchmark;
  const measured = await measureByTurns(own);
  const twinCpuMs = twin === undefined ? null : (await measureByTurns({ ...own, run: twin })).cpuMs;
  return { ...measured, twinCpuMs, ratio: twinCpuMs === null ? null : twinCpuMs / measured.cpuMs };
}

async function twinOnce({ twin, twinCpuMs }: Benchmark): Promise<number | null> {
  if (twinCpuMs !== undefined) return twinCpuMs();
  return twin === undefined ? null : (await once(twin)).cpuMs;
}

/** CPU and elapsed time of one run. */
async function once(work: () => unknown): Promise<{ cpuMs: number; elapsedMs: number }> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  kept[0] = await work();
  const elapsedMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, elapsedMs };
}
