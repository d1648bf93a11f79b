import type { AnalysisResult } from '../../contract/analysis.ts';
import type { InputOf, OutputOf } from '../../contract/contract.ts';
import type { Shock } from '../../domain/scenario.ts';
import { succeed } from '../../domain/failure.ts';
import { indexText } from './analysis-text.ts';
import { causesText } from './cascade/causes-text.ts';
import { bothEndsText, fanText } from './fan-text.ts';
import { dollars, percent, ratio, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** What a cascade may be asked to assume in place of the book's reference. */
export type CascadeWish = {
  readonly moves?: Shock['moves'];
  readonly volatility?: number;
  readonly thinning?: number;
  readonly crowd: boolean;
  /** Draws of a fan in place of the one cascade. */
  readonly fan?: number;
  /** The fan's seed. */
  readonly seed?: number;
  /** Search for its outcomes from both ends in place of running it. */
  readonly bothEnds?: boolean;
  /** Rules beyond the plain ones. */
  readonly rules: NonNullable<InputOf<'analysis.cascade'>['cascade']>;
};

type Told = OutputOf<'analysis.cascade'>;

/** `cascade`: one shock round by round, jointly and against each venue alone; drawn many times; or searched from both ends. */
export async function runCascade(desk: Desk, wish: CascadeWish): Promise<ExitCode> {
  const { moves, volatility, thinning, crowd, rules, fan, seed, bothEnds } = wish;
  const question = {
    ...(moves === undefined && volatility === undefined ? {} : { shock: { moves: moves ?? {}, volatilityShift: volatility ?? 0 } }),
    cascade: { ...rules, includeCrowd: crowd, ...(thinning === undefined ? {} : { depthThinningFraction: thinning }) },
  };
  if (bothEnds === true) return reportAnswer(desk, await desk.client.call('analysis.bothEnds', question), bothEndsText);
  if (fan === undefined) return reportAnswer(desk, await desk.client.call('analysis.cascade', question), cascadeText);
  const spread = seed === undefined ? {} : { seed };
  return reportAnswer(desk, await desk.client.call('analysis.fan', { ...question, draws: fan, spread }), fanText);
}

/** `system`: the systemic leverage index with its parts and the share of the book it rests on. */
export function showSystem(desk: Desk): Promise<ExitCode> {
  return ofAnalysis(
    desk,
    ({ leverageIndex }) => leverageIndex,
    (index) => {
      const rows = index.parts.map((part) => [part.id, part.name, ratio(part.raw), ratio(part.value), part.meaning]);
      const columns = [{ heading: '' }, { heading: 'Part' }, { heading: 'Figure', isFigure: true }, { heading: 'Share', isFigure: true }];
      return [
        `${indexText(index)}\n\n`,
        table([...columns, { heading: 'Made of' }], rows),
        `\n${percent(index.coverageFraction)} of gross value has a fresh price; refused below ${percent(index.leastCoverageFraction)}.\n`,
      ].join('');
    },
  );
}

/** Analyses the book and tells a part of the result; also for the verbs of other topics. */
export async function ofAnalysis<T>(desk: Desk, part: (analysis: AnalysisResult) => T, describe: (value: T) => string): Promise<ExitCode> {
  const analysis = await desk.client.call('analysis.run', {});
  return reportAnswer(desk, analysis.ok ? succeed(part(analysis.value)) : analysis, describe);
}

function cascadeText({ cascade, surplus }: Told): string {
  const rows = cascade.rounds.map((round) => [
    String(round.round),
    dollars(round.crowdSoldUsd),
    dollars(round.mineSoldUsd),
    String(round.crowdAccounts),
    round.fallen.join(' '),
    round.sentence,
  ]);
  const figures = ['Round', 'Crowd sold', 'Mine sold', 'Crowd falls'];
  const fallen = cascade.fallen.map(({ accountId, round, because }) => `  ${accountId} in round ${round}: ${because}\n`);
  return [
    table([...figures.map((heading) => ({ heading, isFigure: true })), { heading: 'Mine fall' }, { heading: 'Prices' }], rows),
    cascade.hasConverged ? '' : '\nThe round limit was reached; it had not come to rest.\n',
    `\nLoss ${dollars(cascade.firstRoundLossUsd)} at first, ${dollars(cascade.totalLossUsd)} in all (${ratio(cascade.lossAmplification)} ×); bad debt ${dollars(cascade.badDebtUsd)}.\n`,
    cascade.skipped === undefined
      ? ''
      : `${cascade.skipped.borrowers} left alone, no keeper having a profit: ${dollars(cascade.skipped.debtUsd)} of debt.\n`,
    ...(cascade.recordedMarkets ?? []).map(({ sentence }) => `${sentence}\n`),
    `Second round ${dollars(surplus.jointUsd)} together, ${dollars(surplus.sumOfPartsUsd)} as the sum of the venues alone.\n`,
    ...(fallen.length === 0 ? ['No account of the book falls.\n'] : ['Accounts that fall:\n', ...fallen, '\n', causesText(cascade)]),
  ].join('');
}
