import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `node test/golden/choose-export-cases.ts` writes resources/golden/cases.json: of every family in the manifest the smallest case of each
 * group, word for word, with what its file says of how to compare it. The program works these out again whenever it writes a report.
 * Prose that only people read is left out.
 */
const here = new URL('./', import.meta.url);
const PROSE = new Set(['conventions', 'tolerance', 'trust', 'traps', 'count', 'split', 'formula_summary']);
/** A case larger than this is left to the tests. Characters. */
const MOST = 6_000;

type OutsideCase = { readonly id: string; readonly group: string };
type OutsideFile = { readonly file: string; readonly cases: readonly OutsideCase[] };
type Manifest = { readonly families: readonly { readonly file: string }[]; readonly corrections: readonly { readonly id: string }[] };

/** The selection as text, one case per line so that a change shows as one. */
export function exportCases(): string {
  const manifest = read('manifest.json') as Manifest;
  const corrected = new Set(manifest.corrections.map(({ id }) => id));
  const files = manifest.families
    .map(({ file }) => chosen(read(`${file}.json`) as OutsideFile, corrected))
    .filter(({ cases }) => cases.length > 0);
  const text = files.map(({ cases, ...rest }) => {
    const lines = cases.map((each) => `      ${JSON.stringify(each)}`).join(',\n');
    return `    ${JSON.stringify(rest).slice(0, -1)},"cases":[\n${lines}\n    ]}`;
  });
  return `{\n  "files": [\n${text.join(',\n')}\n  ]\n}\n`;
}

function chosen(file: OutsideFile, corrected: ReadonlySet<string>): OutsideFile {
  const smallest = new Map<string, OutsideCase>();
  for (const each of file.cases) {
    const size = JSON.stringify(each).length;
    const known = smallest.get(each.group);
    if (size > MOST || corrected.has(each.id)) continue;
    if (known === undefined || size < JSON.stringify(known).length) smallest.set(each.group, each);
  }
  const kept = Object.fromEntries(Object.entries(file).filter(([key]) => !PROSE.has(key)));
  return { ...kept, file: file.file, cases: [...smallest.values()] };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, here), 'utf8'));
}

if (import.meta.main) writeFileSync(new URL('../../resources/golden/cases.json', here), exportCases());
