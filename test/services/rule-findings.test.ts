import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LendingPool, PoolReserve } from '../../main/domain/lending-rules.ts';
import { collateralTerms } from '../../main/services/pack/pack-lending.ts';
import { changedPool } from '../../main/services/rule-set/rule-variants.ts';
import { ruleFindings, type Holding } from '../../main/services/rule-set/rule-findings.ts';
import { sampleVenues } from '../support/sample-system-venues.ts';

function pool(changes: Readonly<Record<string, Partial<PoolReserve>>> = {}): LendingPool {
  const parameters = sampleVenues.find((each) => each.id === 'pool')?.parameters;
  if (parameters?.family !== 'lendingPool') throw new Error('the sample has no pool');
  const [first] = parameters.reserves;
  if (first === undefined) throw new Error('the sample pool is empty');
  const usdc: PoolReserve = { ...first, assetId: 'USDC', isBorrowableInIsolation: true };
  const reserves = [...parameters.reserves, usdc].map((reserve) => ({ ...reserve, ...changes[reserve.assetId] }));
  return { ...parameters, reserves };
}

const owns = (assetId: string, valueUsd = 10_000): Holding => ({ assetId, valueUsd, isDebt: false });
const owes = (assetId: string, valueUsd = 5000): Holding => ({ assetId, valueUsd, isDebt: true });

function kinds(parameters: LendingPool, marketId: string | null, holdings: readonly Holding[]): string[] {
  return ruleFindings(parameters, marketId, holdings).map((finding) => finding.kind);
}

test('positions that the pool takes have no finding', () => {
  expect(kinds(pool(), null, [owns('wstETH'), owes('USDC')])).toEqual([]);
});

test('an asset that is not listed and one that is not borrowable are named', () => {
  expect(kinds(pool(), null, [owns('VLT'), owes('USDC')])).toEqual(['notListed']);
  expect(kinds(pool({ WETH: { isBorrowable: false } }), null, [owns('wstETH'), owes('WETH')])).toEqual(['notBorrowable']);
});

test('in an efficiency mode a wrong debt is named, a wrong collateral gains nothing, and an unknown mode is refused', () => {
  const wrongDebt = ruleFindings(pool(), 'emode:1', [owns('wstETH'), owes('USDC')]);
  expect(wrongDebt).toEqual([{ kind: 'notInMode', isBlocking: true, text: 'USDC not borrowable in this eMode' }]);
  expect(kinds(pool(), 'emode:1', [owns('USDC'), owes('WETH')])).toEqual(['nothingGained']);
  expect(kinds(pool(), 'emode:9', [owns('wstETH')])).toEqual(['unknownMarket']);
});

test('an isolated collateral excludes others, debts not borrowable in isolation, and debt above its ceiling', () => {
  const isolated = pool({ wstETH: { debtCeilingUsd: 6000 } });
  expect(kinds(isolated, null, [owns('wstETH'), owes('USDC')])).toEqual([]);
  expect(kinds(isolated, null, [owns('wstETH'), owns('WETH'), owes('USDC')])).toEqual(['isolated']);
  expect(kinds(isolated, null, [owns('wstETH'), owes('WETH')])).toEqual(['notBorrowableInIsolation']);
  expect(kinds(isolated, null, [owns('wstETH'), owes('USDC', 6000)])).toEqual([]);
  expect(kinds(isolated, null, [owns('wstETH'), owes('USDC', 6001)])).toEqual(['debtCeiling']);
});

test('a siloed debt may stand alone only', () => {
  const siloed = pool({ WETH: { isSiloed: true } });
  expect(kinds(siloed, null, [owns('wstETH'), owes('WETH')])).toEqual([]);
  expect(kinds(siloed, null, [owns('wstETH'), owes('WETH'), owes('USDC')])).toEqual(['siloed']);
});

test('collateral without loan-to-value counts for liquidation but blocks nothing', () => {
  const [finding] = ruleFindings(pool({ wstETH: { loanToValueFraction: 0 } }), null, [owns('wstETH'), owes('USDC')]);
  expect(finding).toMatchObject({ kind: 'zeroLoanToValue', isBlocking: false });
});

test('an isolated market, a vault and a base market take their own pair only', () => {
  const parametersOf = (id: string) => {
    const found = sampleVenues.find((each) => each.id === id)?.parameters;
    if (found === undefined) throw new Error(`no venue ${id}`);
    return found;
  };
  expect(ruleFindings(parametersOf('vaults'), 'ETH-A', [owns('WETH'), owes('DAI')])).toEqual([]);
  expect(ruleFindings(parametersOf('vaults'), 'ETH-A', [owns('wstETH'), owes('USDC')]).map((each) => each.text)).toEqual([
    'wstETH is no collateral here',
    'lends DAI, not USDC',
  ]);
  expect(ruleFindings(parametersOf('base'), 'usdc', [owns('WETH'), owes('USDC')])).toEqual([]);
  expect(ruleFindings(parametersOf('base'), 'none', [owns('WETH')]).map((each) => each.kind)).toEqual(['unknownMarket']);
});

test('entering a mode whose thresholds are higher never lowers what the collateral counts for', () => {
  fc.assert(
    fc.property(fc.constantFrom('wstETH', 'WETH', 'USDC'), fc.double({ min: 0.83, max: 0.98, noNaN: true }), (assetId, threshold) => {
      const raised = changedPool(pool(), {
        id: 'c',
        on: '2026-01-01',
        title: 'raised',
        source: 'invented',
        reserves: [],
        eModes: [{ id: 'emode:1', liquidationThresholdFraction: threshold }],
      });
      const inside = collateralTerms(raised, 'emode:1', assetId).thresholdFraction;
      expect(inside).toBeGreaterThanOrEqual(collateralTerms(raised, null, assetId).thresholdFraction);
    }),
  );
});
