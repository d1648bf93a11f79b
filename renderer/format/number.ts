/** U+2212, the minus of figures: as wide as a digit, unlike the hyphen. */
export const MINUS = '\u2212';
/** U+2009, between a figure and its unit. */
export const THIN_SPACE = '\u2009';
/** Shown where a number does not apply (not for a missing one: that is a named failure). */
export const NOT_APPLICABLE = '–';

const formatters = new Map<number, Intl.NumberFormat>();

function formatterFor(decimals: number): Intl.NumberFormat {
  let formatter = formatters.get(decimals);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formatters.set(decimals, formatter);
  }
  return formatter;
}

/**
 * A number with grouped thousands and exactly `decimals` places. Zero is shown only for zero: a value that would round to
 * zero is shown as `<0.01`. Infinity is `∞`; NaN is the word `undefined number`, since it is a bug and must be seen.
 */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'undefined number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const text = formatterFor(decimals).format(Math.abs(value));
  const isZeroText = !/[1-9]/.test(text);
  if (isZeroText && value !== 0) {
    const smallest = formatterFor(decimals).format(10 ** -decimals);
    return value > 0 ? `<${smallest}` : `>${MINUS}${smallest}`;
  }
  return value < 0 ? `${MINUS}${text}` : text;
}

/** Like `fixed`, with a plus sign for positive values: only for columns of change. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 ? `+${text.replace('<', '')}` : text;
}

/** Decimal text as it was typed, with grouped thousands; nothing is rounded. */
export function quantity(decimalText: string): string {
  const match = /^([+-]?)(\d+)(\.\d+)?$/.exec(decimalText.trim());
  if (match === null) return decimalText;
  const [, sign, whole = '', rest = ''] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign === '-' ? MINUS : ''}${grouped}${rest}`;
}

/** A count: grouped, no decimals. */
export function count(value: number): string {
  return fixed(value, 0);
}

/** `3 accounts`, `1 account`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}
