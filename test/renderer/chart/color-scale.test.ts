import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divergingColor, sequentialColor, textOn } from '../../../renderer/chart/color-scale.ts';

const stops = ['#d98a4e', '#94572f', '#4f3826', '#1a2029', '#243f5a', '#376a99', '#69ace8'];

describe('the diverging scale', () => {
  it('puts zero in the middle and the limits at the ends', () => {
    expect(divergingColor(0, 10, stops)).toBe(stops[3]);
    expect(divergingColor(-10, 10, stops)).toBe(stops[0]);
    expect(divergingColor(10, 10, stops)).toBe(stops[6]);
    expect(divergingColor(-25, 10, stops)).toBe(stops[0]);
  });

  it('is calm where nothing is lost or gained at all', () => {
    expect(divergingColor(0, 0, stops)).toBe(stops[3]);
  });
});

describe('the sequential scale', () => {
  it('runs from its first stop to its last', () => {
    expect(sequentialColor(0, ['#000000', '#ffffff'])).toBe('#000000');
    expect(sequentialColor(0.5, ['#000000', '#ffffff'])).toBe('#808080');
    expect(sequentialColor(2, ['#000000', '#ffffff'])).toBe('#ffffff');
  });
});

describe('text on a cell', () => {
  it('reads at 4.5 : 1 on every colour of the scale', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => {
        const ground = luminance(divergingColor(value, 1, stops));
        const ratio = textOn(divergingColor(value, 1, stops)) === '#000000' ? (ground + 0.05) / 0.05 : 1.05 / (ground + 0.05);
        return ratio >= 4.5;
      }),
    );
  });
});

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
