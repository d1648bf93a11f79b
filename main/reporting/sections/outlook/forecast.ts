import type { Drawn } from '../../../contract/forecast.ts';
import type { ReportOutlook } from '../../../contract/report-outlook.ts';
import { fanChart } from '../../charts/fan-chart.ts';
import { figure, millions, moment, NOT_APPLICABLE, share } from '../../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../../report-model.ts';
import { section } from '../section.ts';

type Forecast = NonNullable<ReportOutlook['forecast']>;
type Account = Forecast['accounts'][number];
type Horizon = Account['horizons'][number];

/** As many accounts as are drawn: those likeliest to be called. */
const MOST_FANS = 6;

/** What requirements may come to, as it is and after the suggestion: a picture, chances, money, and what dated changes of rules do. */
export function forecastSections({ forecast, after }: Pick<ReportOutlook, 'forecast' | 'after'>): ReportSection[] {
  if (forecast === null) return [];
  const judged = forecast.accounts.filter(({ trouble }) => trouble === null);
  const hedged = new Map(after?.accounts.map((account) => [account.accountId, chanceOf(account)]));
  const worst = (account: Account): number => Math.max(chanceOf(account), hedged.get(account.accountId) ?? 0);
  const likeliest = judged.toSorted((a, b) => worst(b) - worst(a) || (a.accountId < b.accountId ? -1 : 1));
  const drawn = likeliest.slice(0, MOST_FANS).map(({ accountId }) => accountId);
  return [
    section({
      id: 'forecast',
      title: 'What requirements may come to',
      caption: `${figure(forecast.draws, 0)} paths from ${moment(forecast.asOf)}, seed ${forecast.seed}; chance of a call that is taken ${share(forecast.alpha)}`,
      paragraphs: [forecast.headline, ...(drawn.length === 0 ? [] : [fanWords(after !== null)])],
      charts: drawn.length === 0 ? [] : [fanChart(forecast, after, drawn)],
    }),
    chances(forecast, after),
    amounts(forecast, after),
    ...changes(forecast),
    section({
      id: 'forecast-assumptions',
      title: 'What the forecast rests on',
      caption: 'beside market and venue terms',
      paragraphs: forecast.assumptions,
    }),
  ];
}

function fanWords(isHedged: boolean): string {
  const after = isHedged ? '; blue = median, and dashed what 1 of 100 is below, with the suggestion done' : '';
  return `Drawn: resources less requirement in M USD, of the accounts likeliest to be called. Bands hold 98, 90 and 50 of 100 paths; black = median${after}; below the red line the account is called.`;
}

