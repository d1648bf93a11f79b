import type { FailureModel } from '../../contract/contagion.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { FinancialSystem } from '../../domain/system.ts';
import type { FailureJob, FailureJobResult } from '../../engine/contagion/failure/failure-job.ts';
import { CLAIM_MODEL } from '../../engine/contagion/failure/institution-network.ts';
import { readHolders } from '../../engine/contagion/failure/holders.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { packBook, type PackResult } from '../pack.ts';
import type { RunContext } from '../scenarios.ts';
import { packInstitutions, type InstitutionPack, type SystemEnd } from './institution-pack.ts';

/** The models of claims in the order in which they are told; the fire sale comes last. */
export const CLAIM_MODELS = [
  'direct',
  'eisenbergNoe',
  'rogersVeraart',
  'debtRank',
  'threshold',
  'thresholdRecovery',
] as const satisfies readonly Exclude<FailureModel, 'fireSale'>[];
export const SYSTEM_ENDS = ['mild', 'severe'] as const;

/** Which failure. */
export type FailureWish = { readonly nodeId: string | undefined; readonly recoveryFraction: number };

/** A book inside its system, ready for failures. */
export type FailureDesk = { readonly inputs: AnalysisInputs; readonly pack: PackResult; readonly around: InstitutionPack };

/** Everything the engine said of one failure, before it is put into words. */
export type FailureRun = FailureDesk & {
  readonly failed: number;
  readonly recoveryFraction: number;
  /** Loss of the whole book by institution if it fails, directly, USD. */
  readonly directLossUsd: Float64Array;
  /** Direct loss of the whole book where the failed one pays nothing, as the models without recovery take it, USD. */
  readonly worthlessLossUsd: number;
  readonly results: Readonly<Record<SystemEnd, Readonly<Record<(typeof CLAIM_MODELS)[number], FailureJobResult>>>>;
};

/** Packs the book and what stands around it. */
export function seatBook(inputs: AnalysisInputs, system: FinancialSystem): Result<FailureDesk> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!packed.ok) return packed;
  const holders = readHolders(packed.value.packed, 0);
  const bookUsd = holders.exposureUsd.reduce((sum, value) => sum + Math.abs(value), 0);
  return succeed({ inputs, pack: packed.value, around: packInstitutions(inputs.contents, system, bookUsd) });
}

/** Runs one failure at both ends of the system under every model, in the pool. */
export async function runFailures(
  desk: FailureDesk,
  wish: FailureWish,
  work: { pool: Pool; context: RunContext },
): Promise<Result<FailureRun>> {
  const { around, pack } = desk;
  const { pool, context } = work;
  pool.share(pack.packed.id, pack.packed);
  const direct = await directLosses(desk, wish.recoveryFraction, work);
  if (!direct.ok) return direct;
  const failed = chosenInstitution(around, wish.nodeId, direct.value);
  if (!failed.ok) return failed;
  const jobs = SYSTEM_ENDS.flatMap((end) =>
    CLAIM_MODELS.map((model) => failureJob(desk, { end, model, failed: failed.value, recoveryFraction: wish.recoveryFraction })),
  );
  const worthless = { ...failureJob(desk, { end: 'severe', model: 'direct', failed: failed.value, recoveryFraction: 0 }), sales: null };
  const done = await pool.run({ name: 'failure', inputs: [...jobs, worthless] }, context.signal, (at, total) =>
    context.progress('Passing the failure on', at, total),
  );
  if (!done.ok) return done;
  const half = (end: SystemEnd): FailureRun['results'][SystemEnd] =>
    Object.fromEntries(
      CLAIM_MODELS.map((model, m) => [model, done.value[SYSTEM_ENDS.indexOf(end) * CLAIM_MODELS.length + m]]),
    ) as FailureRun['results'][SystemEnd];
  return succeed({
    ...desk,
    failed: failed.value,
    recoveryFraction: wish.recoveryFraction,
    directLossUsd: direct.value,
    worthlessLossUsd: done.value.slice(jobs.length).reduce((sum, each) => sum + lossOf(each), 0),
    results: { mild: half('mild'), severe: half('severe') },
  });
}

/** What a job is asked. */
export type FailureQuestion = {
  readonly end: SystemEnd;
  readonly model: (typeof CLAIM_MODELS)[number];
  readonly failed: number;
  readonly recoveryFraction: number;
};

/** One failure as a job; the fire sale goes with the direct model, on whose losses it builds. */
export function failureJob({ inputs, pack, around }: FailureDesk, question: FailureQuestion): FailureJob {
  const { end, model, failed, recoveryFraction } = question;
  const { venue } = pack.packed.accounts;
  return {
    packedId: pack.packed.id,
    quantities: null,
    setting: { ...around.ties, network: around.network[end], failed, recoveryFraction, model: CLAIM_MODEL[model] },
    sales:
      model === 'direct'
        ? {
            venues: inputs.contents.venues.length,
            thinningFraction: inputs.assumptions.depthThinningFraction,
            soldUsd: Float64Array.from(pack.driverIds, (id) => around.salesUsd(failed, id, end)),
            frozen: Uint8Array.from(venue, (at) => (around.ties.venueInstitution[at] === failed ? 1 : 0)),
          }
        : null,
  };
}

/** What each institution's failure costs directly, by institution. */
async function directLosses(
  desk: FailureDesk,
  recoveryFraction: number,
  { pool, context }: { pool: Pool; context: RunContext },
): Promise<Result<Float64Array>> {
  const jobs = desk.around.institutions.map((_, failed) => ({
    ...failureJob(desk, { end: 'severe', model: 'direct', failed, recoveryFraction }),
    sales: null,
  }));
  const done = await pool.run({ name: 'failure', inputs: jobs }, context.signal, (at, total) =>
    context.progress('Looking through', at, total),
  );
  if (!done.ok) return done;
  return succeed(Float64Array.from(done.value, lossOf));
}

/** What the book loses in an outcome, USD. */
export function lossOf({ outcome }: Pick<FailureJobResult, 'outcome'>): number {
  return outcome.equityBeforeUsd.reduce((sum, had, a) => sum + had - (outcome.equityAfterUsd[a] ?? 0), 0);
}

function chosenInstitution({ institutions }: InstitutionPack, nodeId: string | undefined, directLossUsd: Float64Array): Result<number> {
  if (institutions.length === 0) return fail('notFound', 'the book has no venue and no issued token, so nothing can fail');
  if (nodeId === undefined) return succeed(directLossUsd.indexOf(Math.max(...directLossUsd)));
  const found = institutions.findIndex(({ id }) => id === nodeId);
  if (found >= 0) return succeed(found);
  return fail('notFound', `the book has nothing to do with "${nodeId}"`, {
    remedy: `It knows ${institutions.map(({ id }) => id).join(', ')}.`,
  });
}
