import { fork } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from '../../main/hosts/cli/table.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

/** `npm run bench [-- --json FILE] [words in the name or file]`: measures every benchmark and prints one table. */
type Row = {
  readonly file: string;
  readonly name: string;
  readonly limits: Limits;
  readonly measured: Measurement;
  readonly isWithin: boolean;
};
type Limits = Pick<Benchmark, 'limitCpuMs' | 'limitElapsedMs' | 'leastRatio' | 'limitMemoryMiB'>;

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const rows: Row[] = [];
const skipped: string[] = [];
let broken = 0;
for (const file of globSync('test/**/*.bench.ts', { cwd: root }).sort()) {
  const { benchmarks } = (await import(pathToFileURL(join(root, file)).href)) as { benchmarks: readonly Benchmark[] };
  for (const [index, benchmark] of benchmarks.entries()) {
    const isWanted = positionals.every((word) => `${file} ${benchmark.name}`.includes(word));
    if (isWanted) await add(file, index, benchmark);
  }
}
print();
if (values.json !== undefined) {
  const machine = { cpus: availableParallelism(), node: process.version, platform: `${process.platform} ${process.arch}` };
  writeFileSync(values.json, `${JSON.stringify({ machine, results: rows }, null, 2)}\n`);
}
process.exit(broken === 0 ? 0 : 1);

async function add(file: string, index: number, benchmark: Benchmark): Promise<void> {
  process.stderr.write(`${benchmark.name} …\n`);
  const measured = await measureApart(join(root, file), index);
  if (measured === null) {
    broken += 1;
    process.stderr.write(`  ${relative(root, file)} stopped without figures\n`);
    return;
  }
  if (measured.obstacle !== null) {
    skipped.push(`${benchmark.name}: not measured, ${measured.obstacle}`);
    return;
  }
  const { limitCpuMs = null, limitElapsedMs = null, leastRatio = null, limitMemoryMiB = null } = benchmark;
  const isWithin =
    measured.cpuMs <= (limitCpuMs ?? Infinity) &&
    measured.elapsedMs <= (limitElapsedMs ?? Infinity) &&
    measured.peakMemoryMiB <= (limitMemoryMiB ?? Infinity) &&
    (measured.ratio ?? Infinity) >= (leastRatio ?? 0);
  const limits = Object.fromEntries(
    Object.entries({ limitCpuMs, limitElapsedMs, leastRatio, limitMemoryMiB }).filter(([, limit]) => limit !== null),
  );
  rows.push({ file, name: benchmark.name, limits, measured, isWithin });
}

/** In a process of its own, so that neither memory nor compiled code of one benchmark touches another. */
function measureApart(file: string, index: number): Promise<Measurement | null> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'measure.ts'), [file, String(index)], { execArgv: ['--expose-gc'] });
    let measured: Measurement | null = null;
    child.on('message', (message) => (measured = message as Measurement));
    child.on('exit', () => resolve(measured));
  });
}

function print(): void {
  const number = (value: number | null, digits: number): string => (value === null ? '' : value.toFixed(digits));
  const text = table(
    [
      { heading: 'Benchmark' },
      ...['CPU ms', 'Elapsed ms', 'Twin CPU ms', 'Twin / own', 'Memory MiB'].map((heading) => ({ heading, isFigure: true })),
      { heading: 'Limit' },
      { heading: '' },
    ],
    rows.map(({ name, limits, measured, isWithin }) => [
      name,
      number(measured.cpuMs, 1),
      number(measured.elapsedMs, 1),
      number(measured.twinCpuMs, 1),
      number(measured.ratio, 2),
      number(measured.peakMemoryMiB, 0),
      limitText(limits),
      Object.keys(limits).length === 0 ? '' : isWithin ? 'kept' : 'MISSED',
    ]),
  );
  process.stdout.write(text);
  for (const line of skipped) process.stdout.write(`${line}\n`);
}

function limitText({ limitCpuMs, limitElapsedMs, leastRatio, limitMemoryMiB }: Limits): string {
  const parts = [
    limitCpuMs === undefined ? null : `CPU ≤ ${limitCpuMs}`,
    limitElapsedMs === undefined ? null : `elapsed ≤ ${limitElapsedMs}`,
    leastRatio === undefined ? null : `ratio ≥ ${leastRatio}`,
    limitMemoryMiB === undefined ? null : `memory ≤ ${limitMemoryMiB}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
