import { InvalidArgumentError, type Command } from 'commander';
import type { AskedChange, Drawn, ForecastAccount, ForecastChange, ForecastHorizon, ForecastResult } from '../../contract/forecast.ts';
import { positive } from './option-values.ts';
import { dollars, percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk, type Verb } from './workstation.ts';

type ForecastWish = {
  readonly book?: string;
  readonly alpha?: number;
  readonly draws?: number;
  readonly seed?: number;
  readonly change?: readonly AskedChange[];
};

/** Adds `forecast` to the program: `add` makes a verb that asks for a book, `run` carries one out. */
export function addForecastVerbs(
  add: (name: string, description: string) => Command,
  run: (options: { readonly book?: string }, verb: Verb) => Promise<void>,
): void {
  add('forecast', 'what requirements may come to in an hour, a day and a week: chances of a call and of liquidation, headroom')
    .option('--alpha <share>', 'chance of falling that is taken, e.g. 0.01', positive)
    .option('--draws <n>', 'paths drawn for each time', positive)
    .option('--seed <n>', 'seed of the draws', positive)
    .option('--change <rule>', 'a rule that changes on a day, e.g. AAV-CORE:threshold:wstETH=0.75@2026-02-09; again for more', askedChanges)
    .action((options: ForecastWish) => run(options, (desk) => showForecast(desk, options)));
}

/** 'AAV-CORE:threshold:wstETH=0.75@2026-02-09' as a change, added to those before. */
export function askedChanges(text: string, before: readonly AskedChange[] | undefined): AskedChange[] {
  const read = /^([^:]+):([^=]+)=([^@]+)@(\d{4}-\d{2}-\d{2})$/.exec(text.trim());
  const value = Number(read?.[3]);
  if (read === null || !Number.isFinite(value))
    throw new InvalidArgumentError(`"${text}" is not of the form ACCOUNT:rule=value@day; an account’s rules are listed by a wrong one.`);
  return [...(before ?? []), { accountId: read[1] ?? '', key: read[2] ?? '', value, on: read[4] ?? '' }];
}

/** `forecast`: one table per time ahead, then what dated changes of rules do. */
async function showForecast(desk: Desk, { alpha, draws, seed, change }: ForecastWish): Promise<ExitCode> {
  const wish = {
    ...(alpha === undefined ? {} : { alpha }),
    ...(draws === undefined ? {} : { draws }),
    ...(seed === undefined ? {} : { seed }),
    ...(change === undefined ? {} : { changes: [...change] }),
  };
  return reportAnswer(desk, await desk.client.call('forecast.run', wish), forecastText);
}

const HEADINGS = [
  'Excess now',
  '1 %',
  '5 %',
  'median',
  'Required now',
  '95 %',
  'Call',
  '95 of 100',
  'Liquidated',
  '95 of 100',
  'Joint',
  'Headroom',
  'on the way',
];

function forecastText(result: ForecastResult): string {
  const columns = [{ heading: 'Account' }, ...HEADINGS.map((heading) => ({ heading, isFigure: true }))];
  const sections = result.hours.map((hours) => {
    const rows = result.accounts.map((account) => accountRow(account, hours));
    const book = result.book.find((each) => each.hours === hours);
    const any =
      book === undefined
        ? ''
        : `Any account liquidated: ${chance(book.liquidationProbability)}; jointly: ${chance(book.jointProbability)}.\n`;
    return `\nIn ${hoursText(hours)}\n${table(columns, rows)}${any}`;
  });
  return [
    `${result.headline}\n`,
    `${result.bookName}, ${result.asOf}, ${result.draws} draws, seed ${result.seed}; headroom for a chance of ${percent(result.alpha)}.\n`,
    ...sections,
    ...result.changes.map((change) => changeText(change)),
    '\n',
    ...result.assumptions.map((line) => `- ${line}\n`),
  ].join('');
}

function accountRow(account: ForecastAccount, hours: number): string[] {
  const horizon = account.horizons.find((each) => each.hours === hours);
  if (horizon === undefined) return [account.accountId, account.trouble?.message ?? 'n/a'];
  const quantile = (level: number): string => dollars(horizon.excessUsd.find((each) => each.level === level)?.value);
  const required = dollars(horizon.requirementUsd.find((each) => each.level === 0.95)?.value);
  return [
    account.accountId,
    dollars(account.excessUsd),
    quantile(0.01),
    quantile(0.05),
    quantile(0.5),
    dollars(account.requirementUsd),
    required,
    ...chanceCells(horizon),
  ];
}

function chanceCells(horizon: ForecastHorizon): string[] {
  const { callProbability, liquidationProbability, jointProbability, headroomUsd, survivalHeadroomUsd } = horizon;
  return [
    percent(callProbability.value),
    between(callProbability),
    percent(liquidationProbability.value),
    between(liquidationProbability),
    percent(jointProbability.value),
    dollars(headroomUsd.value),
    dollars(survivalHeadroomUsd.value),
  ];
}

function changeText({ title, on, isWithin, why, source, accounts }: ForecastChange): string {
  const columns = [{ heading: 'Account' }, ...['Excess now', 'under it'].map((heading) => ({ heading, isFigure: true }))];
  const times = accounts[0]?.horizons.map(({ hours }) => hours) ?? [];
  const timed = times.flatMap((hours) => [
    { heading: `Liquidated in ${hoursText(hours)}`, isFigure: true },
    { heading: 'Headroom', isFigure: true },
  ]);
  const rows = accounts.map((account) => [
    account.accountId,
    dollars(account.excessUsd),
    dollars(account.changedExcessUsd),
    ...account.horizons.flatMap((each) => [percent(each.liquidationProbability.value), dollars(each.survivalHeadroomUsd.value)]),
  ]);
  const place = isWithin ? `from ${on} on` : `on ${on}, beyond the times looked at; shown as if it held today`;
  return `\n${title}, ${place}\n${why} Source: ${source}.\n${table([...columns, ...timed], rows)}`;
}

function chance(drawn: Drawn): string {
  return `${percent(drawn.value)} (${between(drawn)})`;
}

function between({ from, to }: Drawn): string {
  return `${(100 * from).toFixed(1)}–${(100 * to).toFixed(1)}`;
}

function hoursText(hours: number): string {
  return hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`;
}
