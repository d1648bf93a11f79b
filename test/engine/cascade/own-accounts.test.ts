import { expect, test } from 'vitest';
import type { BookContents } from '../../../main/domain/book.ts';
import type { Snapshot } from '../../../main/domain/snapshot.ts';
import type { CascadeRules } from '../../../main/engine/cascade/cascade-types.ts';
import { onlyVenue } from '../../../main/engine/cascade/participants.ts';
import { traceCascade, type CascadeTrace } from '../../../main/engine/scenario/trace-cascade.ts';
import { packBook, type PackResult } from '../../../main/services/pack.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const rules: CascadeRules = { depthThinningFraction: 0, maxRounds: 60, includeCrowd: true };

function pack(contents: BookContents, snapshot: Snapshot = sampleSnapshot(0)): PackResult {
  const packed = packBook(contents, snapshot, sampleScenarioSet());
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value;
}

function shockOf(result: PackResult, eth: number, more: Partial<CascadeRules> = {}): CascadeTrace {
  const moves = Float64Array.from(result.driverIds, (id) => (id === 'ETH' ? eth : 0));
  const shared = new Map<string, unknown>([[result.packed.id, result.packed]]);
  return traceCascade({ packedId: result.packed.id, quantities: null, moves, volatilityShift: 0, rules: { ...rules, ...more } }, shared);
}

/** The sample book with only some accounts. */
function only(...accountIds: readonly string[]): BookContents {
  const contents = sampleContents();
  return {
    ...contents,
    accounts: contents.accounts.filter((account) => accountIds.includes(account.id)),
    positions: contents.positions.filter((position) => accountIds.includes(position.accountId)),
    pledges: [],
  };
}

test('a perpetual account that falls is closed at the mark, pays the fee on its notional, and its delta moves the spot market', () => {
  const result = pack(only('PERP-1'));
  const trace = shockOf(result, -0.22);
  const mark = 2000 * 0.78 * (2002 / 2000);
  const equity = 500_000 + 1200 * (mark - 2050);
  expect(trace.result.shockedEquityUsd[0]).toBeCloseTo(equity, 6);
  expect(trace.result.fallenRound[0]).toBe(1);
  expect(trace.result.equityUsd[0]).toBeCloseTo(equity - 0.01 * 1200 * mark, 6);
  const delta = 1200 * (2002 / 2000);
  expect(trace.rounds[0]?.soldQuantity[result.assetIds.indexOf('ETH')]).toBeCloseTo(delta, 9);
  expect(trace.result.finalState.priceUsd[result.assetIds.indexOf('ETH')]).toBeCloseTo(1560 * (60_000 / (60_000 + delta)) ** 2, 8);
});

test('a short perpetual account that falls when prices rise buys back and drives the price further up', () => {
  const contents = only('PERP-1');
  const short = {
    ...contents,
    positions: contents.positions.map((position) =>
      position.instrumentId === 'perps:ETH' ? { ...position, quantity: '-1200' } : position,
    ),
  };
  const result = pack(short);
  const trace = shockOf(result, 0.3);
  expect(trace.result.fallenRound[0]).toBe(1);
  expect(trace.result.finalState.priceUsd[result.assetIds.indexOf('ETH')]).toBeGreaterThan(2600);
});

test('a closed coin-margined account keeps its coin: afterwards its equity moves with the coin alone', () => {
  const contents = only('OPT-1', 'VAULT-1');
  const result = pack(contents);
  const trace = shockOf(result, -0.4);
  const account = result.accountIndex.get('OPT-1') ?? -1;
  expect(trace.result.fallenRound[account]).toBeGreaterThan(0);
  const equity = trace.result.equityUsd[account] ?? NaN;
  const price = trace.result.finalState.priceUsd[result.assetIds.indexOf('ETH')] ?? NaN;
  expect(Number.isFinite(equity)).toBe(true);
  expect(equity / price).toBeLessThan(300);
});

