import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64ToBytes, bytesToBase64 } from '../../main/contract/base64.ts';
import { decode, encode, plainJson, readWire } from '../../main/contract/codec.ts';

const leaf = fc.oneof(
  fc.double(),
  fc.constantFrom(Infinity, -Infinity, NaN, -0, 0, Number.MIN_VALUE, Number.MAX_VALUE),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Infinity', '-0', 'NaN', '$number', '__proto__', ''),
  fc.boolean(),
  fc.constant(null),
  fc.float64Array({ maxLength: 8 }),
  fc.float32Array({ maxLength: 8 }),
  fc.int32Array({ maxLength: 8 }),
  fc.uint8Array({ maxLength: 8 }),
);
const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('$number', '$array', 'base64', '$$', '$', '__proto__', 'constructor'));
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('node'), { maxLength: 5 }),
    fc.dictionary(key, tie('node'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).node;

test('what is sent arrives bit for bit, whatever the keys and strings are', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(isDeepStrictEqual(decode(encode(value)), value)).toBe(true);
    }),
    { seed: 7, numRuns: 1500 },
  );
});

test('a text is read or refused, never thrown on', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(typeof readWire(text).ok).toBe('boolean');
    }),
    { seed: 7, numRuns: 1000 },
  );
});

test('bytes survive base64 and agree with the platform', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = bytesToBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(base64ToBytes(text)).toStrictEqual(Uint8Array.from(bytes));
    }),
    { seed: 7 },
  );
});

test('a typed array over shared memory is sent as its values', () => {
  const shared = new Float64Array(new SharedArrayBuffer(24));
  shared.set([1, -0, Infinity]);
  expect(decode(encode({ shared }))).toStrictEqual({ shared: Float64Array.of(1, -0, Infinity) });
});

test('a view into a larger buffer is sent alone', () => {
  const view = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
  expect(decode(encode(view))).toStrictEqual(Float64Array.of(2, 3));
});

test('properties that are undefined are left out, array elements are kept', () => {
  expect(decode(encode({ a: undefined, b: [undefined, 1] }))).toStrictEqual({ b: [undefined, 1] });
});

test.each([
  ['not JSON', '{', 'not JSON'],
  ['an unknown tag', '{"$date":"x"}', 'unknown tag: $date'],
  ['a number tag with another word', '{"$number":"1e999"}', 'unknown tag'],
  ['a typed array of odd length', '{"$array":"Float64Array","base64":"AAAA"}', 'unknown tag'],
  ['a typed array of a kind named constructor', '{"$array":"constructor","base64":"AAAA"}', 'unknown tag'],
  ['ten thousand levels', '['.repeat(10_000) + ']'.repeat(10_000), 'nested more than 64 levels'],
])('%s is refused by name', (_what, text, message) => {
  const read = readWire(text);
  expect(read.ok ? '' : `${read.failure.reason} ${read.failure.message}`).toContain(`usage the message`);
  expect(read.ok ? '' : read.failure.message).toContain(message);
});

test('a key named __proto__ changes no prototype', () => {
  const value = decode('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
  expect(value['polluted']).toBeUndefined();
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each([[() => 1], [1n], [Symbol('x')], [new Map()]])('%s cannot be sent and says so', (value) => {
  expect(() => encode(value)).toThrow('cannot be sent');
});

test('for people and files an infinite health factor is the string "Infinity"', () => {
  expect(plainJson({ healthFactor: Infinity, other: [NaN, -Infinity, 1] })).toBe(
    '{"healthFactor":"Infinity","other":["NaN","-Infinity",1]}',
  );
});
