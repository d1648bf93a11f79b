import type { WarningStudy } from '../../contract/replay.ts';
import { fail, type Result } from '../../domain/failure.ts';
import type { BareReplay } from '../replay/replay-book.ts';
import { answerFrom, lookUp, type ExplainedNumber, type KnownResults, type Metric } from './metric.ts';
import { numberText, percentText } from './number-text.ts';

const HINDSIGHT = 'At each time only that bar and the closes of earlier days are known; nothing later enters the number.';

/** An element of the window replayed last. */
function ofReplay<T>(
  { replay }: KnownResults,
  pick: { readonly from: (replay: BareReplay) => readonly T[]; readonly isIt: (item: T) => boolean; readonly what: string },
  answer: (item: T, replay: BareReplay) => ExplainedNumber,
): Result<ExplainedNumber> {
  if (replay === null) return fail('notFound', 'no window has been replayed on this book', { remedy: 'Replay one on the System screen.' });
  return answerFrom(lookUp(pick.from(replay), pick.isIt, pick.what), (item) => answer(item, replay));
}

type Step = BareReplay['steps'][number];

function stepMetric(metric: Omit<Metric, 'find'>, answer: (step: Step, replay: BareReplay) => Omit<ExplainedNumber, 'subject'>): Metric {
  return {
    ...metric,
    find: (known, subjectId) =>
      ofReplay(
        known,
        {
          from: (replay) => replay.steps,
          isIt: (step) => step.at === subjectId,
          what: `step ${subjectId ?? '(none named)'} of the window`,
        },
        (step, replay) => ({ subject: `${replay.window.name}, ${step.at}`, ...answer(step, replay) }),
      ),
  };
}

function studyMetric(metric: Omit<Metric, 'find'>, answer: (study: WarningStudy) => Omit<ExplainedNumber, 'subject'>): Metric {
  return {
    ...metric,
    find: ({ warnings, analysis }) =>
      warnings === null
        ? fail('notFound', 'warnings have not been judged on this book', { remedy: 'Judge them on the System screen.' })
        : { ok: true, value: { subject: analysis.bookName, ...answer(warnings) } },
  };
}

/** The index along a recorded window, what was said before accounts fell, and what its warnings were worth. */
export const replayMetrics: readonly Metric[] = [
  stepMetric(
    {
      id: 'replay.steps.index',
      title: 'Systemic leverage index at a time of the window',
      unit: 'of 100',
      definition: 'The index of the book as if the market stood at this time’s recorded prices, from the reference shock.',
      formula: '100 × (1 − Π (1 − part)^¼)',
      notes: [HINDSIGHT, 'Refused where less of the book than the set share has a fresh recorded price.'],
    },
    (step) => ({
      value: step.index,
      worked: typeof step.index === 'number' ? `four parts give ${numberText(step.index)}` : step.index.message,
      inputs: Object.entries(step.parts).map(([id, value]) => ({ name: id, value: numberText(value), source: 'this time’s prices' })),
      notes: [`Covered: ${percentText(step.coverageFraction)}.`],
    }),
  ),
  stepMetric(
    {
      id: 'replay.steps.coverageFraction',
      title: 'Coverage at a time of the window',
      unit: 'share',
      definition:
        'Share of the book’s gross look-through value whose asset has a fresh recorded price, or is a dollar coin unknown to the window.',
      formula: 'Σ |look-through value| with a price / Σ |look-through value|',
      notes: ['A missing bar is carried for three bars; after that it counts as unknown.'],
    },
    (step, replay) => ({
      value: step.coverageFraction,
      worked: `${percentText(step.coverageFraction)}; the index needs ${percentText(replay.leastCoverageFraction)}`,
      inputs: replay.treatments
        .slice(0, 6)
        .map((row) => ({ name: row.assetId, value: percentText(row.shareFraction), source: row.treatment })),
    }),
  ),
  {
    id: 'replay.accounts.leadHours',
    title: 'Lead of what was said about an account',
    unit: 'hours',
    definition:
      'Time from the first step at which the cascade of the fall so far takes the account to the bar in which recorded prices do.',
    formula: 'time of the fall − time it was said',
    notes: [HINDSIGHT, 'Below zero: it was said later than it happened.'],
    find: (known, subjectId) =>
      ofReplay(
        known,
        { from: (replay) => replay.accounts, isIt: (row) => row.accountId === subjectId, what: `account ${subjectId ?? '(none named)'}` },
        (row, replay) => ({
          subject: `${row.accountId}, ${replay.window.name}`,
          value: row.leadHours ?? { reason: 'unsupported', message: 'it was not both said and seen to fall, so there is no lead' },
          worked: `said ${row.saidAt ?? 'never'}, fell ${row.fellAt ?? 'never'}`,
          inputs: [
            { name: 'Joint distance at the start', value: numberText(row.startJointMove), source: 'the window’s first close' },
            { name: 'Alone', value: numberText(row.startAloneMove), source: 'the window’s first close' },
          ],
        }),
      ),
  },
  studyMetric(
    {
      id: 'replay.warnings.meanLeadDays',
      title: 'Mean lead of the index’s warnings',
      unit: 'days',
      definition: 'Mean time from a warning to the fall it announced, over the years that did not choose the level.',
      formula: 'mean of (day of the fall − day of its first warning)',
      notes: ['Falls that were not announced have no lead and are counted apart.'],
    },
    ({ index, plain, definition }) => ({
      value: index.test.meanLeadDays,
      worked: `${index.test.announced} of ${index.test.falls} falls announced, ${index.test.falseWarnings} of ${index.test.warnings} warnings false`,
      inputs: [
        { name: 'Level', value: numberText(index.level), source: `chosen on ${index.training.from} to ${index.training.to}` },
        {
          name: plain.name,
          value: numberText(plain.test.meanLeadDays),
          source: `${plain.test.announced} of ${plain.test.falls} announced`,
        },
      ],
      notes: [definition],
    }),
  ),
];
