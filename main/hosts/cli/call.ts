import { readFile } from 'node:fs/promises';
import { plainJson } from '../../contract/codec.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { reportFailure, type Desk } from './workstation.ts';

/** Calls any procedure of the contract; prints its answer as JSON whether or not --json is given. */
export async function callProcedure(desk: Desk, name: string, argument: string | undefined): Promise<ExitCode> {
  const input = await readArgument(desk.terminal, argument ?? '{}');
  const answer = input.ok ? await desk.dispatch(name, input.value) : input;
  if (!answer.ok) return reportFailure(desk, answer.failure);
  desk.terminal.write(`${plainJson(answer.value, 2)}\n`);
  return EXIT.ok;
}

/** Works out the cases of an outside-number file; prints only JSON. */
export async function calculateFile(desk: Desk, path: string): Promise<ExitCode> {
  const input = await readArgument(desk.terminal, path === '-' ? '-' : `@${path}`);
  const answer = input.ok ? await desk.dispatch('calculate.cases', input.value) : input;
  if (!answer.ok) return reportFailure({ ...desk, isJson: true }, answer.failure);
  desk.terminal.write(`${plainJson(answer.value)}\n`);
  return EXIT.ok;
}

/** JSON from the command line itself, from `@file`, or from the standard input (`-`). */
async function readArgument(terminal: Terminal, argument: string): Promise<Result<unknown>> {
  const file = argument.startsWith('@') ? argument.slice(1) : null;
  let text: string;
  try {
    if (file === null) text = argument === '-' ? await terminal.readInput() : argument;
    else text = await readFile(file, 'utf8');
  } catch {
    return fail('usage', `the file ${file ?? ''} cannot be read`, { remedy: 'Check its name and rights.' });
  }
  try {
    const value: unknown = JSON.parse(text);
    return succeed(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return fail('usage', `${file ?? 'the input'} is not JSON: ${reason}`, { remedy: 'Give JSON, @file or - for the standard input.' });
  }
}
