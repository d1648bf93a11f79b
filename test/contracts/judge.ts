import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileSolidity } from '../support/chain/compile.ts';
import type { CompileRequest } from '../support/chain/compile.ts';
import { deploy, deployable } from '../support/chain/deploy.ts';
import type { Deployed } from '../support/chain/deploy.ts';
import type { ChainNode } from '../support/chain/node.ts';

const folder = new URL('solidity/', import.meta.url);

/** An own contract of `solidity/` that opens the judged one, takes steps in it and tells what it saw. */
export type JudgeContract = {
  readonly compiler: CompileRequest['compiler'];
  readonly file: string;
  readonly name: string;
  readonly args: readonly unknown[];
};

/** Compiles and deploys a judge. */
export async function deployJudge(node: ChainNode, { compiler, file, name, args }: JudgeContract): Promise<Deployed> {
  const source = readFileSync(new URL(file, folder), 'utf8');
  const compiled = await compileSolidity({
    compiler,
    files: [],
    texts: { [file]: source, ...importedBy(source) },
    evmVersion: 'paris',
    optimizerRuns: 0,
  });
  return deploy(node, deployable(compiled, name), { args });
}

/** Creation code of a contract as its package publishes it. */
export function publishedCode(path: string): string {
  return (JSON.parse(readFileSync(createRequire(import.meta.url).resolve(path), 'utf8')) as { bytecode: string }).bytecode;
}

/** The other own files that a judge imports. */
function importedBy(source: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => source.includes(`"./${name}"`));
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}
