import { z } from 'zod';

/** What an adapter answers: numbers, decimal text of exact integers, booleans, null for 'does not exist', or a named error. */
export type CaseOutput = Record<string, unknown>;

/**
 * Computes one case of a family. `file` is the whole parsed file, for families whose cases share data. An adapter parses its input, calls the
 * engine and names the results; it computes nothing itself. Input that does not parse is answered with a named error.
 */
export type CaseFunction = (input: unknown, group: string, file: Readonly<Record<string, unknown>>) => CaseOutput | Promise<CaseOutput>;

/** A number, or one written as decimal text. */
export const real = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i)
    .transform(Number),
]);

/** An unbounded integer written as decimal text or as a safe number. */
export const integer = z.union([z.string().regex(/^-?\d+$/), z.number().int()]).transform((value) => BigInt(value));

/** 'call' or 'put' as the engine's flag. */
export const optionSide = z.enum(['call', 'put']).transform((value) => value === 'call');

/** The answer for a group that the adapter does not know. */
export function unknownGroup(group: string): CaseOutput {
  return { error: `unknown group "${group}"` };
}

/** Exact decimal text of digits × 10^−places, without trailing zeros. */
export function decimalOf(digits: bigint, places: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const part = places === 0 ? '' : text.slice(text.length - places).replace(/0+$/, '');
  return part === '' ? sign + whole : `${sign}${whole}.${part}`;
}

/** Decimal text or a number as digits × 10^places, cut off below the last place. */
export function scaled(value: string | number, places: number): bigint {
  const [whole = '0', part = ''] = expand(String(value)).split('.');
  const digits = BigInt((whole.replace('-', '') || '0') + part.slice(0, places).padEnd(places, '0'));
  return whole.startsWith('-') ? -digits : digits;
}

/** Plain decimal text of a number that may carry an exponent. */
function expand(text: string): string {
  const [mantissa = '0', exponent] = text.toLowerCase().split('e');
  if (exponent === undefined) return mantissa;
  const [whole = '0', part = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  const digits = whole + part;
  const point = whole.length + shift;
  const plain =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, '0')
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return mantissa.startsWith('-') ? `-${plain}` : plain;
}
