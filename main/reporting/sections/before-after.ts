import type { AnalysisResult, CascadeResult } from '../../contract/analysis.ts';
import type { ReportResults } from '../../contract/report-record.ts';
import { sumOfDollars } from '../sum-of-dollars.ts';
import { pathIds, priceChart } from '../charts/price-chart.ts';
import { figure, millions, move, plain, ratio } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

type Hedge = NonNullable<ReportResults['hedge']>;

/** What the suggestion changes: each account, and the cascade at the reference shock. */
export function beforeAfterSections(analysis: AnalysisResult, hedge: Hedge): ReportSection[] {
  const { cascade } = analysis;
  const { cascadeAfter } = hedge;
  const ids = pathIds(cascade).slice(0, 4);
  const half = { width: 246, height: 150 };
  return [
    accounts(analysis, hedge),
    section({
      id: 'cascade-before',
      title: 'The cascade before',
      caption: 'prices at the reference shock',
      span: 'half',
      charts: [priceChart(cascade, ids, { id: 'prices-before', ...half })],
    }),
    section({
      id: 'cascade-after',
      title: 'The cascade after',
      caption: 'the same shock, the book hedged',
      span: 'half',
      charts: [priceChart(cascadeAfter, ids, { id: 'prices-after', ...half })],
    }),
    figures(cascade, cascadeAfter),
  ];
}

function accounts({ cascade }: AnalysisResult, { suggestion, cascadeAfter }: Hedge): ReportSection {
  const loss = (told: CascadeResult, accountId: string): ReportCell => {
    const value = told.lossByAccountUsd[accountId] ?? null;
    return number(value, millions(value));
  };
  const round = (value: number | null): ReportCell =>
    words(value === null ? 'holds' : `◆ r${value}`, value === null ? {} : { state: 'danger' });
  const rows = suggestion.accounts.map((effect): ReportCell[] => [
    words(effect.accountId, { isStrong: true }),
    round(effect.fallsBefore),
    round(effect.fallsAfter),
    number(effect.jointMoveBefore, move(effect.jointMoveBefore)),
    number(effect.jointMoveAfter, move(effect.jointMoveAfter), { isStrong: true }),
    number(effect.excessBeforeUsd, millions(effect.excessBeforeUsd)),
    number(effect.excessAfterUsd, millions(effect.excessAfterUsd), { isStrong: true }),
    loss(cascade, effect.accountId),
    loss(cascadeAfter, effect.accountId),
  ]);
  const columns = [
    left('Account', 1),
    left('At the shock'),
    left('then'),
    right('Joint move'),
    right('then'),
    right('Excess, M'),
    right('then'),
    right('Loss, M'),
    right('then'),
  ];
  return section({
    id: 'account-effect',
    title: 'What it does to each account',
    caption: 'before the suggestion, then after it; loss at the reference shock',
    tables: [{ id: 'account-effect', columns, rows }],
  });
}

function figures(before: CascadeResult, after: CascadeResult): ReportSection {
  const sold = (told: CascadeResult, key: 'crowdSoldUsd' | 'mineSoldUsd'): number => sumOfDollars(told.rounds.map((round) => round[key]));
  const row = (name: string, of: (told: CascadeResult) => ReportCell): ReportCell[] => [
    words(name, { isStrong: true }),
    of(before),
    of(after),
  ];
  const usd = (value: number): ReportCell => number(value, millions(value));
  const rows = [
    row('Own accounts that fall', ({ fallen }) => number(fallen.length, figure(fallen.length, 0))),
    row('Rounds until nobody sells', ({ rounds }) => number(rounds.length - 1, figure(rounds.length - 1, 0))),
    row('Sold by own accounts, M USD', (told) => usd(sold(told, 'mineSoldUsd'))),
    row('Sold by the crowd, M USD', (told) => usd(sold(told, 'crowdSoldUsd'))),
    row('Loss of the shock itself, M USD', ({ firstRoundLossUsd }) => usd(firstRoundLossUsd)),
    row('Second-round loss, M USD', ({ totalLossUsd, firstRoundLossUsd }) => usd(totalLossUsd - firstRoundLossUsd)),
    row('Loss in all, M USD', ({ totalLossUsd }) => usd(totalLossUsd)),
    row('Bad debt, M USD', ({ badDebtUsd }) => usd(badDebtUsd)),
    row('Loss in all / loss of the shock', ({ lossAmplification }) =>
      number(typeof lossAmplification === 'number' ? lossAmplification : null, ratio(lossAmplification)),
    ),
    ...Object.keys(before.shock.moves).map((id) => row(`Lowest ${id}, USD`, (told) => lowest(told, id))),
  ];
  return section({
    id: 'cascade-figures',
    title: 'The reference shock in figures',
    caption: shockText(before),
    tables: [{ id: 'cascade-figures', columns: [left('', 5), right('Before'), right('After')], rows }],
  });
}

function lowest({ rounds }: CascadeResult, id: string): ReportCell {
  const prices = rounds.flatMap(({ pricesUsd }) => (pricesUsd[id] === undefined ? [] : [pricesUsd[id]]));
  const value = prices.length === 0 ? null : Math.min(...prices);
  return number(value, plain(value, 2));
}

function shockText({ shock }: CascadeResult): string {
  return Object.entries(shock.moves)
    .map(([id, value]) => `${id} ${move(value)}`)
    .join(', ');
}
