import type { OutputOf } from '../../contract/contract.ts';
import { hedgeLimitsOf, type LimitOptions } from './limit-options.ts';
import { survivalWishOf, type SurvivalOptions } from './survival-options.ts';
import { dollars, listed, percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

type Told = OutputOf<'hedge.alternatives'>;

/** `alternatives`: the suggestion beside doing nothing, hedging Greeks, deleveraging, and itself within smaller budgets. */
export async function compareAlternatives(
  desk: Desk,
  { confidence, ...options }: { readonly confidence?: number } & LimitOptions & SurvivalOptions,
): Promise<ExitCode> {
  const answer = await desk.client.call('hedge.alternatives', {
    ...(confidence === undefined ? {} : { confidence }),
    limits: hedgeLimitsOf(options),
    survival: survivalWishOf(options),
  });
  return reportAnswer(desk, answer, alternativesText);
}

function alternativesText({ statement, alternatives, frontier, confidence, retained }: Told): string {
  const figures = ['Cost', `ES ${percent(confidence)}`, 'Any fall', 'Second round', 'Actions'].map((heading) => ({
    heading,
    isFigure: true,
  }));
  const rows = alternatives.map(({ name, measures, actions, fallsRetained }) => [
    name,
    dollars(measures.costUsd),
    dollars(measures.expectedShortfallUsd),
    percent(measures.anyLiquidationFraction),
    dollars(measures.secondRoundLossUsd),
    String(actions.length),
    measures.fallenAtReference.join(' '),
    fallsRetained.join(' '),
  ]);
  const notes = alternatives.flatMap((each) => each.notes.map((note) => `  ${each.name}: ${note}.\n`));
  const points = frontier.map((point) => [
    dollars(point.costUsd),
    dollars(point.expectedShortfallUsd),
    percent(point.anyLiquidationFraction),
    alternatives.find(({ id }) => id === point.alternativeId)?.name ?? '',
  ]);
  return [
    table([{ heading: 'Alternative' }, ...figures, { heading: 'Fall at the reference' }, { heading: `Fall in any of ${retained}` }], rows),
    ...(notes.length === 0 ? [] : ['\nWhat was not possible:\n', ...notes]),
    statement === '' ? '' : `\n${statement}\n`,
    '\nWhat each dollar buys, by the program:\n',
    table(
      [
        { heading: 'Cost', isFigure: true },
        { heading: 'ES left', isFigure: true },
        { heading: 'Any fall', isFigure: true },
        { heading: '' },
      ],
      points,
    ),
    `\n${listed(alternatives.filter((each) => each.fallsRetained.length === 0).map(({ name }) => name)) || 'None'} keep every account alive in all ${retained} scenarios.\n`,
  ].join('');
}
