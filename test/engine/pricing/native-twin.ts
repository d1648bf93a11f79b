import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeInput, type OptionCase } from './option-case.ts';

/** A twin in C or C++, compiled on the spot and run as a program of its own. */
export type NativeTwin = {
  /** Why there is none on this machine, else null. */
  readonly obstacle: string | null;
  /** Runs the case once: CPU milliseconds, and the sums of every scenario. */
  readonly run: () => { readonly cpuMs: number; readonly sums: Float64Array };
  readonly remove: () => void;
};

/** Compiles a file of native/ and hands it a case. */
export function compileNativeTwin(file: 'plain-options.c' | 'quantlib-options.cpp', drawn: OptionCase): NativeTwin {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-native-'));
  const program = join(folder, 'program');
  const input = join(folder, 'case');
  const source = join(import.meta.dirname, 'native', file);
  const isC = file.endsWith('.c');
  const compiler = isC ? 'cc' : 'c++';
  const compiled = spawnSync(compiler, ['-O3', '-march=native', source, '-o', program, isC ? '-lm' : '-lQuantLib'], { encoding: 'utf8' });
  const obstacle =
    compiled.error !== undefined
      ? `there is no ${compiler}`
      : compiled.status === 0
        ? null
        : `${compiler} says: ${compiled.stderr.split('\n').find((line) => line.includes('error')) ?? compiled.stderr.slice(0, 200)}`;
  writeFileSync(input, nativeInput(drawn));
  return {
    obstacle,
    run: () => {
      const done = spawnSync(program, [input, '1'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
      if (done.status !== 0) throw new Error(`${file} ended with ${String(done.status)}: ${done.stderr}`);
      const [cpuMs = NaN, ...sums] = done.stdout.trim().split('\n').map(Number);
      return { cpuMs, sums: Float64Array.from(sums) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
