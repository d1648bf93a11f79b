import type { WarningStudy } from '../../contract/replay.ts';
import type { ReportResults } from '../../contract/report-record.ts';
import { cellValue, figure, move, plain, share, shortMoment } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

type Replay = ReportResults['replays'][number];

/** What the model said before, during and after each recorded window, what happened, and where it was wrong. */
export function replaySections({ replays, study }: Pick<ReportResults, 'replays' | 'study'>): ReportSection[] {
  return replays.length === 0 ? [] : [summary(replays, study), ...replays.map(oneWindow)];
}

function summary(windows: readonly Replay[], study: WarningStudy | null): ReportSection {
  const count = (replay: Replay, verdict: Replay['accounts'][number]['verdict']): ReportCell => {
    const found = replay.accounts.filter((account) => account.verdict === verdict).length;
    return number(found, String(found));
  };
  const rows = windows.map((replay): ReportCell[] => [
    words(`${replay.window.id} ${replay.window.name}`, { isStrong: true }),
    number(replay.commonFall, move(replay.commonFall)),
    number(
      replay.accounts.filter((account) => account.fellAt !== null).length,
      String(replay.accounts.filter((account) => account.fellAt !== null).length),
    ),
    count(replay, 'foreseen'),
    count(replay, 'missed'),
    count(replay, 'falseAlarm'),
    indexCell(replay.steps[0]?.index),
    indexCell(replay.steps.find((step) => step.at === replay.lowAt)?.index),
    number(replay.warning.leadHours, replay.warning.leadHours === null ? 'none' : figure(replay.warning.leadHours, 1)),
    number(replay.coverageFraction, share(replay.coverageFraction)),
  ]);
  const heads = ['Fall', 'Fell', 'Said before', 'Missed', 'Said, held', 'Index first', 'Index at low', 'Warned, h', 'Covered'];
  const columns = [left('Window', 4), ...heads.map(right)];
  const judged = study === null ? 'Warnings over daily prices have not been judged on this book.' : `${study.sentence} ${study.definition}`;
  return section({
    id: 'replays',
    title: 'Replays',
    caption: 'recorded prices on this book: what was said, what happened',
    paragraphs: [judged],
    tables: [{ id: 'replays', columns, rows }],
  });
}

function indexCell(index: Replay['steps'][number]['index'] | undefined): ReportCell {
  return number(cellValue(index), plain(index, 1));
}

/** The first and the last checkpoint of each phase, and those at which what was missed or wrongly said became another. */
function toldCheckpoints({ checkpoints }: Replay): Replay['checkpoints'] {
  const wrong = (at: number): string => JSON.stringify([checkpoints[at]?.missed, checkpoints[at]?.falselySaid]);
  return checkpoints.filter((row, at) => {
    const isEdge = checkpoints[at - 1]?.phase !== row.phase || checkpoints[at + 1]?.phase !== row.phase;
    return isEdge || wrong(at) !== wrong(at - 1);
  });
}

function oneWindow(replay: Replay): ReportSection {
  const told = toldCheckpoints(replay);
  const rows = told.map((row): ReportCell[] => [
    words(row.phase, { isStrong: true }),
    words(shortMoment(row.at)),
    indexCell(row.index),
    words(row.said),
    words(row.happened, row.missed.length + row.falselySaid.length > 0 ? { state: 'watch' } : {}),
  ]);
  const unrecorded = replay.treatments
    .filter((row) => !row.isRecorded)
    .map((row) => `${row.assetId} (${share(row.shareFraction)}): ${row.treatment}.`);
  return section({
    id: `replay-${replay.window.id}`,
    title: `Replay ${replay.window.id}: ${replay.window.name}`,
    caption: replay.basisNote,
    paragraphs: [
      replay.headline,
      replay.warning.sentence,
      replay.wrong.length > 0 ? `Where it was wrong. ${replay.wrong.join(' ')}` : 'Nothing that was said proved wrong.',
      ...(unrecorded.length > 0 ? [`Without recorded prices: ${unrecorded.join(' ')}`] : []),
      ...(told.length < replay.checkpoints.length
        ? [
            `${told.length} of ${replay.checkpoints.length} checkpoints stand here: the ends of each phase, and where what was wrong became another.`,
          ]
        : []),
    ],
    tables: [
      {
        id: `replay-${replay.window.id}`,
        columns: [left('Phase'), left('At, UTC'), right('Index'), left('The model said', 6), left('What happened', 6)],
        rows,
      },
    ],
  });
}
