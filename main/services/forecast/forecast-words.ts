import type { ForecastHorizon, ForecastResult } from '../../contract/forecast.ts';
import { figure, listing, money, percent } from '../analysis/words.ts';
import { SPANS, type ForecastWork } from './run-paths.ts';

/** A time ahead in words: '1 hour', '7 days'. */
export function horizonWords(hours: number): string {
  const [count, word] = hours % 24 === 0 && hours >= 24 ? [hours / 24, 'day'] : [hours, 'hour'];
  return `${figure(count, 0)} ${word}${count === 1 ? '' : 's'}`;
}

/** Who is likeliest to fall within the longest time, and what would prevent it. */
export function headlineOf({ accounts, alpha, hours }: Pick<ForecastResult, 'accounts' | 'alpha' | 'hours'>): string {
  const longest = hours.at(-1) ?? 0;
  const rows = accounts.flatMap((account) => {
    const horizon = account.horizons.find((each) => each.hours === longest);
    return horizon === undefined ? [] : [{ accountId: account.accountId, horizon }];
  });
  const gap = gapWords(rows);
  const above = rows.filter(({ horizon }) => horizon.liquidationProbability.value > alpha);
  const first = above.toSorted((left, right) => right.horizon.liquidationProbability.value - left.horizon.liquidationProbability.value)[0];
  const within = `within ${horizonWords(longest)}`;
  if (first === undefined) return `No account is likelier than ${percent(alpha)} to be liquidated ${within}.${gap}`;
  const { value, from, to } = first.horizon.liquidationProbability;
  const cash = above.reduce((sum, { horizon }) => sum + horizon.survivalHeadroomUsd.value, 0);
  const head = `${first.accountId} is the likeliest to be liquidated ${within}: ${percent(value, 1)} (${percent(from, 1)} to ${percent(to, 1)})`;
  return above.length === 1
    ? `${head}; ${money(cash)} USD today make it ${percent(alpha)}.${gap}`
    : `${head}; ${figure(above.length, 0)} accounts are above ${percent(alpha)}, and ${money(cash)} USD today, each account’s own part, bring all of them there.${gap}`;
}

/** The account for which everybody reacting adds most; nothing where it adds less than a point. */
function gapWords(rows: readonly { readonly accountId: string; readonly horizon: ForecastHorizon }[]): string {
  const gapOf = ({ jointProbability, liquidationProbability }: ForecastHorizon): number =>
    jointProbability.value - liquidationProbability.value;
  const widest = rows.toSorted((left, right) => gapOf(right.horizon) - gapOf(left.horizon))[0];
  if (widest === undefined || gapOf(widest.horizon) < 0.01) return '';
  const { liquidationProbability: alone, jointProbability: joint } = widest.horizon;
  return ` Alone and joint differ most for ${widest.accountId}: ${percent(alone.value, 1)} against ${percent(joint.value, 1)} when everybody reacts.`;
}

/** What the numbers rest on, the most telling first. */
export function assumptionsOf({ book, inputs, pack, draws }: ForecastWork): string[] {
  const { model, partOfDay, withoutRate } = book;
  const names = pack.driverIds.map((id, d) => `${id} ${percent(model.dailyVolatility[d] ?? 0, 1)}`);
  const moved = partOfDay === null ? [] : pack.driverIds.map((id, d) => `${id} ${percent(partOfDay.moves[d] ?? 0, 1)}`);
  return [
    `Moves are drawn from ${figure(book.days, 0)} recorded days (${book.firstDay} to ${book.lastDay}), all drivers of a day together, each day’s move over the volatility known before it and at today’s: ${listing(names)} a day. No drift is forecast.`,
    partOfDay === null
      ? 'Volatility is that after the last recorded close.'
      : `The day under way counts in the volatility as far as it has come: ${listing(moved)} in ${percent(partOfDay.dayFraction, 0)} of a day.`,
    'On the way volatility takes in the path’s own moves (decay 0.94 a day); an hour is taken as a day’s move over √24 and half as loud again, a factor chosen on the crash windows of 2022 so that forecasts held in them; later ones confirm it but were seen when it was chosen.',
    book.activityDays === 0
      ? 'Within a day moves come evenly.'
      : `Within a day moves come as they did on one of ${figure(book.activityDays, 0)} recorded days of the crash windows, drawn for each day: much of it may come within an hour.`,
    `A call is an excess below zero at the end of the time. A liquidation is one at any look on the way (${SPANS.map((span) => `${horizonWords(Math.round(span.days * 24))}: ${figure(span.steps * span.looksPerStep, 0)} looks`).join(', ')}); between two looks a fall that comes back is missed, so the chance is a little too low.`,
    'Requirements are the venues’ own rules applied at every look, with tiers, worst scenarios and implied volatility as they are there; implied volatility rises with a common fall as the scenario set says and is given no relief.',
    `Every basis moves by itself by what is stated for it; debts grow by the rates recorded with the market${withoutRate.length === 0 ? '' : `, except ${listing(withoutRate)}, for which none is recorded`}; options come nearer to their expiry, collateral earns nothing.`,
    'The joint chance lets the cascade of everybody follow the drawn move at its end. Recorded moves already hold the forced sales of their own days, so it counts some twice: the truth lies between alone and joint.',
    `Cash is counted whole and in dollars, from today on. Intervals hold 95 of 100 simulations of ${figure(draws, 0)} draws; they say nothing of whether the model is right, which the coverage tests do.`,
    `Depth and crowd are as assumed in “${inputs.scenarioSet.name}”.`,
  ];
}
