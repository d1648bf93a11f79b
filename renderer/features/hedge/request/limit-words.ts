import type { HedgeLegKind } from '../../../../main/contract/hedge-limits.ts';
import { moneyShort } from '../../../format/money.ts';
import { counted } from '../../../format/number.ts';
import { percent } from '../../../format/share.ts';
import { limitFields, survivalFields, type Assumed, type NumberField } from './limit-fields.ts';

/** What each kind of action is called on the screen. */
export const kindWords: Readonly<Record<HedgeLegKind, string>> = {
  trade: 'Trade contracts and coins',
  repay: 'Repay debt',
  topUp: 'Add collateral',
  transfer: 'Move cash to margin',
  deleverage: 'Sell collateral to repay',
  withdraw: 'Take collateral out',
  switchCollateral: 'Hold other collateral',
  switchDebt: 'Owe another asset',
  migrate: 'Move loans elsewhere',
};

/** Everything that is not as usual, a few words each, in the order of the sheet. */
export function unusualWords({ limits, survival }: Assumed): readonly string[] {
  const numbers = limitFields.flatMap((field) => said(field, limits[field.key]));
  const lost = survivalFields.flatMap((field) => said(field, survival[field.key]));
  const { onlyReducing, excludeKinds = [], keepAccountIds = [], excludeInstrumentIds = [] } = limits;
  return [
    ...numbers,
    ...(onlyReducing === true ? ['nothing new'] : []),
    ...(excludeKinds.length === 0 ? [] : [barredWords(excludeKinds)]),
    ...(keepAccountIds.length === 0
      ? []
      : [`${keepAccountIds.length > 2 ? counted(keepAccountIds.length, 'account') : keepAccountIds.join(', ')} left alone`]),
    ...(excludeInstrumentIds.length === 0 ? [] : [`${counted(excludeInstrumentIds.length, 'instrument')} left alone`]),
    ...(survival.isOff === true ? ['no hedge is ever lost'] : lost),
  ];
}

function barredWords(kinds: readonly HedgeLegKind[]): string {
  return kinds.length > 2
    ? `${counted(kinds.length, 'kind')} barred`
    : `not: ${kinds.map((kind) => kindWords[kind].toLowerCase()).join(', ')}`;
}

function said({ chip, kind }: Pick<NumberField, 'chip' | 'kind'>, value: number | undefined): readonly string[] {
  if (value === undefined) return [];
  if (kind === 'minutes') return [`${chip} ${value} min`];
  const hasParts = !Number.isInteger(Number((100 * value).toFixed(6)));
  return [`${chip} ${kind === 'sum' ? moneyShort(value) : percent(value, hasParts ? 1 : 0)}`];
}

/** Room that a chip takes beside its words, in characters. */
const CHIP_CHARACTERS = 4;

/** As many of the words as fit, and how many more there are. */
export function fittingWords(words: readonly string[], mostCharacters: number): readonly string[] {
  let used = 0;
  const shown = words.filter((each) => {
    used += each.length + CHIP_CHARACTERS;
    return used <= mostCharacters;
  });
  return shown.length === words.length ? words : [...shown, `+${words.length - shown.length} more`];
}

/** What the button to the sheet says. */
export function limitsTitle(assumed: Assumed): string {
  const count = Object.keys(assumed.limits).length + Object.keys(assumed.survival).length;
  return count === 0 ? 'Limits …' : `${counted(count, 'limit')} …`;
}
