import { describe, expect, it } from 'vitest';
import {
  chosenCost,
  effectRows,
  parseBudget,
  parseConfidence,
  paysSentence,
  savedPerDollar,
  solverState,
  whoPays,
} from '../../../../renderer/features/hedge/hedge-rows.ts';
import { sampleAccounts } from '../../../support/sample-accounts.ts';
import { sampleHedge } from '../../../support/sample-hedge.ts';

describe('effectRows', () => {
  it('lists accounts with a requirement by their distance before the hedge', () => {
    const rows = effectRows(sampleHedge.accounts, sampleAccounts);
    expect(rows.map((row) => row.name)).toEqual([
      'MKR-A',
      'DRB-ETH',
      'MRP-2',
      'MRP-1',
      'DRB-MAIN',
      'AAV-CORE',
      'CMP-1',
      'HYP-1',
      'BIN-USDM',
    ]);
  });

  it('counts a distance that grows as a gain', () => {
    const rows = effectRows(sampleHedge.accounts, sampleAccounts);
    expect(rows[0]?.gain).toBeCloseTo(0.159, 9);
    expect(rows.at(-1)?.gain).toBeCloseTo(-0.028, 9);
  });
});

describe('whoPays', () => {
  it('names the account that comes nearer and those that gain without a leg', () => {
    const { payers, carried } = whoPays(effectRows(sampleHedge.accounts, sampleAccounts), sampleHedge.legs);
    expect(payers.map((row) => row.name)).toEqual(['BIN-USDM']);
    expect(carried.map((row) => row.name)).toEqual(['MRP-2', 'AAV-CORE', 'CMP-1', 'HYP-1']);
  });
});

describe('paysSentence', () => {
  it('names payers with their distances and the carried', () => {
    const rows = effectRows(sampleHedge.accounts, sampleAccounts);
    expect(paysSentence(rows, sampleHedge.legs)).toBe(
      'Some pay for the others and come nearer: BIN-USDM from \u221241.0\u2009% to \u221238.2\u2009%. MRP-2, AAV-CORE, CMP-1 and HYP-1 gain without a trade of their own, because others no longer fall.',
    );
    expect(paysSentence([], [])).toBe('');
  });
});

describe('chosenCost', () => {
  it('is the whole cost with all legs and nothing without any', () => {
    expect(chosenCost(sampleHedge.legs, new Set(sampleHedge.legs.map((leg) => leg.id)))).toEqual({ costUsd: 41_800, premiumUsd: 638_700 });
    expect(chosenCost(sampleHedge.legs, new Set())).toEqual({ costUsd: 0, premiumUsd: 0 });
  });
});

describe('savedPerDollar', () => {
  it('is positive for a leg that helps and has no value without a cost', () => {
    expect(savedPerDollar({ expectedShortfallEffectUsd: -900, costUsd: 3 })).toBe(300);
    expect(savedPerDollar({ expectedShortfallEffectUsd: -900, costUsd: 0 })).toBeNull();
  });
});

describe('parseBudget', () => {
  it('reads grouped digits, k and M, and an empty field as no limit', () => {
    expect(parseBudget('100,000')).toEqual({ budgetUsd: 100_000 });
    expect(parseBudget('41.8 k')).toEqual({ budgetUsd: 41_800 });
    expect(parseBudget('2M USD')).toEqual({ budgetUsd: 2e6 });
    expect(parseBudget('  ')).toEqual({ budgetUsd: null });
  });

  it('understands nothing else, so that nothing is guessed', () => {
    for (const text of ['-5', 'abc', '1.2.3', '1e9', '5 kk', '∞']) expect(parseBudget(text), text).toBeNull();
  });
});

describe('parseConfidence', () => {
  it('reads percent between 50 and 99.99', () => {
    expect(parseConfidence('97.5 %')).toBeCloseTo(0.975, 12);
    for (const text of ['49', '100', 'x', '', '-97']) expect(parseConfidence(text), text).toBeNull();
  });
});

describe('solverState', () => {
  it('calls safe only what is solved or needs nothing', () => {
    expect((['optimal', 'feasible', 'timeLimit', 'infeasible', 'nothingToDo'] as const).map((status) => solverState(status).tone)).toEqual([
      'safe',
      'watch',
      'watch',
      'danger',
      'safe',
    ]);
  });
});
