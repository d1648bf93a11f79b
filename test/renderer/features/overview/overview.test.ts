import { describe, expect, it } from 'vitest';
import { distanceColumns } from '../../../../renderer/features/overview/distance-columns.tsx';
import { distanceRows } from '../../../../renderer/features/overview/distance-rows.ts';
import { overviewTiles } from '../../../../renderer/features/overview/overview-tiles.ts';
import { pricePaths } from '../../../../renderer/features/overview/price-paths.ts';
import { sampleAnalysis } from '../../../support/sample-analysis.ts';

describe('accounts by distance', () => {
  it('have the nearest first, those that never fall after, those without requirement last', () => {
    const moves = distanceRows(sampleAnalysis, 'joint')
      .filter((row) => row.hasRequirement)
      .map((row) => (row.jointMove === null ? -Infinity : -Math.abs(row.jointMove)));
    expect(moves).toEqual(moves.toSorted((a, b) => b - a));
    expect(distanceRows(sampleAnalysis, 'joint').at(-1)?.id).toBe('CST-1');
  });

  it('are ordered by one driver alone under its lens', () => {
    const rows = distanceRows(sampleAnalysis, 'BTC').filter((row) => row.hasRequirement);
    const known = rows.flatMap((row) => row.ownMove ?? []);
    expect(known).toEqual(known.toSorted((a, b) => b - a));
    expect(rows.slice(known.length).every((row) => row.ownMove === null)).toBe(true);
  });

  it('have an explanation for every figure', () => {
    const row = distanceRows(sampleAnalysis, 'joint')[0];
    if (row === undefined) throw new Error('the sample has accounts');
    for (const column of distanceColumns('joint', -0.18))
      if (column.kind === 'number') expect(column.metric?.(row), column.id).toMatchObject({ subjectId: row.id });
  });

  it('show never and no requirement in words', () => {
    const rows = distanceRows(sampleAnalysis, 'joint');
    const alone = distanceColumns('joint', -0.18).find((column) => column.id === 'alone');
    const textOf = (id: string): string | undefined => rows.filter((row) => row.id === id).map((row) => alone?.text?.(row))[0];
    expect(textOf('BIN-USDM')).toBe('never');
    expect(textOf('CST-1')).toBe('–');
  });
});

describe('the tiles', () => {
  const tiles = overviewTiles(sampleAnalysis);

  it('are six, and two more where there is room, each with an explanation', () => {
    expect(tiles).toHaveLength(8);
    for (const tile of tiles) expect(tile.metric, tile.label).toBeDefined();
  });

  it('name the account that falls first and how far it is alone', () => {
    expect(tiles[2]).toMatchObject({ value: '−13.9', unit: '% · MKR-A', subjectId: 'MKR-A', state: 'danger' });
    expect(tiles[2]?.comparison).toContain('alone −15.0');
  });

  it('say never where no account can fall', () => {
    const safe = { ...sampleAnalysis, totals: { ...sampleAnalysis.totals, nearestAccountId: null, nearestJointMove: null } };
    expect(overviewTiles(safe)[2]).toMatchObject({ value: 'never' });
  });

  it('leave the change of a day out where the day before is not known', () => {
    const fresh = { ...sampleAnalysis, totals: { ...sampleAnalysis.totals, equityDayBeforeUsd: null } };
    expect(overviewTiles(fresh)[0]?.comparison).toMatch(/^gross/);
  });
});

describe('price paths', () => {
  it('start at nothing and have one step per round', () => {
    const paths = pricePaths(sampleAnalysis);
    expect(paths.steps).toHaveLength(sampleAnalysis.cascade.rounds.length + 1);
    for (const line of paths.lines) {
      expect(line.percents[0]).toBe(0);
      expect(line.percents).toHaveLength(paths.steps.length);
    }
  });
});
