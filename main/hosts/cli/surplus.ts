import { Option, type Command } from 'commander';
import { crowdPlace, partitionBy, type AccountGroup, type PartitionBy, type PartitionResult } from '../../contract/surplus.ts';
import type { Shock } from '../../domain/scenario.ts';
import { accountGroups, positive, shockMoves, signed } from './option-values.ts';
import { feedbackText } from './feedback-text.ts';
import { dollars, listed, ratio, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk, type Verb } from './workstation.ts';

/** A shock and assumptions in place of the book's own. */
type Wish = {
  readonly book?: string;
  readonly shock?: Shock['moves'];
  readonly volatility?: number;
  readonly thinning?: number;
};

type SurplusWish = Wish & {
  readonly by: PartitionBy;
  readonly crowd: 'withBlocks' | 'apart';
  readonly group?: readonly AccountGroup[];
};

/** Adds `surplus` and `feedback` to the program: `add` makes a verb that asks for a book, `run` carries one out. */
export function addSurplusVerbs(
  add: (name: string, description: string) => Command,
  run: (options: { readonly book?: string }, verb: Verb) => Promise<void>,
): void {
  withWish(add('surplus', 'the whole against the sum of its parts: who is tied to whom, and what that costs'))
    .addOption(new Option('--by <parts>', 'how the book is cut').choices(partitionBy.options).default('venue'))
    .addOption(new Option('--crowd <place>', 'surrounding borrowers').choices(crowdPlace.options).default('withBlocks'))
    .option('--group <name=accounts>', 'a part of your own, e.g. Staking=AAV-LOOP,MRP-1; again for more', accountGroups)
    .action((options: SurplusWish) => run(options, (desk) => showSurplus(desk, options)));
  withWish(add('feedback', 'how selling feeds on itself as prices fall, and the leverage it allows')).action((options: Wish) =>
    run(options, (desk) => showFeedback(desk, options)),
  );
}

function withWish(command: Command): Command {
  return command
    .option('--shock <moves>', 'relative moves of drivers, e.g. ETH=-0.2,BTC=-0.15; without it the reference shock', shockMoves)
    .option('--volatility <shift>', 'added to every implied volatility, e.g. 0.35', signed)
    .option('--thinning <share>', 'share of the depth that has gone, 0 to 1', positive);
}

function asked({ shock, volatility, thinning }: Wish): { shock?: Shock; cascade?: { depthThinningFraction: number } } {
  return {
    ...(shock === undefined && volatility === undefined ? {} : { shock: { moves: shock ?? {}, volatilityShift: volatility ?? 0 } }),
    ...(thinning === undefined ? {} : { cascade: { depthThinningFraction: thinning } }),
  };
}

/** `surplus`: the joint second-round loss against its parts, what each part answers for, and the ordinary diversification beside it. */
async function showSurplus(desk: Desk, wish: SurplusWish): Promise<ExitCode> {
  const cut = wish.group === undefined ? { by: wish.by } : { by: 'custom' as const, groups: [...wish.group] };
  const answer = await desk.client.call('surplus.partition', { ...asked(wish), ...cut, crowd: wish.crowd });
  return reportAnswer(desk, answer, surplusText);
}

/** `feedback`: loop gain and reproduction number along the common fall, correlation made by selling, critical leverage. */
async function showFeedback(desk: Desk, wish: Wish): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('feedback.measure', asked(wish)), feedbackText);
}

function surplusText(result: PartitionResult): string {
  const { calm, shapley } = result;
  const isSampled = shapley.method === 'sampled';
  const order = result.blocks.toSorted((left, right) => right.shapleyUsd - left.shapleyUsd);
  const rows = order.map((block) => [
    block.name,
    dollars(block.aloneUsd),
    dollars(block.borneUsd),
    `${dollars(block.shapleyUsd)}${isSampled ? ` ± ${dollars(block.standardErrorUsd)}` : ''}`,
    dollars(block.eulerUsd),
    listed(block.fallenAlone),
    listed(block.fallenJointly),
  ]);
  const figures = ['Alone', 'Bears', 'Answers for', 'Calm share'].map((heading) => ({ heading, isFigure: true }));
  const name = (id: string): string => result.blocks.find((block) => block.id === id)?.name ?? id;
  return [
    `${result.headline}.\n`,
    ...result.sentences.map((sentence) => `${sentence}\n`),
    '\n',
    table([{ heading: 'Part' }, ...figures, { heading: 'Falls alone' }, { heading: 'Falls jointly' }], rows),
    `\nTogether ${dollars(result.jointUsd)} against ${dollars(result.sumOfPartsUsd)} as parts: surplus ${dollars(result.surplusUsd)}, ratio ${ratio(result.ratio)}.\n`,
    `Ordinary days: expected shortfall ${dollars(calm.expectedShortfallUsd)} against ${dollars(calm.sumOfPartsUsd)} as parts, diversification ratio ${ratio(calm.diversificationRatio)}.\n`,
    ...result.ties.map((tie) => `  ${name(tie.firstId)} with ${name(tie.secondId)}: ${dollars(tie.surplusUsd)} more together than apart\n`),
    isSampled
      ? `Shares sampled over ${shapley.orders} orders (seed ${shapley.seed}), ${shapley.cascades} cascades.\n`
      : `Shares exact, from all ${shapley.cascades} combinations.\n`,
  ].join('');
}
