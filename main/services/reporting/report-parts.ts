import type { ReportResults } from '../../contract/report-record.ts';
import type { ReportPart } from '../../contract/reporting.ts';

/** What a report tells of, in its order; what could be in it and is not says how it gets there. */
export function reportParts({ analysis, hedge, survival, replays, study, backtests, golden }: ReportResults): ReportPart[] {
  const { positions, distribution, grids } = analysis;
  const part = (name: string, detail: string): ReportPart => ({ name, detail, isIn: true });
  const absent = (name: string, detail: string): ReportPart => ({ name, detail, isIn: false });
  return [
    ...(hedge === null
      ? [absent('Suggestion', 'none for this book; the Hedges screen makes one')]
      : [
          part('Suggestion', `${counted(hedge.suggestion.legs.length, 'action')}, ${hedge.suggestion.status}`),
          part('Assumptions moved', `${hedge.sensitivities.length}, each run again in full`),
          part(
            'Other ways',
            `${counted(hedge.alternatives.alternatives.length, 'alternative')}, ${counted(hedge.alternatives.frontier.length, 'point')} of the frontier`,
          ),
        ]),
    part('Survival', counted(survival.legs.length, 'leg')),
    part(
      'Analysis',
      `${counted(positions.length, 'position')}, ${counted(distribution.scenarios, 'day')}, ${counted(grids.length, 'grid')}`,
    ),
    replays.length === 0
      ? absent('Replays', 'none run on this book; the System screen does it')
      : part('Replays', `${counted(replays.length, 'window')}${study === null ? '' : ', warnings judged'}`),
    backtests.length === 0
      ? absent('Backtests', 'none run on this book; the Hedges screen does it')
      : part('Backtests', counted(backtests.length, 'window')),
    part('Outside numbers', `${golden.passed} of ${golden.cases} agree`),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
