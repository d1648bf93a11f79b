import type { FanResult } from '../contract/cascade-fan.ts';
import type { Services } from '../contract/contract.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { digestOf, readInputs } from './analysis.ts';
import type { AnalysisInputs } from './analysis/engine-run.ts';
import { bothEndsResult } from './cascade-fan/both-ends-result.ts';
import { fanResult } from './cascade-fan/fan-result.ts';
import { packBook, type PackResult } from './pack.ts';
import { questionDigest, remembered } from './remembered.ts';
import { cascadeRules, packShocks, type RunContext } from './scenarios.ts';
import type { Session } from './session.ts';

/** Draws per part of work. Fixed, so that the parts do not depend on the number of workers. */
const DRAWS_PER_CHUNK = 25;

/** What a fan waits by where neither it nor the assumptions say. */
const DEFAULT_LATENCY = { distribution: 'geometric', meanRounds: 1, seed: 7 } as const;

/** One cascade drawn many times, and searched for its outcomes from both ends. */
export function createCascadeFanServices(session: Session, pool: Pool): Pick<Services, 'analysis.fan' | 'analysis.bothEnds'> {
  return {
    'analysis.fan': async (input, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const inputs = readInputs(book.value, input);
      if (!inputs.ok) return inputs;
      if (input.spread.recoveryLow > input.spread.recoveryHigh) {
        return fail('usage', 'the least recovery of a fan is above the largest');
      }
      const spread = { ...input.spread, latency: input.spread.latency ?? inputs.value.assumptions.latency ?? DEFAULT_LATENCY };
      const bookDigest = book.value.digest();
      const key = questionDigest([digestOf(bookDigest, inputs.value), input.draws, spread]);
      const wish = { spread, draws: input.draws };
      return remembered(session, { slot: session.fan, key, bookDigest }, () => drawFan(inputs.value, wish, { ...context, pool }));
    },
    'analysis.bothEnds': async (input, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const inputs = readInputs(book.value, input);
      if (!inputs.ok) return inputs;
      const pack = packBook(inputs.value.contents, inputs.value.snapshot, inputs.value.scenarioSet);
      if (!pack.ok) return pack;
      const found = await pool.run({ name: 'bothEnds', inputs: [oneCascade(inputs.value, pack.value, pool)] }, context.signal);
      if (!found.ok) return found;
      const [first] = found.value;
      return first === undefined ? fail('internal', 'a job gave no answer') : succeed(bothEndsResult(inputs.value, pack.value, first));
    },
  };
}

/** Draws the cascade in fixed parts. */
async function drawFan(
  inputs: AnalysisInputs,
  { spread, draws }: Pick<FanResult, 'spread' | 'draws'>,
  { pool, signal, progress }: RunContext & { readonly pool: Pool },
): Promise<Result<FanResult>> {
  const pack = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!pack.ok) return pack;
  const question = oneCascade(inputs, pack.value, pool);
  const chunks = Array.from({ length: Math.ceil(draws / DRAWS_PER_CHUNK) }, (_, i) => ({
    ...question,
    spread,
    firstDraw: i * DRAWS_PER_CHUNK,
    draws: Math.min(DRAWS_PER_CHUNK, draws - i * DRAWS_PER_CHUNK),
  }));
  const tables = await pool.run({ name: 'fan', inputs: chunks }, signal, (done, total) => progress('Drawing cascades', done, total));
  return tables.ok ? succeed(fanResult({ inputs, pack: pack.value, spread, tables: tables.value })) : tables;
}

/** The shock of an analysis as the engine takes it. */
function oneCascade(inputs: AnalysisInputs, pack: PackResult, pool: Pool) {
  pool.share(pack.packed.id, pack.packed);
  const { moves } = packShocks([inputs.shock], pack.driverIds);
  const rules = cascadeRules(inputs.assumptions, pack);
  return { packedId: pack.packed.id, quantities: null, moves, volatilityShift: inputs.shock.volatilityShift, rules };
}
