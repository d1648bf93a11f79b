import { hedgeLegKind, usualLeastTradeUsd, type HedgeLegKind, type HedgeLimits } from '../../../../main/contract/hedge-limits.ts';
import { usualSurvival, type HedgeSurvivalWish } from '../../../../main/contract/hedge-survival.ts';
import { fixed } from '../../../format/number.ts';
import { parseBudget } from '../hedge-rows.ts';

/** How a number of the sheet is typed: a sum with k or M, minutes, or a share in percent up to `most`. */
type Typed = { readonly kind: 'sum' } | { readonly kind: 'minutes' } | { readonly kind: 'percent'; readonly most: number };

/** A number that the sheet asks for. Empty = what is usual, which stands in the empty field. */
export type NumberField = Typed & {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  readonly usual: string;
  /** What it bounds, or why the usual value is what it is; in one line. */
  readonly hint: string;
  /** How it is said beside the button, before its value. */
  readonly chip: string;
};

/** Bounds on the book after the suggestion. */
export const bandFields = [
  {
    key: 'deltaBandUsd',
    kind: 'sum',
    title: 'Delta',
    unit: 'USD',
    usual: 'no band',
    hint: 'of each driver, looked through',
    chip: 'delta ±',
  },
  {
    key: 'gammaBandUsd',
    kind: 'sum',
    title: 'Gamma',
    unit: 'USD per 1 %',
    usual: 'no band',
    hint: 'change of delta per move of 1 %',
    chip: 'gamma ±',
  },
  {
    key: 'vegaBandUsd',
    kind: 'sum',
    title: 'Vega',
    unit: 'USD per point',
    usual: 'no band',
    hint: 'per point of volatility',
    chip: 'vega ±',
  },
  {
    key: 'venueShareFraction',
    kind: 'percent',
    most: 100,
    title: 'Largest venue',
    unit: '%',
    usual: 'no limit',
    hint: 'of the notional of all contracts',
    chip: 'a venue ≤',
  },
] as const satisfies readonly NumberField[];

/** Bounds on what is traded. */
export const tradeFields = [
  {
    key: 'turnoverUsd',
    kind: 'sum',
    title: 'Notional of all trades',
    unit: 'USD',
    usual: 'no limit',
    hint: 'cash that is moved does not count',
    chip: 'trades ≤',
  },
  {
    key: 'venueTurnoverUsd',
    kind: 'sum',
    title: 'Notional at one venue',
    unit: 'USD',
    usual: 'no limit',
    hint: 'of the trades there',
    chip: 'at a venue ≤',
  },
  {
    key: 'leastTradeUsd',
    kind: 'sum',
    title: 'Least trade',
    unit: 'USD',
    usual: String(usualLeastTradeUsd),
    hint: 'the least venues take; assumed',
    chip: 'no trade <',
  },
] as const satisfies readonly NumberField[];

const percentText = (fraction: number): string => String(Number((100 * fraction).toFixed(4)));

/** What is taken to go wrong with hedges on a day among the worst tenth. */
export const survivalFields = [
  {
    key: 'frozenFraction',
    kind: 'percent',
    most: 20,
    title: 'A venue halts',
    unit: '% of such days',
    usual: percentText(usualSurvival.frozenFraction),
    hint: 'gains there cannot be taken out; once in fifty, assumed',
    chip: 'halts',
  },
  {
    key: 'deleveragedFraction',
    kind: 'percent',
    most: 20,
    title: 'It deleverages winners',
    unit: '% of such days',
    usual: percentText(usualSurvival.deleveragedFraction),
    hint: 'closes gaining futures, options are kept; once in twenty, assumed',
    chip: 'deleveraging',
  },
  {
    key: 'depeggedFraction',
    kind: 'percent',
    most: 20,
    title: 'A stablecoin slips',
    unit: '% of such days',
    usual: percentText(usualSurvival.depeggedFraction),
    hint: 'of those that gains are paid in; once in a hundred, assumed',
    chip: 'depegs',
  },
  {
    key: 'depegFraction',
    kind: 'percent',
    most: 100,
    title: 'and then loses',
    unit: '% of its worth',
    usual: percentText(usualSurvival.depegFraction),
    hint: 'assumed; USDe stood at 0.65 on Binance on 2025-10-10',
    chip: 'a depeg of',
  },
] as const satisfies readonly NumberField[];

/** What time there is before a shock. */
export const timeFields = [
  {
    key: 'noticeMinutes',
    kind: 'minutes',
    title: 'Every shock comes after',
    unit: 'minutes',
    usual: 'usual',
    hint: 'usual: as quickly as coins were recorded to move so far; 0 = a jump',
    chip: 'shocks after',
  },
] as const satisfies readonly NumberField[];

export const limitFields = [...bandFields, ...tradeFields, ...timeFields] as const;
type LimitKey = (typeof limitFields)[number]['key'];
type SurvivalKey = (typeof survivalFields)[number]['key'];
/** Name of a number of the sheet. */
export type FieldKey = LimitKey | SurvivalKey;

