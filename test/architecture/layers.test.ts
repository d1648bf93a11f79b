import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';

const configuration = createRequire(import.meta.url)('../../.config/dependency-cruiser.cjs') as IConfiguration;

/** Each rule with one import that it must refuse: [rule, file, its text]. */
const offences: readonly (readonly [string, string, string])[] = [
  ['no-cycles', 'main/domain/cycle-a.ts', "import './cycle-b.ts';"],
  ['no-platform-module', 'main/engine/node.ts', "import 'node:fs';"],
  ['no-platform-module', 'main/domain/node.ts', "import 'node:fs';"],
  ['no-platform-module', 'main/contract/node.ts', "import 'node:fs';"],
  ['domain-alone', 'main/domain/up.ts', "import '../contract/target.ts';"],
  ['contract-on-domain', 'main/contract/up.ts', "import '../services/target.ts';"],
  ['engine-on-domain', 'main/engine/up.ts', "import '../book/target.ts';"],
  ['engine-domain-as-types', 'main/engine/value.ts', "import { value } from '../domain/target.ts'; export const x = value;"],
  ['engine-no-package', 'main/engine/package.ts', "import 'zod';"],
  ['book-on-domain', 'main/book/up.ts', "import '../services/target.ts';"],
  ['market-on-domain', 'main/market/side.ts', "import '../book/target.ts';"],
  ['importing-on-domain', 'main/importing/side.ts', "import '../book/target.ts';"],
  ['reporting-on-domain', 'main/reporting/side.ts', "import '../book/target.ts';"],
  ['pool-on-engine', 'main/pool/side.ts', "import '../book/target.ts';"],
  ['services-below-hosts', 'main/services/up.ts', "import '../hosts/runtime.ts';"],
  ['host-not-host', 'main/hosts/cli/side.ts', "import '../browser/target.ts';"],
  ['host-through-runtime', 'main/hosts/cli/down.ts', "import '../../services/target.ts';"],
  ['preload-on-contract', 'preload/down.ts', "import '../main/services/target.ts';"],
  ['feature-not-feature', 'renderer/features/a/side.ts', "import '../b/target.ts';"],
  ['feature-not-feature', 'renderer/features/a/shell.ts', "import '../../app/target.ts';"],
  ['shared-not-feature', 'renderer/grid/up.ts', "import '../features/a/target.ts';"],
  ['shared-not-feature', 'renderer/app/commands.ts', "import '../features/a/target.ts';"],
  ['renderer-on-contract', 'renderer/app/down.ts', "import '../../main/services/target.ts';"],
  ['renderer-no-platform', 'renderer/app/node.ts', "import 'node:fs';"],
  ['sql-in-book', 'main/services/sql.ts', "import 'better-sqlite3';"],
  ['electron-in-its-host', 'main/hosts/cli/electron.ts', "import 'electron';"],
  ['threads-in-pool', 'main/services/threads.ts', "import 'node:worker_threads';"],
  ['nothing-imports-test', 'main/services/test.ts', "import '../../test/target.ts';"],
  ['no-unresolvable', 'main/services/nowhere.ts', "import './nowhere-else.ts';"],
];
const targets = ['domain', 'contract', 'services', 'book', 'hosts/browser'].map((folder) => `main/${folder}/target.ts`);
const allowed: readonly (readonly [string, string])[] = [
  ['main/domain/cycle-b.ts', "import './cycle-a.ts';"],
  ['main/hosts/runtime.ts', "import '../services/target.ts';"],
  ['main/engine/types.ts', "import type { value } from '../domain/target.ts'; export type X = typeof value;"],
  ['main/book/sql.ts', "import 'better-sqlite3';"],
  ['main/pool/threads.ts', "import 'node:worker_threads';"],
  ['main/hosts/electron/window.ts', "import 'electron';"],
  ['renderer/features/a/command.ts', "import '../../app/commands.ts';"],
  ['renderer/features/a/own.ts', "import './target.ts';"],
];

let violations: readonly { readonly rule: string; readonly from: string }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'interlock-layers-'));

beforeAll(async () => {
  const files = [...offences.map(([, path, text]) => [path, text] as const), ...allowed];
  const plain = [...targets, 'renderer/features/b/target.ts', 'renderer/features/a/target.ts', 'renderer/app/target.ts', 'test/target.ts'];
  for (const [path, text] of [...files, ...plain.map((path) => [path, 'export const value = 1;'] as const)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const options = {
    ...configuration.options,
    tsConfig: undefined,
    baseDir: folder,
    ruleSet: { forbidden: configuration.forbidden ?? [] },
    validate: true,
  };
  const { output } = await cruise(['main', 'preload', 'renderer'], options as never);
  violations = (output as ICruiseResult).summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(offences)('%s refuses the import in %s', (rule, path) => {
  expect(violations).toContainEqual({ rule, from: path });
});

test.each(allowed.slice(1))('what the table allows is not refused: %s', (path) => {
  expect(violations.filter(({ from }) => from === path)).toStrictEqual([]);
});

test('every rule is proven to fire', () => {
  const proven = new Set(offences.map(([rule]) => rule));
  expect((configuration.forbidden ?? []).map((rule) => rule.name).filter((name) => !proven.has(name ?? ''))).toStrictEqual([]);
});

test('the program itself breaks none of the rules', async () => {
  const options = { ...configuration.options, tsConfig: undefined, ruleSet: { forbidden: configuration.forbidden ?? [] }, validate: true };
  const { output } = await cruise(['main', 'preload', 'renderer'], options as never);
  const broken = (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  expect(broken).toStrictEqual([]);
});
