import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, counted, fixed, quantity, signed } from '../../../renderer/format/number.ts';

describe('fixed', () => {
  it('groups thousands and keeps the decimals asked for', () => {
    expect(fixed(63718.97, 2)).toBe('63,718.97');
    expect(fixed(3, 1)).toBe('3.0');
  });

  it('writes a negative number with the figure minus, never a hyphen', () => {
    expect(fixed(-13.94, 1)).toBe('−13.9');
    expect(fixed(-13.94, 1)).not.toContain('-');
  });

  it('shows zero only for zero', () => {
    expect(fixed(0, 2)).toBe('0.00');
    expect(fixed(-0, 2)).toBe('0.00');
    expect(fixed(0.004, 2)).toBe('<0.01');
    expect(fixed(-0.004, 2)).toBe('>−0.01');
    expect(fixed(0.3, 0)).toBe('<1');
  });

  it('names what is not a finite number', () => {
    expect(fixed(Infinity, 1)).toBe('∞');
    expect(fixed(-Infinity, 1)).toBe('−∞');
    expect(fixed(Number.NaN, 1)).toBe('undefined number');
  });

  it('reads back to the rounded number', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 5 }), (value, decimals) => {
        const text = fixed(value, decimals);
        if (/[<>]/.test(text)) return Math.abs(value) < 10 ** -decimals;
        return Math.abs(Number(text.replaceAll(',', '').replace('−', '-')) - value) <= 0.5000001 * 10 ** -decimals;
      }),
    );
  });
});

describe('signed', () => {
  it('puts a plus before gains only', () => {
    expect(signed(12.9, 1)).toBe('+12.9');
    expect(signed(-12.9, 1)).toBe('−12.9');
    expect(signed(0, 1)).toBe('0.0');
  });
});

describe('quantity', () => {
  it('keeps every decimal that was typed', () => {
    expect(quantity('26800')).toBe('26,800');
    expect(quantity('-2400.500')).toBe('−2,400.500');
    expect(quantity('0.1234567890123456789')).toBe('0.1234567890123456789');
    expect(quantity('123456789012345678901')).toBe('123,456,789,012,345,678,901');
  });

  it('leaves a text alone that is no decimal number', () => {
    expect(quantity('1e5')).toBe('1e5');
    expect(quantity('')).toBe('');
  });
});

describe('counted', () => {
  it('agrees with its number', () => {
    expect(counted(1, 'row')).toBe('1 row');
    expect(counted(0, 'row')).toBe('0 rows');
    expect(counted(2, 'entry', 'entries')).toBe('2 entries');
    expect(count(1840)).toBe('1,840');
  });
});
