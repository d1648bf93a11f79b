const MINUS = '\u2212';
/** Stands between a figure and its unit sign. */
const THIN_SPACE = '\u2009';
const COUNT_WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

/** Formats by number of decimals: making one costs a hundred times as much as using it. */
const formats = new Map<number, Intl.NumberFormat>();

function formatOf(digits: number): Intl.NumberFormat {
  const known = formats.get(digits) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(digits, known);
  return known;
}

/** A figure with a true minus, grouped by commas. */
export function figure(value: number, digits: number): string {
  // Whole figures below a thousand need no format, and thousands of them are written at once.
  if (digits === 0 && Number.isInteger(value) && value > -1000 && value < 1000) return value < 0 ? `${MINUS}${-value}` : String(value + 0);
  const text = formatOf(digits).format(Math.abs(value));
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `${MINUS}${text}` : text;
}

/** A fraction as per cent: −0.304 → '−30.4 %'; no decimals where it is a whole number and `digits` is left out. */
export function percent(fraction: number, digits?: number): string {
  const value = fraction * 100;
  const shown = digits ?? (Math.abs(value - Math.round(value)) < 0.05 ? 0 : 1);
  return `${figure(value, shown)}${THIN_SPACE}%`;
}

/** Dollars in millions or thousands: 4_450_000 → '4.45 M', 4_912 → '4.9 k'. */
export function money(usd: number): string {
  const size = Math.abs(usd);
  if (size >= 1e8) return `${figure(usd / 1e6, 0)} M`;
  if (size >= 1e6) return `${figure(usd / 1e6, 1)} M`;
  return size >= 1000 ? `${figure(usd / 1e3, 1)} k` : figure(usd, 0);
}

/** 'Four' for 4; figures beyond twelve. */
export function countWord(count: number): string {
  return COUNT_WORDS[count] ?? figure(count, 0);
}

/** 'a', 'a and b', 'a, b and c'. */
export function listing(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;
}

/** Most names that a sentence lists. */
const MOST_NAMED = 6;

/** 'a, b and c' for a few; 'a, b, c, d, e and 12 more' for many. */
export function listingOfFew(items: readonly string[]): string {
  const more = items.length - MOST_NAMED + 1;
  return more <= 1 ? listing(items) : listing([...items.slice(0, MOST_NAMED - 1), `${figure(more, 0)} more`]);
}

/** 'ETH −18 %, BTC −14 %' for the moves of a shock; 'no move' for none. */
export function shockWords(moves: Readonly<Record<string, number>>): string {
  const parts = Object.entries(moves).flatMap(([id, move]) => (move === 0 ? [] : [`${id} ${move > 0 ? '+' : ''}${percent(move)}`]));
  return parts.length === 0 ? 'no move' : parts.join(', ');
}

/** Plural by count: 'account' or 'accounts'. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}
