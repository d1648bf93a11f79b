import type { ReplayResult } from '../../contract/replay.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { countWord, figure, listing, percent, plural } from '../analysis/words.ts';
import type { BareReplay } from './replay-book.ts';

type Told = Omit<BareReplay, 'headline' | 'wrong' | 'assumptions' | 'basisNote' | 'elapsedMs'>;
type Verdict = ReplayResult['accounts'][number]['verdict'];

/** The replay in words: what was said and came, each way in which the model was wrong, and what it all rests on. */
export function replayWords(
  replay: Told,
  { snapshot, contents }: AnalysisInputs,
): Pick<ReplayResult, 'headline' | 'wrong' | 'assumptions' | 'basisNote'> {
  const basisNote =
    replay.basis === 'levels'
      ? 'The book is held at the recorded prices themselves: its own market lies within this window.'
      : `The book’s own prices (${snapshot.name}) move as the recorded ones did from the first close of the window.`;
  return {
    headline: headline(replay),
    wrong: wrong(replay),
    assumptions: assumptions(replay, quotedClaims(contents, snapshot)),
    basisNote,
  };
}

function named({ accounts }: Told, verdict: Verdict): string[] {
  return accounts.filter((account) => account.verdict === verdict).map((account) => account.accountId);
}

function headline(replay: Told): string {
  const fell = replay.accounts.filter((account) => account.fellAt !== null && account.verdict !== 'belowAtStart');
  const foreseen = named(replay, 'foreseen');
  const leads = replay.accounts.flatMap((account) =>
    account.verdict === 'foreseen' && account.leadHours !== null ? [account.leadHours] : [],
  );
  const lead = leads.length > 0 ? `, ${figure(median(leads), 1)} hours ahead in the median` : '';
  const held = named(replay, 'belowAtStart');
  const gone = held.length > 0 ? ` ${listing(held)} ${plural(held.length, 'was', 'were')} below from the start.` : '';
  return fell.length === 0
    ? `The common axis fell by ${percent(-replay.commonFall, 1)} and no account of the book fell.${gone}`
    : `The common axis fell by ${percent(-replay.commonFall, 1)} and ${countWord(fell.length).toLowerCase()} ${plural(fell.length, 'account')} fell; ${figure(foreseen.length, 0)} ${plural(foreseen.length, 'was', 'were')} said before${lead}.${gone}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

/** Each way in which the model was wrong, in one sentence; empty where it was not. */
function wrong(replay: Told): string[] {
  const missed = named(replay, 'missed');
  const falseAlarms = named(replay, 'falseAlarm');
  const prices = replay.priceClaims.map(
    ({ assetId, at, saidUsd, recordedLowUsd, error, claims, meanError }) =>
      `${assetId}: at ${clock(at)} the cascade of the fall so far ended at ${figure(saidUsd, 0)}; the low of the day after came at ${figure(recordedLowUsd, 0)}: ${percent(Math.abs(error), 1)} too ${error > 0 ? 'little' : 'much'} of a fall. Off by ${percent(meanError, 1)} on average over the ${figure(claims, 0)} ${plural(claims, 'step')} that said more than the price.`,
  );
  const refused = replay.steps.filter((step) => typeof step.index !== 'number').length;
  return [
    ...(missed.length > 0
      ? [
          `${listing(missed)} fell without having been said before; the cascade of the fall so far took ${plural(missed.length, 'it', 'them')} no sooner than the prices did.`,
        ]
      : []),
    ...(falseAlarms.length > 0 ? [`${listing(falseAlarms)} ${plural(falseAlarms.length, 'was', 'were')} said to fall and held.`] : []),
    ...prices,
    ...(refused > 0 ? [`At ${figure(refused, 0)} of ${figure(replay.steps.length, 0)} steps the index was refused.`] : []),
  ];
}

/** 'Feb 5 21:20' style is for screens; sentences carry day and time in UTC. */
function clock(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** Claims with a price of their own: they may trade below what backs them. */
function quotedClaims({ assets }: AnalysisInputs['contents'], { quotes, depth }: AnalysisInputs['snapshot']): string[] {
  const priced = new Set([...quotes, ...depth].map((row) => row.assetId));
  return assets.flatMap(({ id, kind }) => (kind !== 'base' && kind !== 'stable' && priced.has(id) ? [id] : []));
}

function assumptions(replay: Told, claims: readonly string[]): string[] {
  const assumed = replay.treatments.filter((treatment) => !treatment.isRecorded && treatment.shareFraction > 0);
  return [
    'The book is held as it is through the window; an account that fell is carried on, so that each one’s first fall is its own.',
    'Falls by recorded prices: the close, all lows or all highs of a bar put it below its requirement, nobody reacting, since what others sold is in the prices already.',
    'The windows record no options: implied volatility is the book’s own, raised by the fall of the common axis as the scenario set says, and no time passes.',
    'Depth, crowd and venue rules are those of the book’s market, not those of the window.',
    'What is said jointly takes a recorded move as a shock and lets a cascade follow; the recorded low holds the market’s own cascade already, so at the full move forced selling is counted twice.',
    ...(claims.length > 0
      ? [
          `The windows have no price of ${listing(claims)}: ${plural(claims.length, 'its discount stays', 'their discounts stay')} as in the book, so a fall that comes through one can be said and never be seen to happen.`,
        ]
      : []),
    'The index’s correlation uses the closes of earlier days only; the names before, during and after are given by hindsight and enter no number.',
    ...assumed.map(({ assetId, shareFraction, treatment }) => `${assetId} (${percent(shareFraction, 1)} of the book): ${treatment}.`),
    ...replay.window.corrections.map(
      ({ assetId, at, column, recorded, used, why }) =>
        `${assetId}, ${clock(at)}: the ${column} of ${figure(recorded, 2)} is not used${used === null ? ', the close stands in' : ` but ${figure(used, 4)}`}. ${why}`,
    ),
  ];
}
