import { describe, expect, it } from 'vitest';
import { age, ageOfInterval, clockTime, elapsed, fileSize, instantWords, shortDigest, timeTaken } from '../../../renderer/format/time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('times', () => {
  it('carry their zone', () => {
    expect(clockTime('2026-02-05T21:29:37Z')).toBe('21:29:37 UTC');
    expect(instantWords('2026-02-05T21:29:37.000Z')).toBe('2026-02-05 21:29:37 UTC');
  });
});

describe('ages', () => {
  it.each([
    [41_000, '41\u2009s'],
    [58 * MINUTE, '58\u2009min'],
    [31 * HOUR, '31\u2009h'],
    [24 * 12 * HOUR, '12\u2009d'],
  ])('%i ms is %s', (ms, text) => {
    expect(age(ms)).toBe(text);
  });

  it('name the interval only when they are past it', () => {
    expect(ageOfInterval(58 * MINUTE, 60 * MINUTE)).toBe('58\u2009min');
    expect(ageOfInterval(70 * MINUTE, 60 * MINUTE)).toBe('70\u2009min of 60\u2009min');
    expect(ageOfInterval(70 * MINUTE, null)).toBe('70\u2009min');
  });
});

describe('sizes', () => {
  it('use the unit that suits them', () => {
    expect(elapsed(840.4)).toBe('840\u2009ms');
    expect(elapsed(1340)).toBe('1.3\u2009s');
    expect(fileSize(842)).toBe('842\u2009B');
    expect(fileSize(352_100)).toBe('352.1\u2009kB');
    expect(fileSize(1_400_000)).toBe('1.4\u2009MB');
    expect(shortDigest('9f3ac1d27be0')).toBe('9f3ac1');
  });
});

it('what takes long is told in hours and minutes, rounded up', () => {
  expect([4.2, 75, 119, 120, 140, 180].map(timeTaken).map((text) => text.replaceAll('\u2009', ' '))).toEqual([
    '5 min',
    '75 min',
    '119 min',
    '2 h',
    '2 h 20 min',
    '3 h',
  ]);
});