/** What the sheet asks beside budget and confidence. */
export type Assumed = { readonly limits: HedgeLimits; readonly survival: HedgeSurvivalWish };

/** The same as the sheet edits it: numbers as text, empty = usual. */
export type LimitFields = {
  readonly texts: Readonly<Record<FieldKey, string>>;
  readonly onlyReducing: boolean;
  readonly isOff: boolean;
  /** Ids of instruments, between spaces or commas. */
  readonly exclude: string;
  readonly keep: ReadonlySet<string>;
  /** Kinds of action that are not taken. */
  readonly barred: ReadonlySet<HedgeLegKind>;
};

/** Limits and assumptions as fields. */
export function fieldsOf({ limits, survival }: Assumed): LimitFields {
  const given: Partial<Record<FieldKey, number>> = { ...numbersOf(limits, limitFields), ...numbersOf(survival, survivalFields) };
  const texts = [...limitFields, ...survivalFields].map((field) => [field.key, textOf(field, given[field.key])]);
  return {
    texts: Object.fromEntries(texts) as Record<FieldKey, string>,
    onlyReducing: limits.onlyReducing ?? false,
    isOff: survival.isOff ?? false,
    exclude: (limits.excludeInstrumentIds ?? []).join(' '),
    keep: new Set(limits.keepAccountIds ?? []),
    barred: new Set(limits.excludeKinds ?? []),
  };
}

/** The fields when everything is as usual. */
export const usualFields: LimitFields = fieldsOf({ limits: {}, survival: {} });

/** Fields as limits and assumptions; what is empty is left out, and so is a number that is not understood. */
export function assumedOf(fields: LimitFields): Assumed {
  const { texts, onlyReducing, isOff, keep, barred } = fields;
  const exclude = fields.exclude.split(/[\s,]+/).filter((id) => id !== '');
  return {
    limits: {
      ...valuesOf(limitFields, texts),
      ...(onlyReducing ? { onlyReducing: true } : {}),
      ...(exclude.length === 0 ? {} : { excludeInstrumentIds: exclude }),
      ...(keep.size === 0 ? {} : { keepAccountIds: [...keep].toSorted() }),
      ...(barred.size === 0 ? {} : { excludeKinds: hedgeLegKind.options.filter((kind) => barred.has(kind)) }),
    },
    survival: isOff ? { isOff: true } : valuesOf(survivalFields, texts),
  };
}

/** What is wrong with a number as it is typed, in words; null where it is understood. Assumptions that are switched off are not looked at. */
export function troubleOf(field: NumberField & { readonly key: FieldKey }, { texts, isOff }: LimitFields): string | null {
  if (isOff && survivalFields.some(({ key }) => key === field.key)) return null;
  if (parsed(field, texts[field.key]) !== undefined) return null;
  if (field.kind === 'sum') return 'A sum such as 100,000 or 50 k, or empty';
  return field.kind === 'minutes' ? 'A number of minutes, or empty' : `From 0 to ${field.most} %, or empty`;
}

/** Whether every number is understood. */
export function isUnderstood(fields: LimitFields): boolean {
  return [...limitFields, ...survivalFields].every((field) => troubleOf(field, fields) === null);
}

function valuesOf<Key extends FieldKey>(
  fields: readonly (NumberField & { readonly key: Key })[],
  texts: LimitFields['texts'],
): Partial<Record<Key, number>> {
  const given = fields.flatMap((field): [Key, number][] => {
    const value = parsed(field, texts[field.key]);
    return value === null || value === undefined ? [] : [[field.key, value]];
  });
  return Object.fromEntries(given) as Partial<Record<Key, number>>;
}

function numbersOf<Key extends FieldKey>(
  from: { readonly [Name in Key]?: number | undefined },
  fields: readonly { readonly key: Key }[],
): Partial<Record<Key, number>> {
  return Object.fromEntries(fields.flatMap(({ key }) => (from[key] === undefined ? [] : [[key, from[key]]]))) as Partial<
    Record<Key, number>
  >;
}

/** USD, minutes or a fraction; null = empty, undefined = not understood. */
function parsed(field: Typed, text: string): number | null | undefined {
  if (field.kind === 'sum') return parseBudget(text)?.budgetUsd;
  const plain = text.replace(/[\s%]/g, '');
  if (plain === '') return null;
  const number = /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  if (field.kind === 'minutes') return Number.isFinite(number) ? number : undefined;
  return number <= field.most ? Number((number / 100).toFixed(12)) : undefined;
}

function textOf(field: Typed, value: number | undefined): string {
  if (value === undefined) return '';
  if (field.kind === 'sum') return fixed(value, Number.isInteger(value) ? 0 : 2);
  return field.kind === 'minutes' ? String(value) : percentText(value);
}
