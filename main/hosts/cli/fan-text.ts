import type { BothEndsResult, FanResult } from '../../contract/cascade-fan.ts';
import { dollars, listed, percent, table } from './table.ts';

/** A fan as text: prices and losses by round, ends, and who falls how often and when. */
export function fanText(fan: FanResult): string {
  const { probabilities } = fan;
  const at = (probability: number): number => probabilities.indexOf(probability);
  const [low, middle, high] = [at(0.05), at(0.5), at(0.95)];
  const three = (band: readonly number[] | undefined, write: (value: number) => string): string[] =>
    [low, middle, high].map((place) => write(band?.[place] ?? NaN));
  const drivers = Object.keys(fan.pricesUsd);
  const heads = [...drivers, 'Loss'].flatMap((name) => [`${name} 5 %`, '50 %', '95 %']);
  const bands = fan.lossUsd.map((losses, round) => [
    ...drivers.flatMap((id) => three(fan.pricesUsd[id]?.[round], (usd) => usd.toFixed(2))),
    ...three(losses, dollars),
  ]);
  // Rounds in which nothing shown changes any more are left out.
  const rows = bands.flatMap((cells, round) => (round > 0 && cells.join() === bands[round - 1]?.join() ? [] : [[String(round), ...cells]]));
  const accounts = fan.accounts
    .toSorted((left, right) => right.fallFraction - left.fallFraction)
    .map((row) => [
      row.accountId,
      `${percent(row.fallFraction)} ± ${percent(row.standardError)}`,
      ...three(row.roundsToFall, (round) => (Number.isFinite(round) ? String(round) : 'never')),
    ]);
  const figure = (heading: string): { heading: string; isFigure: true } => ({ heading, isFigure: true });
  const [lossLow, lossMiddle, lossHigh] = three(fan.finalLossUsd, dollars);
  const [badLow, badMiddle, badHigh] = three(fan.badDebtUsd, dollars);
  return [
    table([figure('Round'), ...heads.map(figure)], rows),
    `\n${fan.draws} draws: the book loses ${lossMiddle}, from ${lossLow} to ${lossHigh} in nine of ten; bad debt ${badMiddle}, from ${badLow} to ${badHigh}.\n`,
    fan.unfinished === 0 ? '' : `${fan.unfinished} draws reached the round limit: they had not come to rest.\n`,
    fan.cut === 0 ? '' : `${fan.cut} draws last longer than the rounds shown.\n`,
    '\n',
    table([{ heading: 'Account' }, figure('Falls in'), figure('Round 5 %'), figure('50 %'), figure('95 %')], accounts),
    `\n${fan.basis}\n`,
  ].join('');
}

/** Both outcomes side by side, and what to make of them. */
export function bothEndsText({ status, mild, severe, shockLossUsd, sentence }: BothEndsResult): string {
  const prices = Object.keys(mild.pricesUsd).map((id) => [
    id,
    (mild.pricesUsd[id] ?? NaN).toFixed(2),
    (severe.pricesUsd[id] ?? NaN).toFixed(2),
  ]);
  const rows = [
    ...prices,
    ['Accounts that fall', listed(mild.fallen), listed(severe.fallen)],
    ['Crowd that falls', String(mild.crowdFallen), String(severe.crowdFallen)],
    ['Loss', dollars(mild.lossUsd), dollars(severe.lossUsd)],
    ['Bad debt', dollars(mild.badDebtUsd), dollars(severe.badDebtUsd)],
  ];
  const headings = [{ heading: '' }, { heading: 'From the shock', isFigure: true }, { heading: 'From everybody sold', isFigure: true }];
  return `${table(headings, rows)}\nOutcomes: ${status}. The shock alone loses ${dollars(shockLossUsd)}.\n${sentence}\n`;
}
