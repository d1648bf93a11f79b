import type { ReportResults } from '../../contract/report-record.ts';
import type { ReportPart } from '../../contract/reporting.ts';

/** What a report tells of, in its order; what could be in it and is not says how it gets there. */
export function reportParts(results: ReportResults): ReportPart[] {
  const { analysis, hedge, survival, replays, study, backtests, golden } = results;
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
    ...outlookParts(results.outlook),
    part('Outside numbers', `${golden.passed} of ${golden.cases} agree`),
  ];
}

/** What may come: none of it is computed for the report alone, save the forecast after the suggestion. */
function outlookParts(outlook: ReportResults['outlook']): ReportPart[] {
  const { forecast = null, after = null, coverage = null, orders = [] } = outlook ?? {};
  const part = (name: string, found: string | null, where: string): ReportPart => ({ name, detail: found ?? where, isIn: found !== null });
  const run =
    forecast === null ? null : `${counted(forecast.draws, 'path')}, seed ${forecast.seed}${after === null ? '' : ', before and after'}`;
  const held = coverage === null ? null : `${coverage.from} to ${coverage.to}`;
  const best = orders.length === 0 ? null : counted(orders.length, 'account');
  return [
    part('Forecast', run, 'none run on this book; the Accounts screen does it'),
    part('Forecasts judged', held, 'not judged on this book; the Accounts screen does it'),
    part('Trigger orders', best, 'none looked for on this book; the Hedges screen does it'),
  ];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
