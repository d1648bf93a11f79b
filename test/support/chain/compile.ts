import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Abi } from 'viem';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));
const nodeModules = join(projectFolder, 'node_modules');
const cacheFolder = join(projectFolder, '.cache', 'contracts');

/** What to compile. Imports are looked up below node_modules. */
export type CompileRequest = {
  /** The package: `solc` is 0.8.27, `solc0819` is 0.8.19. */
  readonly compiler: 'solc' | 'solc0819';
  /** Files below node_modules. */
  readonly files: readonly string[];
  /** Own texts by the name under which others import them. */
  readonly texts?: Readonly<Record<string, string>>;
  /** `prefix/=folder/below/node_modules/` */
  readonly remappings?: readonly string[];
  readonly evmVersion: string;
  /** 0 leaves the code as it is: the same arithmetic, compiled in a third of the time. */
  readonly optimizerRuns: number;
  readonly viaIR?: boolean;
};

/** Bytecode as hex without a prefix; places of library addresses by file and library, in bytes. */
export type CompiledContract = {
  readonly abi: Abi;
  readonly evm: {
    readonly bytecode: {
      readonly object: string;
      readonly linkReferences: Readonly<
        Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
      >;
    };
  };
};

/** Contracts by name. Where two files declare the same name, the first with code is kept. */
export type CompiledContracts = ReadonlyMap<string, CompiledContract>;

/** What the compiler's process is asked. */
export type CompilerJob = { readonly compiler: string; readonly nodeModules: string; readonly input: string };

/** What it answers: contracts by file and name, and the digest of each imported file. */
export type CompilerAnswer = {
  readonly errors: readonly string[];
  readonly imported: Readonly<Record<string, string>>;
  readonly contracts: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>;
};

/** Compiles, or takes the answer of an earlier run when neither the request, the compiler nor any imported file has changed since. */
export async function compileSolidity(request: CompileRequest): Promise<CompiledContracts> {
  const job: CompilerJob = { compiler: request.compiler, nodeModules, input: standardInput(request) };
  const { version } = createRequire(import.meta.url)(`${request.compiler}/package.json`) as { readonly version: string };
  const cached = join(cacheFolder, `${digest(version + job.input)}.json`);
  const answer = readCached(cached) ?? (await compileAfresh(job, cached));
  return byName(answer);
}

function standardInput(request: CompileRequest): string {
  const sources: Record<string, { content: string }> = {};
  for (const file of request.files) sources[file] = { content: readFileSync(join(nodeModules, file), 'utf8') };
  for (const [name, content] of Object.entries(request.texts ?? {})) sources[name] = { content };
  return JSON.stringify({
    language: 'Solidity',
    sources,
    settings: {
      remappings: request.remappings ?? [],
      evmVersion: request.evmVersion,
      viaIR: request.viaIR ?? false,
      optimizer: { enabled: request.optimizerRuns > 0, runs: request.optimizerRuns },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.bytecode.linkReferences'] } },
    },
  });
}

function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function readCached(path: string): CompilerAnswer | null {
  try {
    const answer = JSON.parse(readFileSync(path, 'utf8')) as CompilerAnswer;
    const isCurrent = Object.entries(answer.imported).every(
      ([file, known]) => digest(readFileSync(join(nodeModules, file), 'utf8')) === known,
    );
    return isCurrent ? answer : null;
  } catch {
    // No such file, or one cut short: compile.
    return null;
  }
}

async function compileAfresh(job: CompilerJob, cached: string): Promise<CompilerAnswer> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./solc-child.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  child.stdin.end(JSON.stringify(job));
  const answer = JSON.parse(await text(child.stdout)) as CompilerAnswer;
  if (answer.errors.length > 0) throw new Error(answer.errors.join('\n'));
  mkdirSync(cacheFolder, { recursive: true });
  const unfinished = `${cached}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(answer));
  renameSync(unfinished, cached);
  return answer;
}

function byName(answer: CompilerAnswer): CompiledContracts {
  const contracts = new Map<string, CompiledContract>();
  for (const declared of Object.values(answer.contracts)) {
    for (const [name, contract] of Object.entries(declared)) {
      if (!contracts.has(name) || contracts.get(name)?.evm.bytecode.object === '') contracts.set(name, contract);
    }
  }
  return contracts;
}
