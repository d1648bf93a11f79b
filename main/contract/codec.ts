import { fail, succeed, type Result } from '../domain/failure.ts';
import { base64ToBytes, bytesToBase64 } from './base64.ts';

/**
 * The wire form of a value: JSON in which what JSON loses is tagged. `{"$number":"Infinity"}` is the number, the plain string
 * "Infinity" stays a string; typed arrays travel as their exact bytes; a key that begins with `$` is written with one more `$`,
 * so that nothing a user types can look like a tag. Reversible without a schema: decode(encode(x)) equals x bit for bit.
 * Properties that are undefined are left out, as in JSON; an undefined array element is tagged.
 */
const MAX_DEPTH = 64;

const arrayKinds = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
} as const;
type ArrayKind = keyof typeof arrayKinds;
type TypedArray = InstanceType<(typeof arrayKinds)[ArrayKind]>;

/** Writes a value for the wire. A function, symbol, bigint, class instance or nesting beyond 64 levels is a bug and throws. */
export function encode(value: unknown): string {
  return JSON.stringify(tag(value, 0));
}

/** Reads what our own host wrote; a text that is not of that form is a bug and throws. */
export function decode(text: string): unknown {
  const read = readWire(text);
  if (!read.ok) throw new TypeError(read.failure.message);
  return read.value;
}

/** Reads what a caller sent; a text that is not of the wire form is a failure of the call ('usage'). */
export function readWire(text: string): Result<unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail('usage', `the message is not JSON (${text.length} characters)`);
  }
  return untag(parsed, 0);
}

/** A number as JSON can hold it: non-finite values become the strings "Infinity", "-Infinity" and "NaN". For people and files; one way. */
export function plainJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, (_key, item: unknown) => plainItem(item), indent);
}

function plainItem(item: unknown): unknown {
  if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
  return isTypedArray(item) ? Array.from(item) : item;
}

function tag(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new TypeError(`a value nested more than ${MAX_DEPTH} levels cannot be sent`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return isPlainNumber(value) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (value === undefined) return { $undefined: true };
  if (Array.isArray(value)) return value.map((item) => tag(item, depth + 1));
  if (isTypedArray(value)) return tagArray(value);
  if (isPlainObject(value)) return tagObject(value, depth);
  throw new TypeError(`a ${typeof value} cannot be sent`);
}

function tagObject(value: Record<string, unknown>, depth: number): unknown {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, tag(item, depth + 1)]));
}

function tagArray(value: TypedArray): unknown {
  const kind = value.constructor.name;
  return { $array: kind, base64: bytesToBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
}

function untag(value: unknown, depth: number): Result<unknown> {
  if (depth > MAX_DEPTH) return fail('usage', `the message is nested more than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return untagAll(value, depth);
  if (!isPlainObject(value)) return succeed(value);
  const keys = Object.keys(value);
  if (keys.some((key) => key.startsWith('$') && !key.startsWith('$$'))) return untagSpecial(value);
  const items = untagAll(
    keys.map((key) => value[key]),
    depth,
  );
  if (!items.ok) return items;
  // fromEntries defines properties: a key named __proto__ stays a plain key and no prototype changes.
  return succeed(Object.fromEntries(keys.map((key, at) => [key.startsWith('$') ? key.slice(1) : key, items.value[at]])));
}

function untagAll(values: readonly unknown[], depth: number): Result<unknown[]> {
  const items: unknown[] = [];
  for (const value of values) {
    const item = untag(value, depth + 1);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return succeed(items);
}

function untagSpecial(value: Record<string, unknown>): Result<unknown> {
  if (value['$undefined'] === true) return succeed(undefined);
  const number = value['$number'];
  if (typeof number === 'string' && /^(-?Infinity|NaN|-0)$/.test(number)) return succeed(Number(number));
  const kind = value['$array'];
  const bytes = typeof value['base64'] === 'string' ? base64ToBytes(value['base64']) : null;
  if (typeof kind === 'string' && Object.hasOwn(arrayKinds, kind) && bytes !== null) {
    const kindOfArray = arrayKinds[kind as ArrayKind];
    if (bytes.byteLength % kindOfArray.BYTES_PER_ELEMENT === 0) return succeed(new kindOfArray(bytes.buffer));
  }
  return fail('usage', `the message carries an unknown tag: ${Object.keys(value).join(', ').slice(0, 80)}`);
}

function isPlainNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && Object.hasOwn(arrayKinds, value.constructor.name);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
