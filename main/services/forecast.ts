import { createHash } from 'node:crypto';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { ForecastResult } from '../contract/forecast.ts';
import type { OutlookWish } from '../contract/report-outlook.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { Pool } from '../pool/pool-types.ts';
import { digestOf, readInputs } from './analysis.ts';
import { openModel } from './forecast/open-model.ts';
import { runForecast } from './forecast/run-forecast.ts';
import type { Session } from './session.ts';

type Deps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** What requirements may come to; answers from memory when nothing has changed. */
export function createForecastServices(deps: Deps): Pick<Services, 'forecast.run'> {
  return { 'forecast.run': (input, context) => forecastOpenBook(deps, input, context) };
}

async function forecastOpenBook(
  { session, pool, resourcesFolder }: Deps,
  { scenarioSetId, alpha, draws, seed, changes }: ParsedInputOf<'forecast.run'>,
  context: CallContext,
): Promise<Result<ForecastResult>> {
  const started = performance.now();
  const opened = session.book();
  if (!opened.ok) return opened;
  const inputs = readInputs(opened.value, { scenarioSetId });
  if (!inputs.ok) return inputs;
  const bookDigest = opened.value.digest();
  const wish = { alpha, seed, changes };
  const inputsDigest = forecastKey(digestOf(bookDigest, inputs.value), { ...wish, draws });
  const known = session.forecast.get(inputsDigest);
  if (known !== null) {
    // The forecast asked for last is the one whose numbers are explained.
    session.forecast.set(inputsDigest, known);
    session.forecastWish.set(inputsDigest, { ...wish, draws });
    return succeed(known);
  }
  const model = openModel(inputs.value, seed, resourcesFolder);
  if (!model.ok) return model;
  const { pack, book } = model.value;
  const bare = await runForecast({ inputs: inputs.value, pack, book, draws, pool, context }, wish);
  if (!bare.ok) return bare;
  const result = { runId: context.runId, inputsDigest, ...bare.value, elapsedMs: performance.now() - started };
  // The book may have been closed or edited meanwhile: what it was then is answered, but not kept.
  const now = session.book();
  if (now.ok && now.value === opened.value && opened.value.digest() === bookDigest) {
    session.forecast.set(inputsDigest, result);
    session.forecastWish.set(inputsDigest, { ...wish, draws });
  }
  return succeed(result);
}

/** Under which a forecast is kept: its book, market and set, and what it was asked with. */
export function forecastKey(digest: string, { alpha, seed, changes, draws }: NonNullable<OutlookWish['forecast']>): string {
  return createHash('sha256').update(digest).update(JSON.stringify({ alpha, seed, changes, draws })).digest('hex');
}
