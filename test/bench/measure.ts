import { pathToFileURL } from 'node:url';
import type { Benchmark, Measurement } from './benchmark.ts';

/** The child's part of `npm run bench`: measures one benchmark of one file and sends the figures to the parent. */
const [file = '', index = '0'] = process.argv.slice(2);
const { benchmarks } = (await import(pathToFileURL(file).href)) as { benchmarks: readonly Benchmark[] };
const benchmark = benchmarks[Number(index)];
if (benchmark !== undefined) process.send?.(await measure(benchmark));
process.exit(0);

async function measure(benchmark: Benchmark): Promise<Measurement> {
  const repeats = benchmark.repeats ?? 5;
  await benchmark.setUp?.();
  try {
    const before = process.resourceUsage().maxRSS;
    const own = await least(benchmark.run, repeats);
    const peakMemoryMiB = (process.resourceUsage().maxRSS - before) / 1024;
    const twin = benchmark.twin === undefined ? null : await least(benchmark.twin, repeats);
    return { ...own, peakMemoryMiB, twinCpuMs: twin?.cpuMs ?? null, ratio: twin === null ? null : twin.cpuMs / own.cpuMs };
  } finally {
    await benchmark.tearDown?.();
  }
}

/** The least of the repetitions, after one that warms up where there are several. */
async function least(work: () => unknown, repeats: number): Promise<{ cpuMs: number; elapsedMs: number }> {
  let best = { cpuMs: Infinity, elapsedMs: Infinity };
  const kept: unknown[] = [];
  if (repeats > 1) kept[0] = await work();
  for (let turn = 0; turn < repeats; turn += 1) {
    const cpu = process.cpuUsage();
    const startedMs = performance.now();
    kept[0] = await work();
    const elapsedMs = performance.now() - startedMs;
    const { user, system } = process.cpuUsage(cpu);
    best = { cpuMs: Math.min(best.cpuMs, (user + system) / 1000), elapsedMs: Math.min(best.elapsedMs, elapsedMs) };
  }
  return best;
}
