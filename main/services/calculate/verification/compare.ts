import type { Comparison, Rule, Tolerance } from '../../../contract/calculate.ts';

/** A case's expected figures, and the tolerance of its own if it has one. */
export type ExpectedCase = {
  readonly group: string;
  readonly out: Readonly<Record<string, unknown>>;
  readonly tol?: number | Tolerance | undefined;
};

/** What counts, by group and key of `out`. */
export type CompareRules = Readonly<Record<string, Readonly<Record<string, Rule>>>>;

/**
 * Every comparison of an answer with a case's expected `out`, for the keys that the file's `compare` names for its group. A key that
 * the case does not have is not compared, but an expected error must be named and an unexpected one disagrees. A group that `compare`
 * does not know gives nothing: the case cannot be judged.
 */
export function compareCase(rules: CompareRules, golden: ExpectedCase, actual: Readonly<Record<string, unknown>>): Comparison[] {
  const keys = Object.hasOwn(rules, golden.group) ? rules[golden.group] : undefined;
  if (keys === undefined) return [];
  const found: Comparison[] = [];
  for (const [key, rule] of Object.entries(keys)) {
    if (!(key in golden.out)) continue;
    const pair = { path: key, expected: golden.out[key], actual: actual[key] };
    found.push(...(rule === 'any' ? [judge(pair, isThere(key, pair.actual))] : compareValues(pair, toleranceOf(rule, golden))));
  }
  if (found.length > 0 && 'error' in actual && !('error' in golden.out)) {
    found.push(judge({ path: 'error', expected: 'no error', actual: actual['error'] }, false));
  }
  return found;
}

/** An expected and an actual value and where they stand. */
export type Pair = { readonly path: string; readonly expected: unknown; readonly actual: unknown };

/** Compares values element by element; lists must have the same length, objects at least the expected keys, null must be null. */
export function compareValues(pair: Pair, tolerance: Tolerance): Comparison[] {
  const { path, expected, actual } = pair;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [judge(pair, false)];
    if (expected.length === 0) return [judge(pair, true)];
    const given: readonly unknown[] = actual;
    return expected.flatMap((each: unknown, index) =>
      compareValues({ path: `${path}[${index}]`, expected: each, actual: given[index] }, tolerance),
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return [judge(pair, false)];
    const entries = Object.entries(expected);
    if (entries.length === 0) return [judge(pair, true)];
    const given = actual as Readonly<Record<string, unknown>>;
    return entries.flatMap(([key, value]) => compareValues({ path: `${path}.${key}`, expected: value, actual: given[key] }, tolerance));
  }
  return [compareScalars(pair, tolerance)];
}

function compareScalars(pair: Pair, tolerance: Tolerance): Comparison {
  const { expected, actual } = pair;
  if (isExactText(expected) && isExactText(actual) && tolerance.rel === 0 && tolerance.abs === 0) {
    return judge(pair, normalised(expected) === normalised(actual));
  }
  const x = numberOf(actual);
  const y = numberOf(expected);
  if (x === null || y === null) return judge(pair, expected === actual);
  if (x === y || !Number.isFinite(x) || !Number.isFinite(y)) return judge(pair, x === y);
  const error = Math.abs(x - y);
  const bound = tolerance.abs + tolerance.rel * Math.abs(y);
  return { ...pair, error, bound, share: bound === 0 ? Infinity : error / bound, agrees: error <= bound };
}

/** The comparison of what cannot be subtracted: the same or not. */
function judge(pair: Pair, agrees: boolean): Comparison {
  return { ...pair, actual: pair.actual ?? null, error: null, bound: null, share: agrees ? 0 : Infinity, agrees };
}

/** Whether a key whose value does not count is given; an error must have words. */
function isThere(key: string, actual: unknown): boolean {
  return key === 'error' ? typeof actual === 'string' && actual !== '' : actual !== undefined && actual !== '';
}

function toleranceOf(rule: Tolerance | 'case', golden: ExpectedCase): Tolerance {
  if (rule !== 'case') return rule;
  if (golden.tol === undefined) return { rel: 0, abs: 0 };
  return typeof golden.tol === 'number' ? { rel: 0, abs: golden.tol } : golden.tol;
}

function isExactText(value: unknown): value is string {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

/** Decimal text without trailing zeros of its fraction. */
function normalised(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A number, or one written as text; null for anything else, NaN included. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isNaN(number) ? null : number;
}
