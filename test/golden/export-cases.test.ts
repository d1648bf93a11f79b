import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resourcesFolder } from '../../main/hosts/folders.ts';

type OutsideCase = { readonly id: string; readonly group: string };
type OutsideFile = { readonly file: string; readonly source: string; readonly compare: unknown; readonly cases: readonly OutsideCase[] };

/** Ids repeat between the groups of some files. */
const nameOf = ({ id, group }: OutsideCase): string => `${group}/${id}`;
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const shipped = (read(join(resourcesFolder, 'golden', 'cases.json')) as { readonly files: readonly OutsideFile[] }).files;
const howTo = 'run `node test/golden/choose-export-cases.ts` and look at what changed';

test('the outside numbers that ship are word for word those of the tests', () => {
  for (const { file, source, compare, cases } of shipped) {
    const whole = read(join(import.meta.dirname, `${file}.json`)) as OutsideFile;
    expect({ source, compare }, howTo).toEqual({ source: whole.source, compare: whole.compare });
    const known = new Map(whole.cases.map((each) => [nameOf(each), JSON.stringify(each)]));
    for (const each of cases) expect(JSON.stringify(each), `${file} ${each.id}: ${howTo}`).toBe(known.get(nameOf(each)));
  }
});

test('there are enough of them to mean something: more than thirty families and a hundred cases', () => {
  expect(shipped.length).toBeGreaterThan(30);
  expect(shipped.reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThan(100);
});
