import { succeed, type Result } from '../../domain/failure.ts';
import type { FinancialSystem } from '../../domain/system.ts';
import { readSystem } from '../../market/system-file.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { digestOf, readInputs } from '../analysis.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { Session } from '../session.ts';

/** What the services of the system around the book need. */
export type SystemDeps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** The open book at the reference shock inside the system of institutions. `digest` names both; `bookDigest` the book alone. */
export type OpenSystem = {
  readonly inputs: AnalysisInputs;
  readonly system: FinancialSystem;
  readonly bookDigest: string;
  readonly digest: readonly unknown[];
};

/** Reads the open book and the system, or says what is missing. */
export function openSystem({ session, resourcesFolder }: SystemDeps): Result<OpenSystem> {
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, {});
  if (!inputs.ok) return inputs;
  const system = readSystem(resourcesFolder);
  if (!system.ok) return system;
  const bookDigest = book.value.digest();
  return succeed({
    inputs: inputs.value,
    system: system.value,
    bookDigest,
    digest: [digestOf(bookDigest, inputs.value), system.value],
  });
}
