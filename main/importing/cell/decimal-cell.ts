import { Decimal } from 'decimal.js';
import type { DecimalText } from '../../domain/decimal.ts';

/** Which sign separates the fraction, or that rows which leave it open are left out; undefined = not answered yet. */
export type DecimalSign = 'dot' | 'comma' | 'leaveOut' | undefined;

/** What a numeric cell says. */
export type DecimalReading =
  | {
      readonly kind: 'value';
      readonly text: DecimalText;
      /** One dot before three digits and no answer yet: would be a thousand if commas turn out to be decimal signs in this file. */
      readonly isOpen: boolean;
    }
  | { readonly kind: 'asked' }
  | { readonly kind: 'refused'; readonly reason: string };

const LONGEST = 60;
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const LOOSE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,6})?$/;
const NEGATIVE_ZERO = /^-0(?:\.0*)?$/;
const OPEN = /^-?[1-9]\d{0,2}\.\d{3}$/;
/** Digits, dots and commas in which at least one reading as a number exists. */
const DOT_DECIMAL = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;
const COMMA_DECIMAL = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/;

const Exact = Decimal.clone({ precision: 120, toExpNeg: -400, toExpPos: 400, maxE: 9e15, minE: -9e15 });

/**
 * Reads a cell as exact plain decimal text. Plain numbers with a dot are kept as they stand. An exponent is written out. A comma,
 * or more than one dot, leaves the decimal sign open: it is asked about, never guessed. Everything else is refused with a reason.
 */
export function readDecimal(cell: string, sign: DecimalSign): DecimalReading {
  const text = cell.trim();
  if (sign === 'leaveOut' && OPEN.test(text)) return refuse(leftOut(text));
  const isGrouped = sign === 'comma' && /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/.test(text);
  if (PLAIN.test(text) && text.length <= LONGEST && !isGrouped) {
    return { kind: 'value', text: NEGATIVE_ZERO.test(text) ? '0' : text, isOpen: sign === undefined && OPEN.test(text) };
  }
  if (!isGrouped && LOOSE.test(text)) return written(text, text);
  const hasTwoReadings = /[,.]/.test(text) && (DOT_DECIMAL.test(text) || COMMA_DECIMAL.test(text));
  if (!hasTwoReadings) return refuse(strangeness(text));
  if (sign === undefined) return { kind: 'asked' };
  if (sign === 'leaveOut') return refuse(leftOut(text));
  if (sign === 'dot')
    return DOT_DECIMAL.test(text) ? written(text.replaceAll(',', ''), text) : refuse(`${text} cannot be read with the dot as decimal sign`);
  return COMMA_DECIMAL.test(text)
    ? written(text.replaceAll('.', '').replace(',', '.'), text)
    : refuse(`${text} cannot be read with the comma as decimal sign`);
}

/** `cell` as it would be read with the given sign, for showing: '1.200,0 → 1200.0' or 'cannot be read'. */
export function shownDecimal(cell: string, sign: 'dot' | 'comma'): string {
  const reading = readDecimal(cell, sign);
  return reading.kind === 'value' ? reading.text : 'cannot be read';
}

function leftOut(text: string): string {
  return `${text} is left out: which sign is decimal was not decided`;
}

function written(number: string, shown: string): DecimalReading {
  if (!Number.isFinite(Number(number))) return refuse(`${shown} is not a finite number`);
  const bare = number.replace(/^\+/, '');
  const text = PLAIN.test(bare) ? bare : new Exact(bare).toFixed();
  if (text.length > LONGEST) return refuse(`${shown} has more than ${LONGEST} characters as a plain decimal`);
  return { kind: 'value', text: NEGATIVE_ZERO.test(text) ? '0' : text, isOpen: false };
}

function strangeness(text: string): string {
  if (text === '') return 'is empty';
  if (/^[+-]?(?:nan|inf(?:inity)?|∞)$/i.test(text)) return `${text} is not a finite number`;
  if (/%$/.test(text)) return `${text} is a percentage; write it as a fraction or a plain number`;
  if (/^\(.*\)$/.test(text)) return `${text} is in brackets; write a negative number with -`;
  if (/[\u2212\u2010-\u2015\uFF0D\uFE63]/.test(text)) return `${text} has a minus sign that is not -`;
  if (/^[+-]?\d{1,3}(?:['’\u0020\u00A0\u2009\u202F]\d{3})+(?:[.,]\d+)?$/.test(text))
    return `${text} has grouping signs; write the digits without them`;
  if (/^[+-]?[\d.,]+\s*[A-Za-z$€£]+$|^[$€£]/.test(text)) return `${text} has a unit; write the number only`;
  return `${text} is not a number`;
}

function refuse(reason: string): DecimalReading {
  return { kind: 'refused', reason };
}
