import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallContext } from '../../../main/contract/contract.ts';
import type { HedgeSurvivalWish } from '../../../main/contract/hedge-survival.ts';
import type { Result } from '../../../main/domain/failure.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { createHedgeServices } from '../../../main/services/hedge.ts';
import { createSession } from '../../../main/services/session.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { deskContents, deskSet, deskSnapshot, type Desk } from '../hedge-desk.ts';

/** Loans that need little, and an account with room to go short: what the hedge is worth is what is left of it on the worst days. */
const desk: Desk = {
  loans: [{ id: 'A', eth: 1000, usdc: 1_200_000 }],
  perpetual: { cash: 3_000_000, eth: 0 },
  cash: 900_000,
  reserveEth: 60_000,
};
const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const hedges = createHedgeServices(session, createInlinePool());
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
};
const suggested = async (survival: HedgeSurvivalWish) =>
  valueOf(await hedges['hedge.suggest']({ survival, timeLimitMs: 600_000 }, context));
const compared = async (survival: HedgeSurvivalWish) =>
  valueOf(await hedges['hedge.alternatives']({ survival, timeLimitMs: 600_000 }, context));

beforeAll(() => {
  const contents = deskContents(desk);
  valueOf(
    session.create(join(folder.path, 'desk.interlock'), {
      contents,
      notes: [],
      scenarioSets: [deskSet],
      activeScenarioSetId: deskSet.id,
      snapshot: deskSnapshot(desk),
    }),
  );
});

afterAll(() => {
  session.close();
  folder.remove();
});

describe('alternatives compared with what is taken to go wrong with hedges', () => {
  test('the program of the comparison is the suggestion that is asked with the same assumptions, and is loaded with them', async () => {
    const amounts: number[] = [];
    for (const survival of [{ isOff: true }, { frozenFraction: 0.2, deleveragedFraction: 0.2, depeggedFraction: 0.2, depegFraction: 1 }]) {
      const hedge = await suggested(survival);
      const found = await compared(survival);
      const program = found.alternatives.find(({ id }) => id === 'program');
      expect(program?.measures).toEqual(hedge.after);
      expect(program?.wish).toEqual({ survival });
      for (const { id, wish } of found.alternatives) if (wish !== null) expect([id, wish.survival]).toEqual([id, survival]);
      amounts.push(hedge.after.expectedShortfallUsd);
    }
    // Hedges that are lost often are not worth their cost: the two programs are not the same.
    expect(amounts[0]).not.toBe(amounts[1]);
  });

  test('is another comparison for other assumptions, so that neither stands in for the other', async () => {
    const digests = [await compared({}), await compared({ isOff: true })].map(({ inputsDigest }) => inputsDigest);
    expect(new Set(digests).size).toBe(2);
  });
});
