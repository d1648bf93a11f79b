import type { ReportInputs } from '../../contract/report-record.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { digestOf, readInputs } from '../analysis.ts';
import { recordedHistory } from '../replay.ts';
import { withWarning } from '../replay/window-warning.ts';
import type { Session } from '../session.ts';
import type { KnownResults } from './compute-report.ts';
import { gatherOutlook } from './outlook/gather-outlook.ts';
import { withoutSecrets } from './secrets.ts';

/** What a report of the open book is computed from, and the parts of it that are there already. */
export type Gathered = { readonly inputs: ReportInputs; readonly known: Omit<KnownResults, 'analysis'> };

type Dated = { readonly window: { readonly startsAt: string } };
const byStart = (left: Dated, right: Dated): number => (left.window.startsAt < right.window.startsAt ? -1 : 1);

/** Reads the open book, the wish of its last suggestion, and the recorded windows that were replayed and hedged along on it. */
export function gatherInputs(session: Session, resourcesFolder: string): Result<Gathered> {
  const open = session.book();
  if (!open.ok) return open;
  const read = readInputs(open.value, {});
  if (!read.ok) return read;
  const { contents, snapshot, scenarioSet, pledgeLog } = read.value;
  const study = session.warnings.last();
  const replays = session.replay.all().map((bare) => withWarning(bare, study));
  const recordings = recordingsOf(session, resourcesFolder, read.value);
  if (!recordings.ok) return recordings;
  const outlook = gatherOutlook(session, resourcesFolder, digestOf(open.value.digest(), read.value));
  if (!outlook.ok) return outlook;
  const inputs: ReportInputs = {
    bookDigest: open.value.digest(),
    contents,
    snapshot,
    scenarioSet,
    pledgeLog: {
      reachesBackTo: pledgeLog?.reachesBackTo ?? null,
      lastStepAt: pledgeLog?.lastStepAt ?? null,
      events: [...(pledgeLog?.events ?? [])],
    },
    transferTerms: session.transferTerms ?? null,
    suggestion: session.hedge.last() === null ? null : wishOf(session),
    recordings: recordings.value,
    outlook: outlook.value.wish,
  };
  const known = {
    replays: replays.toSorted(byStart),
    study,
    backtests: session.backtest.all().toSorted(byStart),
    outlook: outlook.value.known,
  };
  return succeed({ inputs: withoutSecrets(inputs), known });
}

function wishOf(session: Session): NonNullable<ReportInputs['suggestion']> {
  const { budgetUsd, confidence, limits, survival } = session.hedgeWish.last() ?? {};
  return {
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(limits === undefined ? {} : { limits }),
    ...(survival === undefined ? {} : { survival }),
  };
}

type Recordings = ReportInputs['recordings'];

/** The prices themselves, in the order in which their results are told: a file of the trader's own is nowhere else to be found. */
function recordingsOf(session: Session, resourcesFolder: string, read: Parameters<typeof recordedHistory>[0]): Result<Recordings> {
  const replayed = session.replayedWindow.all().toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const backtested = session.backtestedWindow.all().toSorted(byStart);
  const isStudied = session.warnings.last() !== null;
  if (replayed.length === 0 && backtested.length === 0 && !isStudied) return succeed(null);
  const history = recordedHistory(read, resourcesFolder);
  return history.ok ? succeed({ history: [...history.value], isStudied, replayed: [...replayed], backtested: [...backtested] }) : history;
}
