import { describe, expect, it } from 'vitest';
import type { BookContents } from '../../../main/domain/book.ts';
import type { Result } from '../../../main/domain/failure.ts';
import type { Snapshot } from '../../../main/domain/snapshot.ts';
import { runOff } from '../../../main/engine/collateral/run-off.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { readDemo } from '../../../main/market/demo.ts';
import { readTransferTerms } from '../../../main/market/system-file.ts';
import { collateralLots } from '../../../main/services/network/run-off-lots.ts';
import { packBook } from '../../../main/services/pack.ts';

const demo = taken(readDemo(resourcesFolder));
const terms = taken(readTransferTerms(resourcesFolder));
const scenarioSet = demo.scenarioSets[0];

function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** The lots of the demo with something changed, and the share that leaves within a week. */
function lotsOf(change: { contents?: Partial<BookContents>; snapshot?: Partial<Snapshot>; terms?: Partial<typeof terms> } = {}) {
  if (scenarioSet === undefined) throw new Error('the demo has no scenarios');
  const contents = { ...demo.contents, ...change.contents };
  const snapshot = { ...demo.snapshot, ...change.snapshot };
  const pack = taken(packBook(contents, snapshot, scenarioSet));
  const accounts = makeAccountMeasures(pack.packed.accounts.count);
  evaluateAccounts(pack.packed, pack.packed.initial, accounts);
  const inputs = { contents, snapshot, scenarioSet, shock: scenarioSet.reference, assumptions: scenarioSet.cascade };
  const lots = collateralLots({ inputs, pack, values: { accounts } }, { ...terms, ...change.terms });
  return { lots, week: runOff(lots, lots.ratePerHourUsd, 168), pack };
}

describe('what of the demo’s collateral may leave', () => {
  const { lots, week } = lotsOf();

  it('is some of it, not all, and more with time', () => {
    expect(week).toBeGreaterThan(0);
    expect(week).toBeLessThan(0.5);
    expect(runOff(lots, lots.ratePerHourUsd, 1)).toBeLessThan(runOff(lots, lots.ratePerHourUsd, 24));
  });

  it('keeps shares between nothing and everything, and times above zero', () => {
    for (const values of [lots.freeFraction, lots.idleFraction]) expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(lots.delayHours.every((hours) => hours > 0)).toBe(true);
  });

  it('grows when a pool is used less, and a use that is not known keeps everything in', () => {
    const wsteth = { venueId: 'aave', marketId: 'pool', assetId: 'wstETH', borrowRatePerYear: 0, supplyRatePerYear: 0, source: 'test' };
    const withUse = (utilisationFraction: number) =>
      lotsOf({ snapshot: { reserves: [...demo.snapshot.reserves, { ...wsteth, utilisationFraction }] } });
    expect(withUse(0.2).week).toBeGreaterThan(withUse(0.9).week);
    expect(withUse(1).week).toBeCloseTo(week, 12);
    expect(withUse(0.9).lots.coverageFraction).toBeGreaterThan(lots.coverageFraction);
  });

  it('is less, and known of less, when an issuer has no queue on record', () => {
    const without = lotsOf({ terms: { issuers: terms.issuers.filter(({ issuer }) => issuer !== 'Lido') } });
    expect(without.week).toBeLessThan(week);
    expect(without.lots.coverageFraction).toBeLessThanOrEqual(lots.coverageFraction);
  });

  it('is everything the venues pay in a week where nobody owes anything', () => {
    const debtors = new Set(demo.contents.positions.flatMap((row) => (row.quantity.startsWith('-') ? [row.accountId] : [])));
    const accounts = demo.contents.accounts.filter((row) => !debtors.has(row.id));
    const kept = new Set(accounts.map((row) => row.id));
    const { lots: free, pack } = lotsOf({
      contents: {
        accounts,
        positions: demo.contents.positions.filter((row) => kept.has(row.accountId)),
        pledges: demo.contents.pledges.filter((row) => kept.has(row.accountId)),
      },
    });
    expect(free.valueUsd.length).toBeGreaterThan(0);
    expect(pack.accountIds.length).toBe(accounts.length);
    expect(Math.min(...free.freeFraction)).toBeGreaterThan(0);
  });
});
