import type { Failure } from '../../domain/failure.ts';

/** Where the command line reads and writes; given, so that a test can be the terminal. */
export type Terminal = {
  readonly write: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Whether progress may be redrawn on one line. */
  readonly isInteractive: boolean;
  readonly readInput: () => Promise<string>;
};

/** Exit codes: everything went well, something expected could not be done, the command itself was malformed. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The code that a failure ends with. */
export function exitCodeOf(failure: Failure): ExitCode {
  return failure.reason === 'usage' ? EXIT.usage : EXIT.failure;
}

/** A failure as sentences: what, where, what to do. */
export function failureText(failure: Failure): string {
  const { file, line, column } = failure.where ?? {};
  const place = [file, line === undefined ? undefined : `line ${line}`, column === undefined ? undefined : `column ${column}`];
  const where = place.filter((part) => part !== undefined).join(', ');
  return [`${failure.message}${where === '' ? '' : ` (${where})`}`, failure.remedy].filter((part) => part !== undefined).join('\n  ');
}
