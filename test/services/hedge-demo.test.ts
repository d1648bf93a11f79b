import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallContext } from '../../main/contract/contract.ts';
import type { HedgeResult } from '../../main/contract/hedge.ts';
import { hedgeResult } from '../../main/contract/hedge.ts';
import { resourcesFolder } from '../../main/hosts/folders.ts';
import { readTransferTerms } from '../../main/market/system-file.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { analyseOpenBook } from '../../main/services/analysis.ts';
import { createBookServices } from '../../main/services/book.ts';
import { createHedgeServices } from '../../main/services/hedge.ts';
import { createSession } from '../../main/services/session.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const pool = createInlinePool();
const terms = readTransferTerms(resourcesFolder);
if (!terms.ok) throw new Error(terms.failure.message);
const session = createSession({ announce: () => undefined, transferTerms: terms.value });
const services = createHedgeServices(session, pool);
/** A busy machine must not turn a result into 'timeLimit'. */
const unhurried = 600_000;
let runs = 0;

function context(): CallContext {
  runs += 1;
  return { signal: new AbortController().signal, progress: () => undefined, runId: `demo-${runs}` };
}

describe('the demo book', () => {
  let result: HedgeResult;
  beforeAll(async () => {
    const opened = await createBookServices({ session, resourcesFolder, defaultFolder: folder.path })['book.openDemo']({}, context());
    if (!opened.ok) throw new Error(opened.failure.message);
    const answer = await services['hedge.suggest']({ timeLimitMs: unhurried }, context());
    if (!answer.ok) throw new Error(answer.failure.message);
    result = hedgeResult.parse(answer.value);
  });
  afterAll(() => {
    session.close();
    folder.remove();
  });

  test('an account that is safe alone and falls jointly is saved, and nobody falls at the reference shock', async () => {
    const analysis = await analyseOpenBook({ session, pool, input: {}, context: context() });
    if (!analysis.ok) throw new Error(analysis.failure.message);
    const move = analysis.value.reference.moves['ETH'] ?? 0;
    const jointly = analysis.value.accounts.filter(
      (account) => account.fallsInRound !== null && (account.aloneMove === null || account.aloneMove < move),
    );
    expect(jointly.length).toBeGreaterThan(0);
    for (const account of jointly) expect(result.savedAccountIds).toContain(account.accountId);
    expect(result.after.fallenAtReference).toEqual([]);
    expect(['optimal', 'feasible']).toContain(result.status);
  });

  test('what it says of the book before agrees with the analysis', async () => {
    const analysis = await analyseOpenBook({ session, pool, input: {}, context: context() });
    if (!analysis.ok) throw new Error(analysis.failure.message);
    const { distribution, cascade, accounts } = analysis.value;
    expect(result.before.expectedShortfallUsd).toBeCloseTo(distribution.expectedShortfallUsd, 2);
    expect(result.before.anyLiquidationFraction).toBe(distribution.anyLiquidationFraction);
    expect([...result.before.fallenAtReference].sort()).toEqual(cascade.fallen.map((fallen) => fallen.accountId).sort());
    for (const account of accounts) {
      const effect = result.accounts.find((each) => each.accountId === account.accountId);
      expect(effect?.jointMoveBefore).toEqual(account.jointMove);
    }
  });

  test('program and cascade agree, the gap to all candidates is small, and it is a handful of legs with reasons', () => {
    expect(Math.abs(result.recheck.gapFraction)).toBeLessThan(0.02);
    expect(result.gapFraction).toBeLessThan(0.05);
    expect(result.legs.length).toBeLessThanOrEqual(15);
    for (const leg of result.legs) expect(leg.why.length).toBeGreaterThan(30);
    expect(result.after.expectedShortfallUsd).toBeLessThan(0.8 * result.before.expectedShortfallUsd);
    expect(result.whatCouldGoWrong).toHaveLength(3);
  });

  test('a small budget still keeps every account alive', async () => {
    const answer = await services['hedge.suggest']({ budgetUsd: 2000, timeLimitMs: unhurried }, context());
    if (!answer.ok) throw new Error(answer.failure.message);
    expect(answer.value.after.costUsd).toBeLessThanOrEqual(2000);
    expect(answer.value.after.fallenAtReference).toEqual([]);
  });
});
