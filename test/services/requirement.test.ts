import { beforeAll, describe, expect, test } from 'vitest';
import { requirementResult, type RequirementResult } from '../../main/contract/requirement.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { composeRows } from '../../main/services/requirement/compose-rows.ts';
import { runRequirement, type RequirementRun } from '../../main/services/requirement/run-requirement.ts';
import { expectClose } from '../support/expect-close.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const inputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};
const context = { signal: new AbortController().signal, progress: () => undefined };

let run: RequirementRun;
let result: RequirementResult;

beforeAll(async () => {
  const found = await runRequirement(inputs, createInlinePool(), context);
  if (!found.ok) throw new Error(found.failure.message);
  run = found.value;
  result = { runId: 'test', inputsDigest: '', ...composeRows(run) };
}, 120_000);

function rowOf(accountId: string): RequirementResult['accounts'][number] {
  const row = result.accounts.find((each) => each.accountId === accountId);
  if (row === undefined) throw new Error(`no account ${accountId}`);
  return row;
}

describe('how the requirements of the sample system move', () => {
  test('the answer is what the contract says', () => {
    expect(requirementResult.safeParse(result).error).toBeUndefined();
  });

  test('alone and coupling add up to joint, and the accounts to the book', () => {
    for (const greek of result.book.greeks) {
      expectClose({ actual: greek.aloneUsd + greek.couplingUsd, expected: greek.jointUsd, rel: 1e-9, abs: 1e-3 });
      const parts = result.accounts.map((row) => row.greeks.find((each) => each.driver === greek.driver));
      for (const name of ['aloneUsd', 'jointUsd', 'excessDeltaUsd', 'requirementDeltaUsd'] as const) {
        if (greek[name] === null) continue;
        const sum = parts.reduce((total, part) => total + (part?.[name] ?? 0), 0);
        expectClose({ actual: sum, expected: greek[name], rel: 1e-9, abs: 1e-3, inputs: { driver: greek.driver, name } });
      }
    }
  });

  test('a bump of one per cent changes the excess by its delta and gamma, to what is left of third order', () => {
    for (const row of result.accounts) {
      for (const greek of row.greeks.filter((each) => each.driver.startsWith('price:'))) {
        const logMove = Math.log(0.99);
        const second = (greek.excessDeltaUsd ?? 0) * logMove + 0.5 * (greek.excessGammaUsd ?? 0) * logMove ** 2;
        const gross = Math.abs(greek.excessDeltaUsd ?? 0) + Math.abs(greek.excessGammaUsd ?? 0) + 1;
        expectClose({
          actual: greek.aloneUsd,
          expected: second,
          abs: 1e-4 * gross,
          inputs: { account: row.accountId, driver: greek.driver },
        });
      }
    }
  });

  test('without others that react, joint is alone', async () => {
    const alone = await runRequirement(
      {
        ...inputs,
        snapshot: sampleSnapshot(0),
        contents: {
          ...inputs.contents,
          accounts: inputs.contents.accounts.slice(0, 1),
          positions: inputs.contents.positions.filter((each) => each.accountId === 'POOL-1'),
        },
      },
      createInlinePool(),
      context,
    );
    if (!alone.ok) throw new Error(alone.failure.message);
    const [row] = composeRows(alone.value).accounts;
    for (const greek of row?.greeks ?? []) if (greek.driver !== 'depth') expectClose({ actual: greek.couplingUsd, expected: 0, abs: 1e-6 });
  }, 60_000);

  test('less depth never helps an account that owes dollars at the shock', () => {
    const depth = rowOf('POOL-1').greeks.find((each) => each.driver === 'depth');
    expect(depth?.aloneUsd).toBe(0);
    expect(depth?.jointUsd).toBeLessThanOrEqual(0);
  });

  test('together the accounts are never farther from a call than alone, and a chance grows with time', () => {
    for (const { distance } of result.accounts) {
      if (distance === null) continue;
      expect(distance.joint?.sigmaDays ?? Infinity).toBeLessThanOrEqual((distance.alone?.sigmaDays ?? Infinity) + 1e-9);
      expect(distance.chanceJoint.hour).toBeLessThanOrEqual(distance.chanceJoint.day);
      expect(distance.chanceJoint.day).toBeLessThanOrEqual(distance.chanceJoint.week);
    }
    expect(rowOf('CUSTODY').distance).toBeNull();
  });

  test('for an account of one driver the search agrees with the slope; for short options the slope is too far', () => {
    const vault = rowOf('VAULT-1').distance;
    expectClose({ actual: vault?.alone?.sigmaDays ?? NaN, expected: vault?.linearSigmaDays ?? NaN, rel: 2e-3 });
    const options = rowOf('OPT-1').distance;
    expect(options?.alone?.sigmaDays ?? Infinity).toBeLessThan(options?.linearSigmaDays ?? 0);
  });

  test('a tier ahead is said with the move at which it begins', () => {
    const next = rowOf('PERP-1').switches.find((each) => each.driver === 'ETH');
    expect(next?.text).toMatch(/ETH/);
    expect(next?.kind).not.toBe('none');
  });

  test('the health factor of a loop of ether against ether does not move with ether', () => {
    expectClose({ actual: rowOf('POOL-LOOP').healthSlope?.['ETH'] ?? NaN, expected: 0, abs: 1e-9 });
    expect(rowOf('PERP-1').healthSlope).toBeNull();
  });

  test('a cancelled run says so', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const found = await runRequirement(inputs, createInlinePool(), { ...context, signal: stopped.signal });
    expect(found).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  });
});
