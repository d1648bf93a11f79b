/*
 * The Solidity compiler in a process of its own: its emscripten module takes over the process-wide error handlers. Reads one
 * CompilerJob from the standard input and writes one CompilerAnswer.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CompilerAnswer, CompilerJob } from './compile.ts';

type Solc = {
  readonly compile: (input: string, callbacks: { import: (path: string) => { contents: string } | { error: string } }) => string;
};
type SolcOutput = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: CompilerAnswer['contracts'];
};

const job = JSON.parse(await text(process.stdin)) as CompilerJob;
const solc = createRequire(import.meta.url)(job.compiler) as Solc;
const imported: Record<string, string> = {};
const output = JSON.parse(
  solc.compile(job.input, {
    import(path) {
      try {
        const contents = readFileSync(join(job.nodeModules, path), 'utf8');
        imported[path] = createHash('sha256').update(contents).digest('hex');
        return { contents };
      } catch (error) {
        return { error: String(error) };
      }
    },
  }),
) as SolcOutput;
const errors = (output.errors ?? []).filter((each) => each.severity === 'error').map((each) => each.formattedMessage);
process.stdout.write(JSON.stringify({ errors, imported, contracts: output.contracts ?? {} } satisfies CompilerAnswer));
