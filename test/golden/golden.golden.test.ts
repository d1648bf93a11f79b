import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { correction, verifyInput } from '../../main/contract/calculate.ts';
import type { Comparison, Verification } from '../../main/contract/calculate.ts';
import type { ParsedInputOf } from '../../main/contract/contract.ts';
import { createCalculateServices } from '../../main/services/calculate.ts';
import { compareCase } from '../../main/services/calculate/verification/compare.ts';

/*
 * Outside numbers: every file listed in manifest.json is verified by the same service that `npm run verify` calls, which compares by the
 * file's own `compare` block. A new family is its file here, a line in manifest.json, and an adapter named in
 * main/services/calculate/families.ts.
 */
const folder = new URL('./', import.meta.url);
const manifest = z
  .object({
    families: z.array(
      z.object({ file: z.string(), source: z.string().min(1), tolerance: z.string().min(1), cases: z.number().int().positive() }),
    ),
    data: z.array(z.object({ file: z.string(), source: z.string().min(1) })),
    corrections: z.array(correction),
  })
  .parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));

const services = createCalculateServices();
const context = { signal: new AbortController().signal, progress: () => undefined, runId: 'golden' };

/** A file as it was given. */
function read(file: string): ParsedInputOf<'calculate.verify'> {
  return verifyInput.parse(JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')));
}

/** A failing case as text with every input. */
function described(golden: ParsedInputOf<'calculate.verify'>, { id, disagreements }: Verification['failed'][number]): string {
  const line = (each: Comparison): string =>
    `  ${each.path}: expected ${JSON.stringify(each.expected)}, actual ${JSON.stringify(each.actual)}, error ${each.error}, bound ${each.bound}`;
  return [`${id}\n  in: ${JSON.stringify(golden.cases.find((each) => each.id === id)?.in)}`, ...disagreements.map(line)].join('\n');
}

describe.each(manifest.families)('$file', ({ file, cases }) => {
  test(`all ${cases} cases agree with their source`, async () => {
    const golden = read(file);
    const verified = await services['calculate.verify']({ ...golden, corrections: manifest.corrections }, context);
    if (!verified.ok) return expect.fail(verified.failure.message);
    const { failed, skipped, passed } = verified.value;
    if (failed.length > 0) {
      expect.fail(
        `${failed.length} of ${cases} cases disagree:\n${failed
          .slice(0, 20)
          .map((each) => described(golden, each))
          .join('\n')}`,
      );
    }
    expect({ skipped, passed }).toEqual({ skipped: [], passed: cases });
  });
});

test('a corrected figure disagrees with the file it corrects, by more than its tolerance', () => {
  for (const { id, key, value } of manifest.corrections) {
    const golden = manifest.families.map(({ file }) => read(file)).find((each) => each.cases.some((one) => one.id === id));
    const { group = '', out = {}, tol } = golden?.cases.find((each) => each.id === id) ?? {};
    const found = compareCase(golden?.compare ?? {}, { group, out, tol }, { ...out, [key]: value });
    expect(found.filter(({ agrees }) => !agrees)).toHaveLength(1);
  }
});

test('every file of outside numbers is in the manifest with its source', () => {
  const files = readdirSync(folder).filter((name) => !/\.(ts|md)$/.test(name) && name !== 'manifest.json');
  const listed = [...manifest.families.map((family) => `${family.file}.json`), ...manifest.data.map((each) => each.file)];
  expect(listed.toSorted()).toEqual(files.toSorted());
});