test('an absorbed account loses all its collateral, repays its debt, and keeps the rest as cash', () => {
  const result = pack(only('BASE-1'));
  const trace = shockOf(result, -0.25);
  const collateral = 400 * 1500;
  expect(trace.result.fallenRound[0]).toBe(1);
  expect([...trace.result.collateralQuantity]).toEqual([0]);
  const credited = collateral * 0.93;
  expect(credited).toBeLessThan(560_000);
  expect(trace.result.debtQuantity[0]).toBeCloseTo(560_000 - credited, 6);
  const mild = shockOf(pack(only('BASE-1')), -0.215);
  expect([...mild.result.debtQuantity]).toEqual([0]);
  expect(mild.result.equityUsd[0]).toBeCloseTo(400 * 1570 * 0.93 - 560_000, 4);
});

test('a vault is closed whole: debt gone, penalty paid in collateral, the rest returned', () => {
  const result = pack(only('VAULT-1'));
  const trace = shockOf(result, -0.18);
  expect(trace.result.debtQuantity[0]).toBe(0);
  expect(trace.result.collateralQuantity[0]).toBeCloseTo(700 - (800_000 * 1.13) / 1640, 9);
});

test('bad debt of an isolated market marks the lenders claim down, and the share that holds it, and who pledges the share', () => {
  const contents = only('ISO-S', 'CUSTODY');
  const snapshot = {
    ...sampleSnapshot(0),
    depth: sampleSnapshot(0).depth.map((pool) => (pool.assetId === 'VLT' ? { ...pool, reserveQuantity: 1_000_000 } : pool)),
  };
  const result = pack(contents, snapshot);
  const trace = shockOf(result, -0.75);
  const loan = result.assetIds.indexOf('LOAN-S');
  const left = trace.result.debtQuantity[0] ?? NaN;
  expect(trace.result.collateralQuantity[0]).toBe(0);
  expect(left).toBeGreaterThan(0);
  // Supply = known debt / utilisation: 1,380,000 / 0.9.
  expect(trace.result.finalState.lossFraction[loan]).toBeCloseTo(left / (1_380_000 / 0.9), 12);
  expect(trace.result.finalState.priceUsd[loan]).toBeCloseTo(1 - left / (1_380_000 / 0.9), 12);
  const share = result.assetIds.indexOf('VLT');
  const shocked = trace.shockedState.priceUsd[share] ?? NaN;
  expect(trace.result.finalState.priceUsd[share]).toBeLessThan(shocked);
});

test('an account that only the others bring down is told by what moved: ether sold by others and the discount of its collateral', () => {
  const result = pack(sampleContents(), sampleSnapshot(120));
  const trace = shockOf(result, -0.2, { depthThinningFraction: 0.5 });
  const dragged = trace.attributions.filter((each) => each.factors.length > 0);
  expect(dragged.length).toBeGreaterThan(0);
  for (const each of dragged) {
    expect(each.round).toBeGreaterThan(1);
    expect(trace.result.shockedExcessUsd[each.account]).toBeGreaterThanOrEqual(0);
    expect(each.excessUsd).toBeLessThan(0);
  }
  for (const each of trace.attributions) if (each.round === 1) expect(each.factors).toEqual([]);
});

test('a venue alone leaves the accounts of other venues untouched, and its own fall as deep or less', () => {
  const result = pack(sampleContents(), sampleSnapshot(120));
  const joint = shockOf(result, -0.25, { depthThinningFraction: 0.5 });
  result.venueIds.forEach((_, venue) => {
    const participants = onlyVenue(result.packed.accounts.venue, result.venueIds.length, venue);
    const alone = shockOf(result, -0.25, { depthThinningFraction: 0.5, participants });
    result.accountIds.forEach((id, a) => {
      if (result.packed.accounts.venue[a] === venue) return;
      expect(alone.result.fallenRound[a], id).toBe(0);
    });
    const eth = result.assetIds.indexOf('ETH');
    expect(alone.result.finalState.priceUsd[eth]).toBeGreaterThanOrEqual(joint.result.finalState.priceUsd[eth] ?? NaN);
  });
});

test('without a shock nobody who holds now is sold, and equity is unchanged to the bit', () => {
  const result = pack(sampleContents(), sampleSnapshot(120));
  const trace = shockOf(result, 0);
  expect(trace.result.rounds).toBe(0);
  expect([...trace.result.equityUsd]).toEqual([...trace.result.initialEquityUsd]);
});
