import type { AccountResult } from '../../contract/analysis.ts';
import { sourcesOf } from './coverage-note.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { orReason, percentText, usdText } from './number-text.ts';

type Point = AccountResult['liquidationPoints'][number];
type Side = 'down' | 'up';

/** The account, and the driver when one is named: the subject is 'ACCOUNT' or 'ACCOUNT DRIVER'. */
function accountAndDriver(
  { analysis }: KnownResults,
  subjectId: string | undefined,
): { account: AccountResult; driver: string | null } | null {
  const whole = analysis.accounts.find((account) => account.accountId === subjectId);
  if (whole !== undefined) return { account: whole, driver: null };
  const cut = subjectId?.lastIndexOf(' ') ?? -1;
  const account = analysis.accounts.find((each) => each.accountId === subjectId?.slice(0, cut));
  return account === undefined ? null : { account, driver: subjectId?.slice(cut + 1) ?? null };
}

/** The named driver's point, or the nearest one of the account; on the asked side, or on whichever is nearer. */
function pointOf(account: AccountResult, driver: string | null, side: Side | null): { point: Point; side: Side } | null {
  const sides: readonly Side[] = side === null ? ['down', 'up'] : [side];
  const ends = account.liquidationPoints
    .filter((point) => driver === null || point.driver === driver)
    .flatMap((point) => sides.map((each) => ({ point, side: each, move: each === 'down' ? point.downMove : point.upMove })));
  const reached = ends.filter((end) => end.move !== null).toSorted((left, right) => Math.abs(left.move ?? 0) - Math.abs(right.move ?? 0));
  return reached[0] ?? ends[0] ?? null;
}

function explainPoint(known: KnownResults, subjectId: string | undefined, side: Side | null): ReturnType<Metric['find']> {
  const named = accountAndDriver(known, subjectId);
  const found = named === null ? null : pointOf(named.account, named.driver, side);
  const choices = named === null || found === null ? [] : [{ account: named.account, ...found }];
  return answerFrom(
    lookUp(choices, () => true, `a liquidation point of ${subjectId ?? '(no account named)'}`),
    (each): ExplainedNumber => {
      const { account, point } = each;
      const price = each.side === 'down' ? point.downPriceUsd : point.upPriceUsd;
      const move = each.side === 'down' ? point.downMove : point.upMove;
      const never = `${account.accountId} cannot be liquidated by ${point.driver} alone ${each.side === 'down' ? 'falling' : 'rising'}`;
      return {
        subject: `${account.accountId}, ${point.driver} ${each.side}`,
        value: orReason(price, never),
        worked:
          move === null
            ? never
            : `${usdText(point.priceNowUsd)} × (1 ${move < 0 ? '−' : '+'} ${percentText(Math.abs(move))}) = ${usdText(price)}`,
        inputs: [
          { name: `${point.driver} now`, value: usdText(point.priceNowUsd), source: sourcesOf(known.analysis) },
          { name: 'move', value: percentText(move), source: 'first crossing of the excess with 0' },
          { name: 'excess now', value: usdText(account.excessUsd), source: `rules of ${account.venueName}` },
          { name: 'binds', value: account.binding, source: `rules of ${account.venueName}` },
        ],
      };
    },
  );
}

const notes = [
  'Only this driver moves; claims on it move with it, every other price and volatility stays, and nobody sells.',
  'Price ÷ health factor is not used: it is wrong as soon as debt and collateral share a driver.',
];
const formula = 'the nearest price P with excess(P) = 0 and below 0 beyond it';
const common = { unit: 'USD', formula, notes };

/** Prices at which one driver alone liquidates an account. */
export const liquidationMetrics: readonly Metric[] = [
  {
    ...common,
    id: 'account.liquidationPrice',
    title: 'Liquidation price',
    definition: 'The nearest price of one driver at which the account is liquidated when nothing else moves.',
    find: (known, subjectId) => explainPoint(known, subjectId, null),
  },
  {
    ...common,
    id: 'account.liquidationPoints.downPriceUsd',
    title: 'Liquidation price, falling',
    definition: 'The first price of this driver, going down, at which the account is liquidated when nothing else moves.',
    find: (known, subjectId) => explainPoint(known, subjectId, 'down'),
  },
  {
    ...common,
    id: 'account.liquidationPoints.upPriceUsd',
    title: 'Liquidation price, rising',
    definition: 'The first price of this driver, going up, at which the account is liquidated when nothing else moves.',
    find: (known, subjectId) => explainPoint(known, subjectId, 'up'),
  },
];
