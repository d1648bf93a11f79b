import { createHash } from 'node:crypto';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { ReplayResult, WarningStudy } from '../contract/replay.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { readRecordedDays, readRecordedWindows } from '../market/recorded-window.ts';
import type { Pool } from '../pool/pool-types.ts';
import { digestOf, readInputs } from './analysis.ts';
import type { AnalysisInputs } from './analysis/engine-run.ts';
import { packBook } from './pack.ts';
import { replayBook } from './replay/replay-book.ts';
import type { ReplayWork } from './replay/run-path.ts';
import { studyWarnings } from './replay/warning-study.ts';
import { windowOf } from './replay/window-source.ts';
import { windowSummaryOf } from './replay/window-summary.ts';
import { withWarning } from './replay/window-warning.ts';
import type { Session } from './session.ts';

type Deps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };
type Input = Pick<ParsedInputOf<'replay.run'>, 'scenarioSetId'>;

/** Replays recorded windows on the open book; answers from memory when nothing has changed. */
export function createReplayServices(deps: Deps): Pick<Services, 'replay.windows' | 'replay.run' | 'replay.warnings'> {
  return {
    'replay.windows': async () => {
      const windows = readRecordedWindows(deps.resourcesFolder);
      return windows.ok ? succeed(windows.value.map(windowSummaryOf)) : windows;
    },
    'replay.run': (input, context) => replayWindow(deps, input, context),
    'replay.warnings': (input, context) => study(deps, input, context),
  };
}

async function replayWindow(deps: Deps, input: ParsedInputOf<'replay.run'>, context: CallContext): Promise<Result<ReplayResult>> {
  const prepared = prepareReplay(deps, input, context);
  if (!prepared.ok) return prepared;
  const { work, history, key } = prepared.value;
  const window = await windowOf(input, deps.resourcesFolder, context);
  if (!window.ok) return window;
  const windowKey = `${key} ${createHash('sha256').update(JSON.stringify(window.value)).digest('hex')}`;
  const known = deps.session.replay.get(windowKey);
  const bare = known === null ? await replayBook(work, window.value, history) : succeed(known);
  if (!bare.ok) return bare;
  // A book edited meanwhile has another key, and the replay asked for last is the one whose numbers are explained.
  deps.session.replay.set(windowKey, bare.value);
  deps.session.replayedWindow.set(windowKey, window.value);
  return succeed({ ...withWarning(bare.value, deps.session.warnings.get(key)), runId: context.runId });
}

async function study(deps: Deps, input: Input, context: CallContext): Promise<Result<WarningStudy>> {
  const prepared = prepareReplay(deps, input, context);
  if (!prepared.ok) return prepared;
  const { work, history, key } = prepared.value;
  const known = deps.session.warnings.get(key);
  if (known !== null) return succeed(known);
  const found = await studyWarnings(work, history);
  if (found.ok) deps.session.warnings.set(key, found.value);
  return found;
}

/** The open book as the work of a replay, the closes recorded before each day, and the key of all inputs. */
export type PreparedReplay = { readonly work: ReplayWork; readonly history: Snapshot['history']; readonly key: string };

/** Reads and packs the open book for a replay. */
export function prepareReplay(
  { session, pool, resourcesFolder }: Deps,
  { scenarioSetId }: Input,
  context: CallContext,
): Result<PreparedReplay> {
  const book = session.book();
  if (!book.ok) return book;
  const inputs = readInputs(book.value, { ...(scenarioSetId === undefined ? {} : { scenarioSetId }) });
  if (!inputs.ok) return inputs;
  const history = recordedHistory(inputs.value, resourcesFolder);
  if (!history.ok) return history;
  const { contents, snapshot, scenarioSet } = inputs.value;
  const pack = packBook(contents, snapshot, scenarioSet);
  if (!pack.ok) return pack;
  const key = digestOf(book.value.digest(), inputs.value);
  return succeed({ work: { inputs: inputs.value, pack: pack.value, pool, context }, history: history.value, key });
}

/** The closes known before each day: those that ship and those of the book's own snapshot. */
export function recordedHistory(inputs: AnalysisInputs, resourcesFolder: string): Result<Snapshot['history']> {
  const days = readRecordedDays(resourcesFolder);
  return days.ok ? succeed(joinedDays(inputs, days.value)) : days;
}

/** Recorded closes and the book's own, which win where both have a day. */
function joinedDays({ snapshot }: AnalysisInputs, recorded: Snapshot['history']): Snapshot['history'] {
  const days = new Map(recorded.map((row) => [row.day, row.closeUsd]));
  for (const row of snapshot.history) days.set(row.day, { ...days.get(row.day), ...row.closeUsd });
  return [...days].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([day, closeUsd]) => ({ day, closeUsd }));
}