/** A time ahead in words: '1 hour', '7 days'. */
export function timeText(hours: number): string {
  const [count, word] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function chanceOf({ horizons }: Account): number {
  return horizons.at(-1)?.callProbability.value ?? 0;
}

function chances(forecast: Forecast, after: Forecast | null): ReportSection {
  const hedged = new Map(after?.accounts.map((account) => [account.accountId, account]));
  const last = timeText(forecast.hours.at(-1) ?? 0);
  const columns = [
    left('Account', 2),
    ...forecast.hours.flatMap((hours) => [right(`In ${timeText(hours)}`), ...(after === null ? [] : [right('after')])]),
    right('95 of 100'),
    right(`Liquidated, ${last}`),
    right('Joint'),
    ...(after === null ? [] : [right('after')]),
  ];
  const rows = forecast.accounts.map((account): ReportCell[] => {
    const { accountId, horizons } = account;
    const then = hedged.get(accountId)?.horizons;
    const [lastNow, lastThen] = [horizons.at(-1), then?.at(-1)];
    return [
      words(accountId, { isStrong: true }),
      ...forecast.hours.flatMap((_, i) => [
        chance(horizons[i]?.callProbability, account, forecast.alpha),
        ...(after === null ? [] : [chance(then?.[i]?.callProbability, account, forecast.alpha)]),
      ]),
      words(intervalText(lastNow?.callProbability)),
      chance(lastNow?.liquidationProbability, account, forecast.alpha),
      chance(lastNow?.jointProbability, account, forecast.alpha),
      ...(after === null ? [] : [chance(lastThen?.jointProbability, account, forecast.alpha)]),
    ];
  });
  return section({
    id: 'forecast-chances',
    title: 'Chance of a call',
    caption: `excess below zero at the end of the time${after === null ? '' : '; after = with the suggestion done, on the same paths'}`,
    tables: [
      {
        id: 'forecast-chances',
        columns,
        rows,
        legend: `95 of 100: what simulating ${figure(forecast.draws, 0)} paths leaves open, not whether the model is right. Liquidated: below zero at any look on the way. Joint: the same where at the end everybody reacts; the truth lies between.`,
      },
    ],
  });
}

function amounts(forecast: Forecast, after: Forecast | null): ReportSection {
  const hedged = new Map(after?.accounts.map((account) => [account.accountId, account]));
  const last = timeText(forecast.hours.at(-1) ?? 0);
  const columns = [
    left('Account', 2),
    right('Required'),
    ...forecast.hours.slice(-2).map((hours) => right(`In ${timeText(hours)}`)),
    right('5 to 95 %'),
    right('Cash today, k'),
    right('95 of 100'),
    right('On the way, k'),
    ...(after === null ? [] : [right('after, k')]),
  ];
  const rows = forecast.accounts.map((account): ReportCell[] => {
    const lastNow = account.horizons.at(-1);
    const lastThen = hedged.get(account.accountId)?.horizons.at(-1);
    return [
      words(account.accountId, { isStrong: true }),
      number(account.requirementUsd, millions(account.requirementUsd)),
      ...forecast.hours.slice(-2).map((time) =>
        median(
          account.horizons.find(({ hours }) => hours === time),
          account,
        ),
      ),
      words(lastNow === undefined ? NOT_APPLICABLE : `${millions(quantile(lastNow, 0.05))} to ${millions(quantile(lastNow, 0.95))}`),
      cash(lastNow?.headroomUsd, account),
      words(lastNow === undefined ? NOT_APPLICABLE : `${thousands(lastNow.headroomUsd.from)} to ${thousands(lastNow.headroomUsd.to)}`),
      cash(lastNow?.survivalHeadroomUsd, account),
      ...(after === null ? [] : [cash(lastThen?.survivalHeadroomUsd, account)]),
    ];
  });
  return section({
    id: 'forecast-amounts',
    title: 'Requirement, and cash that is enough',
    caption: `M USD, median of the paths; cash = smallest today with which the chance within ${last} is at most ${share(forecast.alpha)}`,
    tables: [
      {
        id: 'forecast-amounts',
        columns,
        rows,
        legend: 'Cash today: for a call at the end. On the way: for a liquidation at any look before it. 0 = none is needed.',
      },
    ],
  });
}

function quantile({ requirementUsd }: Horizon, level: number): number {
  return requirementUsd.find((each) => each.level === level)?.value ?? NaN;
}

function median(horizon: Horizon | undefined, account: Account): ReportCell {
  if (horizon === undefined) return none(account);
  return number(quantile(horizon, 0.5), millions(quantile(horizon, 0.5)), { isStrong: true });
}

function chance(drawn: Drawn | undefined, account: Account, alpha: number): ReportCell {
  if (drawn === undefined) return none(account);
  return number(drawn.value, share(drawn.value), drawn.value > alpha ? { state: 'danger', isStrong: true } : {});
}

function cash(drawn: Drawn | undefined, account: Account): ReportCell {
  if (drawn === undefined) return none(account);
  return number(drawn.value, thousands(drawn.value), drawn.value > 0 ? { isStrong: true } : {});
}

/** An account that cannot be judged says why. */
function none({ trouble }: Account): ReportCell {
  return trouble === null ? words(NOT_APPLICABLE) : number(null, `none: ${trouble.message}`);
}

function thousands(usd: number): string {
  return figure(usd / 1e3, 1);
}

function intervalText(drawn: Drawn | undefined): string {
  return drawn === undefined ? NOT_APPLICABLE : `${figure(drawn.from * 100, 1)} to ${share(drawn.to)}`;
}

function changes({ changes: dated, hours }: Forecast): ReportSection[] {
  const rows = dated.flatMap((change) =>
    change.accounts.map((account): ReportCell[] => {
      const last = account.horizons.at(-1);
      return [
        words(`${change.title}, ${change.on}${change.isWithin ? '' : ', as if today'}`),
        words(account.accountId, { isStrong: true }),
        number(account.excessUsd, millions(account.excessUsd)),
        number(account.changedExcessUsd, millions(account.changedExcessUsd), { isStrong: true }),
        number(last?.callProbability.value ?? null, share(last?.callProbability.value)),
        number(last?.headroomUsd.value ?? null, last === undefined ? NOT_APPLICABLE : thousands(last.headroomUsd.value)),
        words(change.why),
      ];
    }),
  );
  if (rows.length === 0) return [];
  const columns = [
    left('Change', 4),
    left('Account', 2),
    right('Excess, M'),
    right('under it'),
    right('Call'),
    right('Cash, k'),
    left('What differs', 5),
  ];
  return [
    section({
      id: 'forecast-changes',
      title: 'Dated changes of rules',
      caption: `chance of a call and cash within ${timeText(hours.at(-1) ?? 0)}, under each`,
      tables: [{ id: 'forecast-changes', columns, rows }],
    }),
  ];
}
