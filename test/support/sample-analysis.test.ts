import { describe, expect, it } from 'vitest';
import { analysisResult } from '../../main/contract/analysis.ts';
import { hedgeResult } from '../../main/contract/hedge.ts';
import { sampleAnalysis } from './sample-analysis.ts';
import { sampleHedge, sampleInfeasibleHedge } from './sample-hedge.ts';

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

describe('sample analysis', () => {
  it('is what the contract declares', () => {
    expect(analysisResult.parse(sampleAnalysis)).toEqual(sampleAnalysis);
  });

  it('has positions that add up to the equity of their account', () => {
    for (const account of sampleAnalysis.accounts) {
      const values = sampleAnalysis.positions
        .filter((position) => position.accountId === account.accountId)
        .map((position) => amount(position.valueUsd));
      expect(sum(values), account.accountId).toBeCloseTo(amount(account.equityUsd), 0);
    }
  });

  it('has parts, surplus and joint loss that add up, and agree with the cascade', () => {
    const { surplus, cascade } = sampleAnalysis;
    expect(sum(surplus.parts.map((part) => part.secondRoundLossUsd))).toBeCloseTo(surplus.sumOfPartsUsd, 3);
    expect(surplus.sumOfPartsUsd + surplus.surplusUsd).toBeCloseTo(surplus.jointUsd, 3);
    expect(cascade.totalLossUsd - cascade.firstRoundLossUsd).toBeCloseTo(surplus.jointUsd, 3);
    expect(sum(Object.values(cascade.lossByAccountUsd))).toBeCloseTo(cascade.totalLossUsd, 3);
  });

  it('lets an account fall in the cascade in the round it names', () => {
    for (const account of sampleAnalysis.accounts) {
      const fallen = sampleAnalysis.cascade.fallen.find((entry) => entry.accountId === account.accountId);
      expect(fallen?.round ?? null).toBe(account.fallsInRound);
    }
  });

  it('has edges and loops between nodes that exist', () => {
    const ids = new Set(sampleAnalysis.network.nodes.map((node) => node.id));
    for (const edge of sampleAnalysis.network.edges) expect(ids.has(edge.from) && ids.has(edge.to)).toBe(true);
    for (const loop of sampleAnalysis.network.loops) expect(loop.members.every((member) => ids.has(member))).toBe(true);
  });
});

describe('sample hedge', () => {
  it('is what the contract declares, feasible or not', () => {
    expect(hedgeResult.parse(sampleHedge)).toEqual(sampleHedge);
    expect(hedgeResult.parse(sampleInfeasibleHedge)).toEqual(sampleInfeasibleHedge);
  });

  it('costs what its legs cost', () => {
    expect(sum(sampleHedge.legs.map((leg) => leg.costUsd))).toBe(sampleHedge.after.costUsd);
    expect(sum(sampleHedge.legs.map((leg) => leg.premiumUsd))).toBe(sampleHedge.after.premiumUsd);
  });
});
