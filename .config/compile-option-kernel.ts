import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The builds of the option kernel: bit-reproducible, and rounded as the processor likes best. */
export const OPTION_KERNELS = ['strict', 'relaxed'] as const;
export type OptionKernelBuild = (typeof OPTION_KERNELS)[number];

/** What is used of the compiler. Its own types would redeclare Array and Math for the whole program, so it is imported by a name they do not see. */
type Compiler = {
  readonly main: (
    words: readonly string[],
    files: {
      readonly readFile: (name: string) => string | null;
      readonly writeFile: (name: string, contents: Uint8Array | string) => void;
      readonly listFiles: () => string[];
    },
  ) => Promise<{ readonly error: Error | null }>;
};
const COMPILER: string = 'assemblyscript/asc';

const source = fileURLToPath(new URL('../main/engine/pricing/kernel/revalue-options.ts', import.meta.url));

/** WebAssembly of the option kernel, compiled in memory in about a second. */
export async function compileOptionKernel(build: OptionKernelBuild): Promise<Uint8Array<ArrayBuffer>> {
  const { default: asc } = (await import(COMPILER)) as { readonly default: Compiler };
  const compiled: Uint8Array<ArrayBuffer>[] = [];
  const features = build === 'relaxed' ? ['--enable', 'relaxed-simd'] : [];
  const { error } = await asc.main(
    [basename(source), '-o', 'kernel.wasm', '-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd', ...features],
    {
      readFile: (name) => (name === basename(source) ? readFileSync(source, 'utf8') : null),
      writeFile: (_name, contents) => {
        if (contents instanceof Uint8Array) compiled.push(Uint8Array.from(contents));
      },
      listFiles: () => [],
    },
  );
  const [bytes] = compiled;
  if (error !== null || bytes === undefined)
    throw new Error(`the ${build} option kernel does not compile: ${error?.message ?? 'no output'}`);
  return bytes;
}
