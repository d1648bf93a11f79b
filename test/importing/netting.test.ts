import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimal } from '../../main/domain/decimal.ts';
import { NetPosition } from '../../main/importing/netting.ts';
import { SeenIds } from '../../main/importing/seen-ids.ts';

type Fill = readonly [quantity: string, price: string];
const net = (fills: readonly Fill[], isInverse = false): NetPosition => {
  const position = new NetPosition(isInverse);
  for (const [quantity, price] of fills) position.trade(quantity, price, null);
  return position;
};

describe('netting', () => {
  it.each<[string, readonly Fill[], string, string | null]>([
    [
      'adding averages in',
      [
        ['1', '100'],
        ['3', '200'],
      ],
      '4',
      '175',
    ],
    [
      'reducing leaves the average',
      [
        ['1', '100'],
        ['3', '200'],
        ['-2', '900'],
      ],
      '2',
      '175',
    ],
    [
      'adding after reducing weighs what is left',
      [
        ['2', '100'],
        ['-1', '500'],
        ['1', '200'],
      ],
      '2',
      '150',
    ],
    [
      'crossing zero starts anew',
      [
        ['2', '100'],
        ['-5', '120'],
      ],
      '-3',
      '120',
    ],
    [
      'flat has no entry price',
      [
        ['2', '100'],
        ['-2', '120'],
      ],
      '0',
      null,
    ],
    [
      'a short is the mirror',
      [
        ['-1', '100'],
        ['-1', '300'],
      ],
      '-2',
      '200',
    ],
    [
      'decimals are exact',
      [
        ['0.1', '0.1'],
        ['0.2', '0.1'],
      ],
      '0.3',
      '0.1',
    ],
  ])('%s', (...[, fills, quantity, entry]) => {
    expect([net(fills).quantity(), net(fills).entryPrice()]).toEqual([quantity, entry]);
  });

  it('averages coin-settled dollars harmonically, so that the coin profit is that of the trades', () => {
    const position = net(
      [
        ['1000', '50000'],
        ['1000', '100000'],
      ],
      true,
    );
    const coins = 1000 / 50_000 + 1000 / 100_000;
    expect(2000 / Number(position.entryPrice())).toBeCloseTo(coins, 15);
    expect(position.entryPrice()).toMatch(/^66666\.6{28,}7$/);
  });

  it('sums quantities exactly in any order of any number of trades', () => {
    const fill = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
      .map(([whole, places]): Fill => {
        const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0');
        const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
        return [`${whole < 0n ? '-' : ''}${text}`, '1'];
      });
    fc.assert(
      fc.property(fc.array(fill, { minLength: 1, maxLength: 40 }), (fills) => {
        const sum = fills.reduce((total, [quantity]) => addDecimal(total, quantity), '0');
        expect(net(fills).quantity()).toBe(addDecimal(sum, '0'));
      }),
      { seed: 11 },
    );
  });
});

describe('ids seen before', () => {
  it('are found on the line of their first sight, and no other id is, through every growth', () => {
    const seen = new SeenIds();
    const count = 60_000;
    for (let index = 0; index < count; index += 1) expect(seen.firstLine(`P-${index}`, index + 1)).toBeNull();
    for (let index = 0; index < count; index += 977) expect(seen.firstLine(`P-${index}`, 9)).toBe(index + 1);
    expect(seen.firstLine('', 5)).toBeNull();
    expect(seen.firstLine('', 6)).toBe(5);
  });
});
