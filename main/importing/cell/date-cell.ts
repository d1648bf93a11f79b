import type { Instant } from '../../domain/time.ts';
import { calendarDay } from '../../domain/venue-symbol.ts';

/** Which number comes first in 05-02-2026, or that rows which leave it open are left out; undefined = not answered yet. */
export type DateOrder = 'dayFirst' | 'monthFirst' | 'leaveOut' | undefined;

/** What a date cell says. */
export type DateReading =
  | { readonly kind: 'value'; readonly instant: Instant }
  | { readonly kind: 'asked' }
  | { readonly kind: 'refused'; readonly reason: string };

const STORED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)${TIME}\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:(?:\s+-\s+|,?\s+)${TIME})?$`);
const NAMED_MONTH = new RegExp(String.raw`^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?[ -](\d{4})(?:,?\s+${TIME})?$`);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a cell as an instant in UTC. A time without a zone is UTC. Year first (ISO 8601) has one reading; with the year last,
 * day and month are asked about unless only one order is in the calendar. Serial numbers of spreadsheets are refused, since
 * they count from 1900 or from 1904.
 */
export function readInstant(cell: string, order: DateOrder): DateReading {
  const text = cell.trim();
  if (text === '') return refuse('is empty');
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [, year, month, day, hour, minute, second, fraction, zone] = yearFirst;
    return build(text, { year, month, day, hour, minute, second, fraction, zone });
  }
  const named = NAMED_MONTH.exec(text);
  if (named) {
    const [, day, name = '', year, hour, minute, second, fraction] = named;
    const month = String(MONTHS.indexOf(name.toLowerCase()) + 1);
    return month === '0' ? refuse(`${text} is not a date`) : build(text, { year, month, day, hour, minute, second, fraction });
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) return readYearLast(text, yearLast, order);
  if (/^\d{4,6}(?:\.\d+)?$/.test(text))
    return refuse(`${text} looks like a spreadsheet's day number, which counts from 1900 or 1904; write 2026-02-05`);
  return refuse(`${text} is not a date such as 2026-02-05 or 2026-02-05T21:29:37Z`);
}

/** `cell` as it would be read in the given order, for showing. */
export function shownInstant(cell: string, order: 'dayFirst' | 'monthFirst'): string {
  const reading = readInstant(cell, order);
  return reading.kind === 'value' ? reading.instant : 'cannot be read';
}

type Parts = Record<'year' | 'month' | 'day', string | undefined> & {
  [part in 'hour' | 'minute' | 'second' | 'fraction' | 'zone']?: string | undefined;
};

function readYearLast(text: string, found: RegExpExecArray, order: DateOrder): DateReading {
  const [, first = '', second = '', year, hour, minute, seconds, fraction] = found;
  const rest = { year, hour, minute, second: seconds, fraction };
  const dayFirst = build(text, { ...rest, day: first, month: second });
  const monthFirst = build(text, { ...rest, day: second, month: first });
  if (order === 'dayFirst') return dayFirst;
  if (order === 'monthFirst') return monthFirst;
  if (dayFirst.kind !== 'value') return monthFirst.kind === 'value' ? monthFirst : dayFirst;
  if (monthFirst.kind !== 'value' || Number(first) === Number(second)) return dayFirst;
  return order === 'leaveOut' ? refuse(`${text} is left out: whether day or month comes first was not decided`) : { kind: 'asked' };
}

function build(text: string, parts: Parts): DateReading {
  const day = calendarDay(Number(parts.year), Number(parts.month), Number(parts.day));
  if (!day.ok) return refuse(`${text}: ${day.failure.message}`);
  const hour = (parts.hour ?? '00').padStart(2, '0');
  const minute = parts.minute ?? '00';
  const second = parts.second ?? '00';
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return refuse(`${text}: there is no time ${hour}:${minute}:${second}`);
  if (STORED.test(text)) return { kind: 'value', instant: text };
  const fraction = /^0*$/.test(parts.fraction ?? '') ? '' : `.${parts.fraction ?? ''}`;
  const zone = parts.zone ?? 'Z';
  if (zone === 'Z' || zone === 'UTC') return { kind: 'value', instant: `${day.value}T${hour}:${minute}:${second}${fraction}Z` };
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  if (Number(zone.slice(-2)) > 59 || minutes > 14 * 60) return refuse(`${text}: there is no zone ${zone}`);
  const ms = Date.parse(`${day.value}T${hour}:${minute}:${second}Z`) - (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
  return { kind: 'value', instant: `${new Date(ms).toISOString().slice(0, 19)}${fraction}Z` };
}

function refuse(reason: string): DateReading {
  return { kind: 'refused', reason };
}
