import { z } from 'zod';
import type { OutputOf, ParsedInputOf, Services } from '../contract/contract.ts';
import { fail, succeed } from '../domain/failure.ts';
import { families } from './calculate/families.ts';
import type { CaseOutput } from './calculate/case-values.ts';
import { verifyAnswers } from './calculate/verification/verify-file.ts';

/** Computes the cases of an outside-number file through the engine, and verifies them. Needs neither a book nor a snapshot. */
export function createCalculateServices(): Pick<Services, 'calculate.cases' | 'calculate.verify'> {
  return {
    'calculate.cases': async (input, context) => {
      const output = await calculateCases(input, (done, total) => {
        context.progress('Computing cases', done, total);
        return !context.signal.aborted;
      });
      if (output === null) return fail('cancelled', `computing ${input.file} was cancelled`);
      return succeed(output);
    },
    'calculate.verify': async (input, context) => {
      if (!Object.hasOwn(families, input.file)) return fail('unsupported', unknownFamily(input.file), { remedy: knownFamilies });
      const output = await calculateCases(input, () => !context.signal.aborted);
      if (output === null) return fail('cancelled', `verifying ${input.file} was cancelled`);
      return verifyAnswers(input, output.cases);
    },
  };
}

/**
 * The answers to the cases in their order. An unknown family, an unknown group and an input that does not parse are named errors of
 * their case, so that the others are still answered.
 *
 * @param mayContinue asked after each case; false stops and returns null
 */
export async function calculateCases(
  input: ParsedInputOf<'calculate.cases'>,
  mayContinue: (done: number, total: number) => boolean = () => true,
): Promise<OutputOf<'calculate.cases'> | null> {
  const family = Object.hasOwn(families, input.file) ? families[input.file] : undefined;
  const cases: { id: string; out: CaseOutput }[] = [];
  for (const each of input.cases) {
    const out =
      family === undefined
        ? { error: `${unknownFamily(input.file)}; ${knownFamilies}` }
        : await answer(() => family(each.in, each.group, input));
    cases.push({ id: each.id, out });
    if (!mayContinue(cases.length, input.cases.length)) return null;
  }
  return { file: input.file, cases };
}

/** Runs an adapter; input that its schema refuses, or integers that divide by zero, are answered by name. */
async function answer(compute: () => CaseOutput | Promise<CaseOutput>): Promise<CaseOutput> {
  try {
    return await compute();
  } catch (cause) {
    if (cause instanceof z.ZodError) return { error: `input does not fit: ${z.prettifyError(cause)}` };
    if (cause instanceof RangeError) return { error: `input out of range: ${cause.message}` };
    throw cause;
  }
}

const knownFamilies = `known: ${Object.keys(families).join(', ')}`;

function unknownFamily(file: string): string {
  return `unknown family "${file}"`;
}
