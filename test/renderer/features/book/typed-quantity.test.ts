import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantity } from '../../../../renderer/format/number.ts';
import { typedQuantity } from '../../../../renderer/features/book/typed-quantity.ts';

describe('a typed quantity', () => {
  it.each([
    ['26,800', '26800'],
    ['−2,400.50', '-2400.50'],
    [' 007.5 ', '7.5'],
    ['+3', '3'],
    ['-0.00', '0.00'],
    ['10 200 000', '10200000'],
  ])('%s is %s', (typed, stored) => {
    expect(typedQuantity(typed)).toBe(stored);
  });

  it.each(['', 'abc', '1e5', '1,5', '1.2.3', '--1', 'NaN', 'Infinity'])('%s is none', (typed) => {
    expect(typedQuantity(typed)).toBeNull();
  });

  it('reads back what is shown', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.stringMatching(/^\d{0,8}$/), (whole, rest) => {
        const text = rest === '' ? String(whole) : `${whole}.${rest}`;
        return typedQuantity(quantity(text)) === text || /^-?0/.test(text);
      }),
    );
  });
});
