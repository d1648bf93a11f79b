/** A finite double as an exact integer times 2^-1074. */
function exactInteger(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return bits >> 63n === 1n ? -size : size;
}

/** Sum of finite doubles in exact integers, then rounded once by the decimal parser. */
export function exactSum(values: Iterable<number>): number {
  let total = 0n;
  for (const value of values) total += exactInteger(value);
  // n / 2^1074 = n × 5^1074 / 10^1074, written out as decimal text.
  return Number(`${(total * 5n ** 1074n).toString()}e-1074`);
}
