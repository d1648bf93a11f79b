import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { calculateCases } from '../../main/services/calculate.ts';
import { describeDisagreements, disagreements } from '../support/compare.ts';
import type { GoldenCase, GoldenFile } from '../support/compare.ts';

/*
 * Outside numbers: every file listed in manifest.json is computed by the same service that the command line calls and compared by its own
 * `compare` block. A new family is its file here, a line in manifest.json, and an adapter named in
 * main/services/calculate/families.ts.
 */
const folder = new URL('./', import.meta.url);
const manifest = z
  .object({
    families: z.array(
      z.object({ file: z.string(), source: z.string().min(1), tolerance: z.string().min(1), cases: z.number().int().positive() }),
    ),
    data: z.array(z.object({ file: z.string(), source: z.string().min(1) })),
    corrections: z.array(
      z.object({ id: z.string(), key: z.string(), value: z.number(), reason: z.string().min(1), source: z.string().min(1) }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));

/** A file as it was given. */
function read(file: string): GoldenFile {
  return JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as GoldenFile;
}

/** The case with a figure that its own source contradicts replaced by the source's; each one is argued in the manifest. */
function corrected(golden: GoldenCase): GoldenCase {
  const found = manifest.corrections.find((each) => each.id === golden.id);
  return found === undefined ? golden : { ...golden, out: { ...golden.out, [found.key]: found.value } };
}

describe.each(manifest.families)('$file', ({ file, cases }) => {
  const golden = read(file);

  test(`all ${cases} cases agree with their source`, async () => {
    expect(golden.cases.length).toBe(cases);
    const computed = await calculateCases(golden as unknown as Parameters<typeof calculateCases>[0]);
    expect(computed?.cases.map((each) => each.id)).toEqual(golden.cases.map((each) => each.id));
    const failed = golden.cases.flatMap((each, index) => {
      const found = disagreements(golden, corrected(each), computed?.cases[index]?.out ?? {});
      return found.length === 0 ? [] : [describeDisagreements(each, found)];
    });
    if (failed.length > 0) expect.fail(`${failed.length} of ${cases} cases disagree:\n${failed.slice(0, 20).join('\n')}`);
  });

  test('every group has something to compare', () => {
    for (const each of golden.cases) expect(Object.keys(golden.compare[each.group] ?? {}).some((key) => key in each.out)).toBe(true);
  });
});

test('a corrected figure disagrees with the file it corrects, by more than its tolerance', async () => {
  for (const correction of manifest.corrections) {
    const golden = manifest.families.map(({ file }) => read(file)).find((each) => each.cases.some((one) => one.id === correction.id));
    const wrong = golden?.cases.find((each) => each.id === correction.id);
    if (golden === undefined || wrong === undefined) expect.fail(`${correction.id} is in no file`);
    expect(disagreements(golden, wrong, { ...wrong.out, [correction.key]: correction.value })).toHaveLength(1);
  }
});

test('every file of outside numbers is in the manifest with its source', () => {
  const files = readdirSync(folder).filter((name) => !name.endsWith('.ts') && name !== 'manifest.json');
  const listed = [...manifest.families.map((family) => `${family.file}.json`), ...manifest.data.map((each) => each.file)];
  expect(listed.toSorted()).toEqual(files.toSorted());
});
