import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels, withoutOverlap } from '../../../../renderer/features/accounts/account-end-labels.ts';

const label = fc.record({
  text: fc.string({ minLength: 1, maxLength: 8 }),
  x: fc.double({ min: 0, max: 900, noNaN: true }),
  y: fc.double({ min: 0, max: 400, noNaN: true }),
});

describe('spreadLabels', () => {
  it('keeps labels a line apart, in their order, and above the bottom', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 20 }), (labels) => {
        const spread = spreadLabels(labels, 400);
        spread.forEach((entry, index) => {
          expect(entry.y).toBeLessThanOrEqual(400 + 1e-9);
          if (index > 0) expect(entry.y - (spread[index - 1]?.y ?? 0)).toBeGreaterThanOrEqual(13 - 1e-9);
        });
        expect(spread.map((entry) => entry.text).toSorted()).toEqual(labels.map((entry) => entry.text).toSorted());
      }),
      { seed: 7 },
    );
  });

  it('leaves labels that are far apart where they are', () => {
    const apart = [
      { text: 'a', x: 0, y: 10 },
      { text: 'b', x: 0, y: 60 },
    ];
    expect(spreadLabels(apart, 400)).toEqual(apart);
  });
});

describe('withoutOverlap', () => {
  it('drops a label that would run into the one before', () => {
    const row = [
      { text: 'AAV-CORE', x: 0, y: 0 },
      { text: 'MRP-1', x: 20, y: 0 },
      { text: 'CMP-1', x: 200, y: 0 },
    ];
    expect(withoutOverlap(row).map((entry) => entry.text)).toEqual(['AAV-CORE', 'CMP-1']);
  });
});
