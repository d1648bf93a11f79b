import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { OutputOf } from '../../contract/contract.ts';
import type { WhatIfEdit } from '../../contract/what-if.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { shockMoves } from './option-values.ts';
import { dollars, percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk, type Verb } from './workstation.ts';

type WhatIfOptions = {
  readonly book?: string;
  readonly blank?: boolean;
  readonly suggestion?: boolean;
  readonly trade?: readonly WhatIfEdit[];
  readonly set?: readonly WhatIfEdit[];
  readonly add?: readonly string[];
  readonly subtract?: readonly string[];
  readonly move?: Readonly<Record<string, number>>;
};

/** Adds `what-if` to the program. */
export function addWhatIfVerb(
  add: (name: string, description: string) => Command,
  run: (options: { readonly book?: string }, verb: Verb) => Promise<void>,
): void {
  const more =
    <T>(read: (text: string) => T) =>
    (text: string, before: readonly T[] = []): readonly T[] => [...before, read(text)];
  add('what-if', 'a hypothetical book beside the live one, by the same scenarios; nothing is written to the book')
    .option('--blank', 'start without positions, not from the live book')
    .option('--add <file>', 'book whose positions are added; may be given again', more(String))
    .option('--subtract <file>', 'book whose positions are subtracted; may be given again', more(String))
    .option('--suggestion', 'carry out the suggested hedge')
    .option('--trade <order>', 'DRB-MAIN:ID=-2 sells two at the bid, …@1850 at a price; may be given again', more(tradeOf))
    .option('--set <row>', 'CST-1:ID=5000 sets a quantity, nothing being paid; may be given again', more(rowOf))
    .option('--move <moves>', 'moves of prices after the trades, ETH=-0.1,BTC=-0.05', shockMoves)
    .action((options: WhatIfOptions) => run(options, (desk) => showWhatIf(desk, options)));
}

type Row = { readonly accountId: string; readonly instrumentId: string; readonly quantity: string; readonly price?: string };

const ORDER = /^([^:]+):(.+)=([+-]?\d+(?:\.\d+)?)(?:@(\d+(?:\.\d+)?))?$/;

function orderOf(text: string): Row {
  const [, accountId, instrumentId, quantity, price] = ORDER.exec(text) ?? [];
  if (accountId === undefined || instrumentId === undefined || quantity === undefined)
    throw new InvalidArgumentError(`"${text}" is not of the form ACCOUNT:INSTRUMENT=QUANTITY.`);
  return { accountId, instrumentId, quantity: quantity.replace('+', ''), ...(price === undefined ? {} : { price }) };
}

function tradeOf(text: string): WhatIfEdit {
  return { kind: 'trade', ...orderOf(text) };
}

function rowOf(text: string): WhatIfEdit {
  const { price, ...row } = orderOf(text);
  if (price !== undefined) throw new InvalidArgumentError(`"${text}": a quantity that is set has no price.`);
  return { kind: 'setPosition', ...row };
}

type Told = { readonly whatIf: OutputOf<'whatIf.start'>; readonly columns: OutputOf<'whatIf.compare'> };

async function showWhatIf(desk: Desk, options: WhatIfOptions): Promise<ExitCode> {
  return reportAnswer(desk, await compare(desk, options), whatIfText);
}

/** Other books first, then the suggestion, trades and quantities, and the moves of prices last. */
async function compare({ client }: Desk, options: WhatIfOptions): Promise<Result<Told>> {
  const base = options.blank === true ? 'blank' : 'live';
  const started = await client.call('whatIf.start', { base, name: 'What if' });
  if (!started.ok) return started;
  const { id } = started.value;
  const suggested = options.suggestion === true ? await client.call('hedge.suggest', {}) : null;
  if (suggested?.ok === false) return suggested;
  const legIds = suggested?.value.legs.map((leg) => leg.id) ?? [];
  const books = (paths: readonly string[] | undefined, sign: 1 | -1): WhatIfEdit[] =>
    (paths ?? []).map((path) => ({ kind: 'bookFile', path: resolve(path), sign }));
  const edits: WhatIfEdit[] = [
    ...books(options.add, 1),
    ...books(options.subtract, -1),
    ...(legIds.length === 0 ? [] : [{ kind: 'legs' as const, legIds }]),
    ...(options.trade ?? []),
    ...(options.set ?? []),
    ...Object.entries(options.move ?? {}).map(([assetId, move]) => ({ kind: 'movePrice' as const, assetId, move })),
  ];
  let whatIf = started.value;
  for (const edit of edits) {
    const edited = await client.call('whatIf.edit', { id, edit });
    if (!edited.ok) return edited;
    whatIf = edited.value.whatIf;
  }
  const columns = await client.call('whatIf.compare', { ids: ['live', id] });
  return columns.ok ? succeed({ whatIf, columns: columns.value }) : columns;
}

function whatIfText({ whatIf, columns }: Told): string {
  const edits = whatIf.edits.map(({ title, detail }) => `  ${title} (${detail})\n`);
  const rows: readonly (readonly [string, (column: Told['columns'][number]) => string])[] = [
    ['Book value', (column) => dollars(column.equityUsd)],
    ['Requirement', (column) => dollars(column.requirementUsd)],
    ['Requirement use', (column) => percent(column.useFraction)],
    ['Nearest joint breach', (column) => `${percent(column.nearestJointMove)} ${column.nearestAccountId ?? ''}`.trim()],
    ['Expected shortfall, 1 day', (column) => dollars(column.expectedShortfallUsd)],
    ['Any liquidation, 1 day', (column) => percent(column.anyLiquidationFraction)],
    ['Fall at the reference', (column) => column.fallenAtReference.join(' ') || 'nobody'],
    ['Systemic leverage index', (column) => (typeof column.leverageIndex === 'number' ? column.leverageIndex.toFixed(1) : 'n/a')],
    ['Cost of the way there', (column) => dollars(column.costUsd)],
  ];
  return [
    `HYPOTHETICAL, on the ${whatIf.base} book; nothing is sent or written.\n`,
    ...(edits.length === 0 ? ['  no edit\n'] : edits),
    '\n',
    table(
      [{ heading: '' }, ...columns.map(({ name }) => ({ heading: name, isFigure: true }))],
      rows.map(([title, shown]) => [title, ...columns.map(shown)]),
    ),
  ].join('');
}
