import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDecimal } from '../../../main/importing/cell/decimal-cell.ts';

describe('a number in a cell', () => {
  it.each([
    ['1.20', '1.20'],
    ['  -7 ', '-7'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
    ['1e3', '1000'],
    ['-2.5E-3', '-0.0025'],
    ['12345678901234567890123456789012345678901234567890.1', '12345678901234567890123456789012345678901234567890.1'],
  ])('%s is kept exactly as %s', (cell, text) => {
    expect(readDecimal(cell, undefined)).toMatchObject({ kind: 'value', text });
  });

  it.each([
    ['1.200,0', '1200.0', null],
    ['1,234', '1.234', '1234'],
    ['-0,0238', '-0.0238', null],
    ['1,234,567.5', null, '1234567.5'],
    ['1.234.567', '1234567', null],
  ])('%s is asked about; by comma %s, by dot %s', (cell, byComma, byDot) => {
    expect(readDecimal(cell, undefined).kind).toBe('asked');
    for (const [sign, expected] of [
      ['comma', byComma],
      ['dot', byDot],
    ] as const) {
      const reading = readDecimal(cell, sign);
      expect(reading.kind === 'value' ? reading.text : null).toBe(expected);
    }
    expect(readDecimal(cell, 'leaveOut').kind).toBe('refused');
  });

  it('1.200 is open: itself by dot, a thousand by comma', () => {
    expect(readDecimal('1.200', undefined)).toEqual({ kind: 'value', text: '1.200', isOpen: true });
    expect(readDecimal('1.200', 'comma')).toMatchObject({ text: '1200' });
    expect(readDecimal('0.285', undefined)).toMatchObject({ isOpen: false });
    expect(readDecimal('1.200', 'leaveOut').kind).toBe('refused');
  });

  it('never invents a number: whatever is accepted without an answer is the number JavaScript reads', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.,eE]{1,12}$/)), (cell) => {
        const reading = readDecimal(cell, undefined);
        if (reading.kind !== 'value') return;
        expect(Number(reading.text)).toBe(Number(cell.trim()) + 0);
        expect(reading.text).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});
