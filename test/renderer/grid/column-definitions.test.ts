import type { IRowNode } from 'ag-grid-community';
import { describe, expect, it } from 'vitest';
import { compareRaw } from '../../../renderer/grid/column-definitions.ts';
import { keepGroupsTogether } from '../../../renderer/grid/groups.ts';
import { placeBeside } from '../../../renderer/parts/popover-place.ts';

const noPrice = { reason: 'missingPrice', message: 'x' };

describe('sorting', () => {
  it('orders numbers by size and names with their numbers', () => {
    expect([3, -2, 10].toSorted((a, b) => compareRaw(a, b))).toEqual([-2, 3, 10]);
    expect(['P-10', 'P-9'].toSorted((a, b) => compareRaw(a, b))).toEqual(['P-9', 'P-10']);
  });

  it('keeps failures and what does not apply last in either order', () => {
    const values = [noPrice, 2, null, 1];
    expect(values.toSorted((a, b) => compareRaw(a, b)).slice(0, 2)).toEqual([1, 2]);
    // The grid turns the sign when it sorts downwards.
    expect(values.toSorted((a, b) => -compareRaw(a, b, true)).slice(0, 2)).toEqual([2, 1]);
  });
});

describe('groups', () => {
  type Row = { readonly id: string; readonly group: string | null };
  const node = (id: string, group: string | null): IRowNode<Row> => ({ data: { id, group } }) as IRowNode<Row>;

  it('stay together after a sort, in the order the sort gave them', () => {
    const nodes = [node('b2', 'b'), node('a', null), node('b1', 'b'), node('a1', 'a'), node('b', null)];
    keepGroupsTogether(nodes, (row) => row.group);
    expect(nodes.map((entry) => entry.data?.id)).toEqual(['a', 'a1', 'b', 'b2', 'b1']);
  });
});

describe('an explanation', () => {
  const box = { width: 420, height: 300 };
  const room = { width: 1440, height: 900 };

  it('stands below its number, or above where there is no room', () => {
    expect(placeBeside({ left: 100, top: 200, bottom: 220 }, box, room)).toEqual({ left: 100, top: 228 });
    expect(placeBeside({ left: 100, top: 800, bottom: 820 }, box, room)).toEqual({ left: 100, top: 492 });
  });

  it('never leaves the window', () => {
    expect(placeBeside({ left: 1400, top: 10, bottom: 30 }, { width: 420, height: 1200 }, room)).toEqual({ left: 1012, top: 8 });
  });
});
