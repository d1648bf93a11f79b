import './system.css';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { OutputOf } from '../../../main/contract/contract.ts';
import type { ReplayResult } from '../../../main/contract/replay.ts';
import { useCall, useJob, useReplay } from '../../client/queries.ts';
import { percent } from '../../format/share.ts';
import { Dock } from '../../parts/dock.tsx';
import { Emphasis } from '../../parts/emphasis.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../parts/states.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { useMedia, WIDE_WINDOW } from '../../parts/use-media.ts';
import { CoursePanel } from './course-panel.tsx';
import { JudgedPanel } from './judged-panel.tsx';
import { SaidPanel } from './said-panel.tsx';
import { sideDocks } from './system-tabs.ts';
import { usePlayhead } from './use-playhead.ts';
import type { Warnings } from './warnings-body.tsx';

/** Window shown first: the one that everybody remembers. */
const FIRST_WINDOW = '2025-10';

/** The book in the market's system over recorded windows: the index with its parts, what was said, and what happened. */
export function SystemView(): ReactElement {
  const windows = useCall('replay.windows', {});
  const [chosen, setChosen] = useState(FIRST_WINDOW);
  const warnings = useWarnings();
  const { value, failure, runId, isStale, again } = useReplay(windows.value === null ? null : chosen);
  if (windows.failure !== null) return <FailureBox failure={windows.failure} action={{ title: 'Read again', run: windows.again }} />;
  const replay = value !== null && value.window.id === chosen ? value : null;
  return (
    <div className="system-screen">
      <div className="system-bar">
        <WindowSwitch windows={windows.value ?? []} chosen={chosen} onChoose={setChosen} />
        {replay !== null && <Told replay={replay} isStale={isStale} />}
        {runId !== null && <RunProgressBar runId={runId} title="Replaying" />}
      </div>
      {replay !== null ? (
        <Replayed key={replay.window.id} replay={replay} warnings={warnings} />
      ) : (
        <NotYet failure={failure} again={again} />
      )}
    </div>
  );
}

function NotYet({
  failure,
  again,
}: {
  readonly failure: ReturnType<typeof useReplay>['failure'];
  readonly again: () => void;
}): ReactElement {
  if (failure === null) return <div className="system-wait" aria-busy="true" />;
  if (failure.reason === 'cancelled')
    return (
      <EmptyState title="The replay was cancelled" actions={[{ title: 'Replay again', run: again }]}>
        Nothing of it was kept.
      </EmptyState>
    );
  return <FailureBox failure={failure} action={{ title: 'Replay again', run: again }} />;
}

/** The study of daily prices; once it is there, the windows are asked again, since it says where their index warns. */
function useWarnings(): Warnings {
  const client = useQueryClient();
  const { runId, result, start } = useJob('replay.warnings');
  const begin = useCallback(() => {
    void start({}).then((answer) => (answer.ok ? client.invalidateQueries({ queryKey: ['replay.run'] }) : undefined));
  }, [client, start]);
  return {
    study: result?.ok === true ? result.value : null,
    failure: result === null || result.ok ? null : result.failure,
    isRunning: runId !== null,
    start: begin,
  };
}

function WindowSwitch(props: {
  readonly windows: OutputOf<'replay.windows'>;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}): ReactElement {
  const choices = props.windows.map(({ id, name }) => ({ value: id, title: <span title={name}>{id}</span> }));
  return <Segmented label="Recorded window" choices={choices} value={props.chosen} onChange={props.onChoose} />;
}

function Told({ replay, isStale }: { readonly replay: ReplayResult; readonly isStale: boolean }): ReactElement {
  const names = replay.accounts.map((account) => account.accountId);
  return (
    <p className={isStale ? 'system-told stale-value' : 'system-told'} aria-live="polite" title={replay.basisNote}>
      <strong>{replay.window.name}.</strong> <Emphasis text={replay.headline} names={names} />{' '}
      <span className="muted">
        Covered {percent(replay.coverageFraction, 0)} at least;{' '}
        {replay.basis === 'levels' ? 'recorded prices' : 'recorded moves on the book’s prices'}.
      </span>
    </p>
  );
}

function Replayed({ replay, warnings }: { readonly replay: ReplayResult; readonly warnings: Warnings }): ReactElement {
  const { at, moveTo, move } = usePlayhead(replay);
  const isWide = useMedia(WIDE_WINDOW);
  const docks = useMemo(() => sideDocks(isWide), [isWide]);
  return (
    <>
      <CoursePanel replay={replay} at={at} onMoveTo={moveTo} onMove={move} />
      <div className="system-side">
        {docks.map((tabs) => (
          <Dock key={tabs[0]?.id} className="system-dock" tabs={tabs} panel={{ replay, at }} />
        ))}
      </div>
      <SaidPanel replay={replay} at={at} onMoveTo={moveTo} />
      <JudgedPanel replay={replay} warnings={warnings} />
    </>
  );
}
