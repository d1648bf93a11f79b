import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../main/services/reporting/first-difference.ts';

describe('the first difference', () => {
  it('is none between a value and itself, and one as soon as a figure moves by a bit', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.double({ noNaN: true, noDefaultInfinity: true }), (value, figure) => {
        expect(firstDifference(value, structuredClone(value))).toBeNull();
        const moved = figure === 0 ? Number.MIN_VALUE : figure * (1 + Number.EPSILON);
        fc.pre(moved !== figure);
        expect(firstDifference({ a: [value, { figure }] }, { a: [value, { figure: moved }] })?.where).toBe('a[1].figure');
      }),
    );
  });

  it('tells zero from minus zero, NaN from nothing, and a missing row from a row', () => {
    expect(firstDifference(0, -0)?.where).toBe('the whole');
    expect(firstDifference([NaN], [NaN])).toBeNull();
    expect(firstDifference({ a: 1 }, { a: 1, b: undefined })).toBeNull();
    expect(firstDifference([1], [1, 2])).toEqual({ where: '[1]', inFile: 'nothing', recomputed: '2' });
    expect(firstDifference([], {})?.where).toBe('the whole');
  });

  it('names rows by their id', () => {
    const row = (accountId: string, equityUsd: number) => ({ accountId, equityUsd });
    const found = firstDifference({ rows: [row('A', 1), row('B', 2)] }, { rows: [row('A', 1), row('B', 3)] });
    expect(found).toEqual({ where: 'rows[B].equityUsd', inFile: '2', recomputed: '3' });
  });
});
