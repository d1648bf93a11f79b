#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { dataFolder } from '../folders.ts';

// Half of a short command's time is the compiling of its sources: what one has compiled the next reads back, threads included.
const compiled = join(dataFolder(), 'compiled');
enableCompileCache(compiled);
process.env['NODE_COMPILE_CACHE'] ??= compiled;
const { runCommandLine } = await import('./program.ts');

// npm runs a script in the program's folder; names on the command line mean the folder it was typed in.
if (['cli', 'verify'].includes(process.env['npm_lifecycle_event'] ?? '')) process.chdir(process.env['INIT_CWD'] ?? '.');
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
const terminal = {
  write: (output: string) => void process.stdout.write(output),
  warn: (output: string) => void process.stderr.write(output),
  isInteractive: process.stderr.isTTY,
  readInput: () => text(process.stdin),
};
process.exitCode = await runCommandLine(process.argv.slice(2), terminal, interrupted.signal);
