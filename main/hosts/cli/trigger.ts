import { Option, type Command } from 'commander';
import { orderTerms, triggerObjective, type TriggerCell, type TriggerObjective, type TriggerResult } from '../../contract/trigger.ts';
import { positive } from './option-values.ts';
import { dollars, percent, table } from './table.ts';
import { reportAnswer, type Desk, type Verb } from './workstation.ts';
import type { ExitCode } from './terminal.ts';

type TriggerOptions = {
  readonly book?: string;
  readonly account?: string;
  readonly objective?: TriggerObjective;
  readonly alpha?: number;
  readonly draws?: number;
  readonly seed?: number;
  readonly from?: 'collateral' | 'cash';
  readonly cash?: number;
  readonly latency?: number;
  readonly miss?: number;
  readonly fee?: number;
  readonly gas?: number;
  readonly slippage?: number;
};

/** Adds `trigger` to the program. */
export function addTriggerVerb(
  add: (name: string, description: string) => Command,
  run: (options: { readonly book?: string }, verb: Verb) => Promise<void>,
): void {
  add('trigger', 'the best order "repay below health X up to Y" for a borrowing account, with latency, keeper, gas and slippage')
    .option('--account <id>', 'account that borrows; without it the nearest to liquidation')
    .addOption(new Option('--objective <what>', 'what is best').choices(triggerObjective.options).default('target'))
    .option('--alpha <share>', 'chance of liquidation that is taken, for the objective target', positive)
    .addOption(new Option('--from <what>', 'what repays').choices(orderTerms.shape.from.unwrap().options))
    .option('--cash <usd>', 'cash set aside, for orders from cash', positive)
    .option('--latency <minutes>', 'until the first attempt', positive)
    .option('--miss <share>', 'chance that an attempt does not come through', positive)
    .option('--fee <share>', 'keeper’s fee of what is repaid', positive)
    .option('--gas <usd>', 'gas of an execution', positive)
    .option('--slippage <share>', 'an attempt that would sell worse reverts', positive)
    .option('--draws <n>', 'paths drawn', positive)
    .option('--seed <n>', 'seed of the draws', positive)
    .action((options: TriggerOptions) => run(options, (desk) => showTrigger(desk, options)));
}

async function showTrigger(desk: Desk, options: TriggerOptions): Promise<ExitCode> {
  const { account: accountId, objective, alpha, draws, seed, from, cash, latency, miss, fee, gas, slippage } = options;
  const terms = given({
    from,
    cashUsd: cash,
    latencyMinutes: latency,
    missFraction: miss,
    keeperFeeFraction: fee,
    gasUsd: gas,
    slippageCapFraction: slippage,
  });
  return reportAnswer(
    desk,
    await desk.client.call('trigger.optimise', { ...given({ accountId, objective, alpha, draws, seed }), terms }),
    triggerText,
  );
}

/** The fields that were given. */
function given<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

const HEADINGS = [
  'Below',
  'Up to',
  'Expected cost',
  '95 of 100',
  'Order',
  'Liquidation',
  'Liquidated',
  '95 of 100',
  'Executions',
  'Set off',
];

function triggerText(result: TriggerResult): string {
  const { best, none, frontier, healthFactor, soldAssetId, repaidAssetId, terms } = result;
  const columns = [{ heading: 'Order' }, ...HEADINGS.map((heading) => ({ heading, isFigure: true }))];
  const named: (readonly [string, TriggerCell | null])[] = [
    ['cheapest', best.cost],
    [`cheapest at ${percent(result.alpha)}`, best.target],
    ['safest', best.safety],
  ];
  const noOrder = { ...none, trigger: 0, target: 0, orderCostUsd: 0, executions: 0, firedFraction: 0 };
  const rows = [
    ['none', '', '', ...cellTexts(noOrder)],
    ...named.map(([name, cell]) => (cell === null ? [name, 'none does'] : [name, ...boundsOf(cell), ...cellTexts(cell)])),
  ];
  const source = terms.from === 'cash' ? `${dollars(terms.cashUsd)} of cash` : soldAssetId;
  return [
    `${result.headline}\n`,
    `${result.accountId} at ${result.venueName}, health ${healthFactor.toFixed(4)}, ${source} repays ${repaidAssetId}; ${result.draws} paths, seed ${result.seed}.\n\n`,
    table(columns, rows),
    `\nChance of liquidation by trigger (down) and target (across)\n${gridText(result, (cell) => percent(cell.liquidationProbability.value))}`,
    `\nExpected cost by trigger (down) and target (across)\n${gridText(result, (cell) => dollars(cell.expectedCostUsd.value))}`,
    '\nNone is both cheaper and safer than\n',
    table(
      columns,
      frontier.map((cell) => ['', ...boundsOf(cell), ...cellTexts(cell)]),
    ),
    `\nThe best order along the recorded windows, at the low of every bar\n${windowTable(result)}`,
    '\nWhy it may not execute, times per path with the best order\n',
    ...result.doubts.map(({ text, perPath }) => `${perPath === null ? '    –' : perPath.toFixed(3)}  ${text}\n`),
    '\n',
    ...result.assumptions.map((line) => `- ${line}\n`),
  ].join('');
}

function boundsOf({ trigger, target }: TriggerCell): string[] {
  return [trigger.toFixed(4), target.toFixed(4)];
}

function cellTexts(cell: TriggerCell): string[] {
  const { expectedCostUsd, liquidationProbability } = cell;
  return [
    dollars(expectedCostUsd.value),
    `${dollars(expectedCostUsd.from)}–${dollars(expectedCostUsd.to)}`,
    dollars(cell.orderCostUsd),
    dollars(cell.liquidationLossUsd),
    percent(liquidationProbability.value),
    `${(100 * liquidationProbability.from).toFixed(1)}–${(100 * liquidationProbability.to).toFixed(1)}`,
    cell.executions.toFixed(2),
    percent(cell.firedFraction),
  ];
}

function gridText({ triggers, targets: shown, cells }: TriggerResult, text: (cell: TriggerCell) => string): string {
  const rows = triggers.map((trigger) => [
    trigger.toFixed(4),
    ...shown.map((target) => {
      const cell = cells.find((each) => each.trigger === trigger && each.target === target);
      return cell === undefined ? '' : text(cell);
    }),
  ]);
  return table([{ heading: 'Below' }, ...shown.map((target) => ({ heading: target.toFixed(3), isFigure: true }))], rows);
}

function windowTable({ windows }: TriggerResult): string {
  const columns = [
    { heading: 'Window' },
    { heading: 'Without' },
    { heading: 'With it' },
    ...['Executions', 'Cost without', 'with it'].map((heading) => ({ heading, isFigure: true })),
  ];
  const fate = (isLiquidated: boolean): string => (isLiquidated ? 'liquidated' : 'holds');
  const rows = windows.map((each) => [
    `${each.windowId} ${each.windowName}`,
    fate(each.isLiquidatedWithout),
    fate(each.isLiquidatedWith),
    String(each.executions),
    dollars(each.costWithoutUsd),
    dollars(each.costWithUsd),
  ]);
  return table(columns, rows);
}
