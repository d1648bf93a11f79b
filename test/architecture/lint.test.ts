import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint({ overrideConfigFile: '.config/eslint.config.js', cwd: process.cwd() });

/** Ids of the rules that a text breaks when it stands in the given file, which must exist because linting is typed. */
async function broken(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? []).map((message) => `${message.ruleId ?? 'parse'}: ${message.message}`);
}

const domain = 'main/domain/time.ts';
const engine = 'main/engine/math/sum.ts';
const someTest = 'test/contract/codec.property.test.ts';
const longFile = Array.from({ length: 301 }, (_, at) => `export const line${at} = ${at};`).join('\n');
const longFunction = `export function long(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(70)}  return sum;\n}\n`;

test.each([
  ['any', domain, 'export const x: any = 1;', 'no-explicit-any'],
  ['an enum', domain, 'export enum Side { Buy }', 'not erasable'],
  ['a default export', domain, 'export default 1;', 'Named exports only'],
  ['a barrel', domain, "export * from './real.ts';", 'No barrels'],
  ['a non-null assertion', domain, 'export const first = (list: string[]): string => list.find(Boolean)!;', 'No `!`'],
  [
    'a non-null assertion after an index outside the engine',
    domain,
    'export const first = (list: string[]): string => list[0]!;',
    'No `!`',
  ],
  [
    'a non-null assertion in the engine that is not after an index',
    engine,
    'export const first = (list: string[]): string => list.find(Boolean)!;',
    'right after an index',
  ],
  ['console in the engine', engine, "console.log('x');", 'no-console'],
  ['a clock in the engine', engine, 'export const at = Date.now();', 'No clock here'],
  ['the date of today in the engine', engine, 'export const at = new Date();', 'No clock here'],
  ['unseeded randomness in the engine', engine, 'export const x = Math.random();', 'come from (seed, index)'],
  ['the process in the engine', engine, 'export const x = process.pid;', 'no-restricted-globals'],
  ['a clock in a test', someTest, 'export const at = Date.now();', 'No clock here'],
  ['unseeded randomness in a test', someTest, 'export const x = Math.random();', 'come from (seed, index)'],
  ['merging parsed data into a prototype', domain, 'export const x = Object.assign({}, { a: 1 });', 'use spread'],
  ['a file of more than 300 lines', domain, longFile, 'max-lines'],
  ['a function of more than 70 lines', domain, longFunction, 'max-lines-per-function'],
  ['four parameters', domain, 'export const f = (a: number, b: number, c: number, d: number): number => a + b + c + d;', 'max-params'],
  ['a promise that nobody waits for', domain, 'export const f = (): void => { Promise.resolve(1); };', 'no-floating-promises'],
])('%s is refused', async (_what, file, text, rule) => {
  expect((await broken(file, text)).join('\n')).toContain(rule);
});

test.each([
  [
    'a kernel may take scalars in a documented order',
    engine,
    'export const f = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
  ],
  ['a kernel may assert right after an index', engine, 'export const first = (list: Float64Array): number => list[0]!;\n'],
])('%s', async (_what, file, text) => {
  expect(await broken(file, text)).toStrictEqual([]);
});

test.each(['utils', 'helpers', 'common', 'index'])('a file named %s is refused', async (name) => {
  const rules = (await eslint.calculateConfigForFile(domain)) as {
    plugins: { interlock: { rules: Record<string, { create: (context: unknown) => { Program: (node: unknown) => void } }> } };
  };
  const reports: unknown[] = [];
  const rule = rules.plugins.interlock.rules['nameless-file'];
  rule?.create({ filename: `/project/${name}.ts`, report: (report: unknown) => reports.push(report) }).Program({});
  expect(reports).toHaveLength(1);
});

test('a hook called under a condition is refused', async () => {
  const text =
    "import { useState } from 'react';\nexport function View({ on }: { readonly on: boolean }): null {\n  if (on) useState(1);\n  return null;\n}\n";
  expect((await broken('renderer/app/screens.ts', text)).join('\n')).toContain('rules-of-hooks');
});
