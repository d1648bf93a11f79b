/** How far an answer may be from the outside number: |x − y| <= abs + rel × |y|. */
export type Tolerance = { readonly rel: number; readonly abs: number };

/** What counts for a key of `out`: a tolerance, the case's own ("case"), or only that the key is there ("any"). */
export type Rule = Tolerance | 'case' | 'any';

/** One case of an outside-number file. */
export type GoldenCase = {
  readonly id: string;
  readonly group: string;
  readonly in: Readonly<Record<string, unknown>>;
  readonly out: Readonly<Record<string, unknown>>;
  readonly tol?: number | Tolerance;
};

/** A file of outside numbers; some carry more data shared by their cases. */
export type GoldenFile = {
  readonly file: string;
  readonly source: string;
  readonly compare: Readonly<Record<string, Readonly<Record<string, Rule>>>>;
  readonly cases: readonly GoldenCase[];
};

/** One disagreement: where, what was expected, what came, how far off and how far it might have been. */
export type Disagreement = {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly error: number;
  readonly bound: number;
};

/**
 * Every disagreement between a case's expected `out` and an answer, for the keys that the file's `compare` names. A key that the
 * case does not have is not compared, but an expected error must be named and an unexpected one is reported.
 */
export function disagreements(file: GoldenFile, golden: GoldenCase, actual: Readonly<Record<string, unknown>>): Disagreement[] {
  const rules = file.compare[golden.group];
  if (rules === undefined) return [problem(golden.group, 'a group named in compare', 'none')];
  const found: Disagreement[] = [];
  if ('error' in actual && !('error' in golden.out)) found.push(problem('error', 'no error', actual['error']));
  for (const [key, rule] of Object.entries(rules)) {
    if (!(key in golden.out)) continue;
    if (rule === 'any') {
      if (actual[key] === undefined || actual[key] === '') found.push(problem(key, 'anything', actual[key]));
      continue;
    }
    found.push(...compareValues({ path: key, expected: golden.out[key], actual: actual[key] }, toleranceOf(rule, golden)));
  }
  return found;
}

/** The disagreement as text with every input, for a failing test. */
export function describeDisagreements(golden: GoldenCase, found: readonly Disagreement[]): string {
  const lines = found.map(
    (each) => `  ${each.path}: expected ${show(each.expected)}, actual ${show(each.actual)}, error ${each.error}, bound ${each.bound}`,
  );
  return `${golden.id} (${golden.group})\n  in: ${show(golden.in)}\n${lines.join('\n')}`;
}

/** An expected and an actual value and where they stand. */
export type Pair = { readonly path: string; readonly expected: unknown; readonly actual: unknown };

/** Compares values element by element; lists must have the same length, objects at least the expected keys. */
export function compareValues(pair: Pair, tolerance: Tolerance): Disagreement[] {
  const { path, expected, actual } = pair;
  if (expected === null) return actual === null ? [] : [problem(path, null, actual)];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [problem(path, `a list of ${expected.length}`, actual)];
    const given: readonly unknown[] = actual;
    return expected.flatMap((each: unknown, index) =>
      compareValues({ path: `${path}[${index}]`, expected: each, actual: given[index] }, tolerance),
    );
  }
  if (typeof expected === 'object') {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return [problem(path, expected, actual)];
    const given = actual as Readonly<Record<string, unknown>>;
    return Object.entries(expected).flatMap(([key, value]) =>
      compareValues({ path: `${path}.${key}`, expected: value, actual: given[key] }, tolerance),
    );
  }
  return compareScalars(pair, tolerance);
}

function compareScalars({ path, expected, actual }: Pair, tolerance: Tolerance): Disagreement[] {
  if (typeof expected === 'boolean') return expected === actual ? [] : [problem(path, expected, actual)];
  if (isExactText(expected) && isExactText(actual) && tolerance.rel === 0 && tolerance.abs === 0) {
    return normalised(expected) === normalised(actual) ? [] : [problem(path, expected, actual)];
  }
  const x = numberOf(actual);
  const y = numberOf(expected);
  if (y === null) return expected === actual ? [] : [problem(path, expected, actual)];
  if (x === null) return [problem(path, expected, actual)];
  if (x === y) return [];
  const error = Math.abs(x - y);
  const bound = tolerance.abs + tolerance.rel * Math.abs(y);
  return error <= bound ? [] : [{ path, expected, actual, error, bound }];
}

function toleranceOf(rule: Tolerance | 'case', golden: GoldenCase): Tolerance {
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

function problem(path: string, expected: unknown, actual: unknown): Disagreement {
  return { path, expected, actual, error: NaN, bound: NaN };
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? each.toString() : typeof each === 'number' && !Number.isFinite(each) ? String(each) : each,
  );
}
