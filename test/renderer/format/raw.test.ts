import { describe, expect, it } from 'vitest';
import { failureMark, failureTitle, isFailure } from '../../../renderer/format/failure.ts';
import { commaSeparated, rawText, tabSeparated } from '../../../renderer/format/raw.ts';
import { failureReason } from '../../../main/domain/failure.ts';

describe('raw values', () => {
  it('are copied unrounded', () => {
    expect(rawText(0.1 + 0.2)).toBe('0.30000000000000004');
    expect(rawText(Infinity)).toBe('Infinity');
    expect(rawText(null)).toBe('');
    expect(rawText({ reason: 'stale', message: 'x' })).toBe('stale');
  });

  it('keep one row per line however the cells are written', () => {
    expect(
      tabSeparated([
        ['a\tb', 1],
        ['c\nd', null],
      ]),
    ).toBe('a b\t1\nc d\t');
  });
});

describe('comma-separated text', () => {
  it('quotes what needs it', () => {
    expect(commaSeparated([['a,b', 'say "x"', 2]])).toBe('"a,b","say ""x""",2\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'])('cannot be taken for a formula: %s', (text) => {
    expect(commaSeparated([[text]])).toBe(`"'${text}"\r\n`);
  });

  it('leaves negative numbers numbers', () => {
    expect(commaSeparated([[-5.25]])).toBe('-5.25\r\n');
  });
});

describe('failures', () => {
  it('each have a mark of at most three words and a title', () => {
    for (const reason of failureReason.options) {
      const failure = { reason, message: 'x' };
      expect(failureMark(failure).split(' ').length).toBeLessThanOrEqual(3);
      expect(failureTitle(failure)).toMatch(/^[A-Z]/);
    }
  });

  it('are told from numbers and rows', () => {
    expect(isFailure({ reason: 'stale', message: 'x' })).toBe(true);
    expect(isFailure(null)).toBe(false);
    expect(isFailure(3)).toBe(false);
  });
});
