import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, succeed, type Result } from '../domain/failure.ts';
import { financialSystem, recordedMoves, transferTerms, type FinancialSystem, type TransferTerms } from '../domain/system.ts';

/** Reads the institutions around the book from the resources; 'invalidFile' names what is wrong. */
export function readSystem(resourcesFolder: string): Result<FinancialSystem> {
  const file = join(resourcesFolder, 'system', 'institutions.json');
  const read = readAs(file, financialSystem);
  return read.ok ? systemProblem(read.value, file) : read;
}

/** Reads what moving collateral takes, and how soon it may be needed, from the resources; 'invalidFile' names what is wrong. */
export function readTransferTerms(resourcesFolder: string): Result<TransferTerms> {
  const terms = readAs(join(resourcesFolder, 'system', 'transfers.json'), transferTerms);
  if (!terms.ok) return terms;
  const moves = readAs(join(resourcesFolder, 'system', 'moves.json'), recordedMoves);
  return moves.ok ? succeed({ ...terms.value, moves: moves.value }) : moves;
}

function readAs<T>(file: string, schema: z.ZodType<T>): Result<T> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    return fail('storage', `${file} cannot be read: ${String(cause)}`, { remedy: 'Reinstall Interlock.', where: { file } });
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? succeed(parsed.data) : fail('invalidFile', `${file}: ${z.prettifyError(parsed.error)}`, { where: { file } });
}

/** The system, unless two institutions share a name or a claim names one that is not there. */
export function systemProblem(system: FinancialSystem, file: string): Result<FinancialSystem> {
  const seen = new Set<string>();
  for (const name of system.institutions.flatMap(({ id, venueIds, issuers }) => [
    `id ${id}`,
    ...venueIds.map((each) => `venue ${each}`),
    ...issuers.map((each) => `issuer ${each}`),
  ])) {
    if (seen.has(name)) return fail('invalidFile', `${file}: ${name} belongs to two institutions`, { where: { file } });
    seen.add(name);
  }
  const lost = system.claims.flatMap(({ creditorId, debtorId }) => [creditorId, debtorId]).find((id) => !seen.has(`id ${id}`));
  return lost === undefined
    ? succeed(system)
    : fail('invalidFile', `${file}: a claim names ${lost}, which is not there`, { where: { file } });
}
