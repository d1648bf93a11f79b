import { type ReactElement, useMemo } from 'react';
import type { ReplayResult } from '../../../main/contract/replay.ts';
import { Chart } from '../../chart/chart.tsx';
import { SaveChart } from '../../chart/save-chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { Panel } from '../../parts/panel.tsx';
import { stepTime, systemOption, systemTable } from './system-chart.ts';

type Props = {
  readonly replay: ReplayResult;
  readonly at: number;
  readonly onMoveTo: (step: number) => void;
  readonly onMove: (by: number) => void;
};

/** Recorded prices above the index and its parts, with the playhead, the fall, the events and the warnings. */
export function CoursePanel({ replay, at, onMoveTo, onMove }: Props): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => systemOption({ replay, at, palette }), [replay, at, palette]);
  const table = useMemo(() => systemTable(replay), [replay]);
  const onKey = (key: string): boolean => {
    if (key === 'Home' || key === 'End') onMoveTo(key === 'Home' ? 0 : replay.steps.length - 1);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') onMove(key === 'ArrowLeft' ? -1 : 1);
    else return false;
    return true;
  };
  return (
    <Panel
      title="Index along the window"
      caption={`every ${replay.stepMinutes} min; prices in % from the first, dotted: where the fall so far was said to end`}
      isFlush
      className="system-course"
      actions={<SaveChart />}
      foot={<Facts replay={replay} />}
    >
      <div className="system-course-body">
        <Chart label="Recorded prices, the systemic leverage index and its parts" option={option} table={table} onKey={onKey} />
        <label className="system-playhead">
          <span className="visually-hidden">Time looked at</span>
          <input
            type="range"
            min={0}
            max={replay.steps.length - 1}
            value={at}
            aria-valuetext={replay.steps[at]?.at ?? ''}
            onChange={(event) => onMoveTo(Number(event.currentTarget.value))}
          />
        </label>
      </div>
    </Panel>
  );
}

function Facts({ replay }: { readonly replay: ReplayResult }): ReactElement {
  const { facts, source } = replay.window;
  return (
    <ol className="system-facts">
      {facts.map((fact, n) => (
        <li key={fact.at + fact.text} title={`Source: ${fact.source}`}>
          <span className="muted">
            {n + 1} {stepTime(fact.at)}
          </span>{' '}
          {fact.text}
        </li>
      ))}
      <li className="muted">{source}</li>
    </ol>
  );
}
