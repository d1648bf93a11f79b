import { createHash } from 'node:crypto';

type Column = Float64Array | Int32Array | Uint8Array;

/** The same object tree with every typed array copied into a shared buffer, so that worker threads read it without a copy. */
export function shareColumns<T>(value: T): T {
  return mapColumns(value, (column) => {
    const buffer = new SharedArrayBuffer(Math.max(column.byteLength, 8));
    if (column instanceof Float64Array) return copyInto(new Float64Array(buffer, 0, column.length), column);
    if (column instanceof Int32Array) return copyInto(new Int32Array(buffer, 0, column.length), column);
    return copyInto(new Uint8Array(buffer, 0, column.length), column);
  });
}

/** SHA-256 over every column of an object tree in key order, hex, first 32 characters: names a packed book in the pool. */
export function digestColumns(value: unknown): string {
  const hash = createHash('sha256');
  mapColumns(value, (column) => {
    hash.update(`${column.constructor.name}:${column.length};`);
    hash.update(Buffer.from(column.buffer, column.byteOffset, column.byteLength));
    return column;
  });
  return hash.digest('hex').slice(0, 32);
}

function copyInto<C extends Column>(target: C, source: ArrayLike<number>): C {
  target.set(source);
  return target;
}

function mapColumns<T>(value: T, convert: (column: Column) => Column): T {
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) return convert(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part: unknown) => mapColumns(part, convert)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapColumns(part, convert)])) as T;
}
