import { describe, expect, it } from 'vitest';
import type { CascadeAssumptions } from '../../../../main/domain/scenario.ts';
import { assumptionFields, changedNames, offerOf, withOffer } from '../../../../renderer/features/cascade/bar/assumption-fields.ts';
import { causeRows, childrenOf, roots, stepTree } from '../../../../renderer/features/cascade/causes/causes-tree.ts';
import { flowGraph } from '../../../../renderer/features/cascade/flow/flow-model.ts';
import { cellAt, jointBoundary, phaseCells, phaseSentence, shockAt } from '../../../../renderer/features/cascade/phase/phase-model.ts';
import { sampleAnalysis } from '../../../support/sample-analysis.ts';
import { sampleCascade } from '../../../support/sample-cascade.ts';
import { samplePhaseMap as map } from '../../../support/sample-phase-map.ts';

describe('the tree of causes', () => {
  const all = (): Set<string> => {
    const open = new Set<string>();
    for (let size = -1; size < open.size;) {
      size = open.size;
      for (const row of causeRows(sampleCascade, open)) if (row.canOpen) open.add(row.path);
    }
    return open;
  };

  it('shows the falls alone while everything is closed', () => {
    expect(causeRows(sampleCascade, new Set()).map((row) => row.accountId)).toEqual(['MKR-A', 'DRB-ETH']);
  });

  it('shares of the causes of a line add up to one', () => {
    const rows = causeRows(sampleCascade, all());
    for (const row of rows.filter((each) => each.canOpen)) {
      const shares = childrenOf(sampleCascade, row).map((child) => child.share ?? 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
    expect(rows.length).toBeGreaterThan(6);
  });

  it('every chain ends at the shock', () => {
    const leaves = causeRows(sampleCascade, all()).filter((row) => !row.canOpen);
    expect(leaves.every((row) => row.subject.kind === 'shock')).toBe(true);
  });

  it('arrows open, go down to the first cause, back up, and close', () => {
    const first = roots(sampleCascade)[0]?.path ?? '';
    const closed = causeRows(sampleCascade, new Set());
    expect(stepTree(closed, 0, 'ArrowRight')).toEqual({ open: first });
    const open = causeRows(sampleCascade, new Set([first]));
    expect(stepTree(open, 0, 'ArrowRight')).toEqual({ at: 1 });
    expect(stepTree(open, 1, 'ArrowLeft')).toEqual({ at: 0 });
    expect(stepTree(open, 0, 'ArrowLeft')).toEqual({ close: first });
    expect(stepTree(open, 0, 'x')).toBeNull();
  });
});

describe('the phase map', () => {
  it('draws its line between holding and falling only because others sell', () => {
    expect(jointBoundary(map)).toEqual([
      { x1: 1, y1: 1, x2: 2, y2: 1 },
      { x1: 1, y1: 1, x2: 1, y2: 2 },
    ]);
  });

  it('a cell loads the shock and thinning that find it again', () => {
    expect(shockAt(map, 0)).toEqual({ moves: { ETH: -0.09, BTC: -0.07 }, volatilityShift: 0.175 });
    expect(cellAt(map, shockAt(map, 1), 0.5)).toEqual({ column: 1, row: 1 });
    expect(cellAt(map, { moves: { ETH: -0.1 }, volatilityShift: 0 }, 0.5)).toBeNull();
  });

  it('marks a cascade that did not come to rest, and an amplification without a value', () => {
    expect(phaseCells(map, 'rounds').map((cell) => cell.text)).toEqual(['0', '2', '1', '60…']);
    expect(phaseCells(map, 'loss')[0]).toMatchObject({ text: '–', share: 0 });
  });

  it('says where falling together begins', () => {
    expect(phaseSentence(map)).toContain('ETH −13.5');
    expect(phaseSentence({ ...map, crossings: [] })).toBe('Nowhere on this map does an account fall only because others sell.');
  });
});

describe('the money of a round', () => {
  it('gives every end one name and the larger of what comes in and goes out', () => {
    const market = { kind: 'market', id: 'ETH' } as const;
    const graph = flowGraph(
      [
        { from: { kind: 'account', id: 'MRP-1' }, to: market, usd: 10 },
        { from: market, to: { kind: 'venue', id: 'nowhere' }, usd: 8 },
        { from: market, to: { kind: 'lost', id: 'impact and fees' }, usd: 2 },
      ],
      sampleAnalysis,
    );
    expect(graph.nodes.map((node) => [node.name, node.usd])).toEqual([
      ['MRP-1', 10],
      ['ETH market', 10],
      ['repaid at nowhere', 8],
      ['impact and fees', 2],
    ]);
  });
});

describe('the bar of assumptions', () => {
  const plain: CascadeAssumptions = { depthThinningFraction: 0.5, maxRounds: 60, includeCrowd: true };

  it('shows the offer that was taken, and takes a rule away again', () => {
    for (const field of assumptionFields) {
      for (const offer of field.offers) expect(offerOf(field, withOffer(plain, offer))?.value, field.title).toBe(offer.value);
      const [first] = field.offers;
      const [, second] = field.offers;
      if (first === undefined || second === undefined) throw new Error(`${field.title} offers no choice`);
      expect(Object.keys(withOffer(withOffer(plain, second), first)).toSorted()).toEqual(Object.keys(withOffer(plain, first)).toSorted());
    }
  });

  it('names what differs from the reference', () => {
    expect(changedNames(plain, plain)).toEqual([]);
    expect(changedNames({ ...plain, depthThinningFraction: 0.8, recoveryPerRound: 0.02 }, plain)).toEqual(['depth', 'recovery']);
  });
});
