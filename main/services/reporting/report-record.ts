import { createHash } from 'node:crypto';
import { z } from 'zod';
import { encode, readWire } from '../../contract/codec.ts';
import { reportInputs, type ReportInputs, type ReportResults } from '../../contract/report-record.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { DEFAULT_SEED, ENGINE_VERSION } from '../analysis.ts';

/** Layout of the record; another one is refused by name. */
export const RECORD_VERSION = 3;
const FORMAT = 'interlock-report';

/** What a report carries to be computed again: inputs, results, and what they were computed with. */
export type ReportRecord = {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly engineVersion: string;
  readonly seed: number;
  /** SHA-256 of each input as it is written in `inputs`, hex. */
  readonly digests: Readonly<Record<'contents' | 'snapshot' | 'scenarioSet' | 'rest', string>>;
  readonly inputs: ReportInputs;
  readonly results: ReportResults;
};

/** The record as it stands in a file, and its SHA-256: the name under which a printed page is found again. */
export type WrittenRecord = { readonly record: ReportRecord; readonly text: string; readonly digest: string };

/** Writes the record. Equal inputs and results give equal bytes: no time, no path, no run id. */
export function writeRecord(inputs: ReportInputs, results: ReportResults): WrittenRecord {
  const digests = inputDigests(inputs);
  const record: ReportRecord = {
    format: FORMAT,
    version: RECORD_VERSION,
    engineVersion: ENGINE_VERSION,
    seed: DEFAULT_SEED,
    digests,
    inputs,
    results,
  };
  const text = `${encode(record)}\n`;
  return { record, text, digest: sha256(text) };
}

/** The parts of a record that can be trusted only after they have been computed again. */
export type ReadRecord = Omit<ReportRecord, 'results'> & { readonly results: unknown };

const head = z.looseObject({
  format: z.literal(FORMAT),
  version: z.number(),
  engineVersion: z.string(),
  seed: z.number(),
  inputs: z.unknown(),
});
const named = z.looseObject({
  contents: z.unknown(),
  snapshot: z.unknown(),
  scenarioSet: z.unknown(),
});

/**
 * Reads a record far enough to compute it again. Named failures: no record, another layout, another engine, no book in it, inputs that are
 * not what their digests say.
 */
export function readRecord(text: string): Result<ReadRecord> {
  const wire = readWire(text);
  const parsed = wire.ok ? head.safeParse(wire.value) : null;
  if (parsed?.success !== true)
    return fail('damaged', 'the record in the file cannot be read: it was cut off, or is not of an Interlock report', {
      remedy: 'Take the file as it was written.',
    });
  const { version, engineVersion, seed } = parsed.data;
  if (version !== RECORD_VERSION)
    return fail('unsupported', `the record is of layout ${version}; this program reads layout ${RECORD_VERSION}`, {
      remedy: 'Verify it with the program that wrote it.',
    });
  if (engineVersion !== ENGINE_VERSION)
    return fail('unsupported', `the report was computed by engine ${engineVersion}; this program has engine ${ENGINE_VERSION}`, {
      remedy: `Only engine ${engineVersion} can repeat its figures: verify it with the program that wrote it.`,
    });
  if (seed !== DEFAULT_SEED)
    return fail('unsupported', `the report was computed with seed ${seed}; this program computes with seed ${DEFAULT_SEED}`);
  const inputs = named.safeParse(parsed.data.inputs);
  const missing = (['contents', 'snapshot', 'scenarioSet'] as const).find((key) => !inputs.success || inputs.data[key] === undefined);
  if (missing !== undefined)
    return fail('notFound', `the record holds no ${INPUT_NAMES[missing]}, so its figures cannot be computed again`, {
      remedy: 'Take the file as it was written.',
    });
  return checkInputs(wire.ok ? (wire.value as ReadRecord) : (parsed.data as unknown as ReadRecord));
}

/** What each input is called where it is missing or altered. */
const INPUT_NAMES = { contents: 'book', snapshot: 'market snapshot', scenarioSet: 'scenario set', rest: 'request' } as const;

/** The inputs are valid and are those whose digests the record states. They are used as written, since digests are taken over their text. */
function checkInputs(record: ReadRecord): Result<ReadRecord> {
  const valid = reportInputs.safeParse(record.inputs);
  if (!valid.success) return fail('damaged', `the inputs in the record are not valid: ${z.prettifyError(valid.error)}`);
  const found = inputDigests(record.inputs);
  const stated: Partial<Record<string, unknown>> = typeof record.digests === 'object' ? record.digests : {};
  for (const key of Object.keys(found) as (keyof typeof found)[]) {
    if (stated[key] === found[key]) continue;
    return fail('damaged', `the ${INPUT_NAMES[key]} in the record was altered after the report was written`, {
      remedy: 'Take the file as it was written.',
      where: { column: `inputs.${key}`, value: found[key].slice(0, 16) },
    });
  }
  return succeed(record);
}

function inputDigests({ contents, snapshot, scenarioSet, ...rest }: ReportInputs): ReportRecord['digests'] {
  return {
    contents: sha256(encode(contents)),
    snapshot: sha256(encode(snapshot)),
    scenarioSet: sha256(encode(scenarioSet)),
    rest: sha256(encode(rest)),
  };
}

/** SHA-256 of a text or bytes, hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
