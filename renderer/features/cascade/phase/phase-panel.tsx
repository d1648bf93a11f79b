import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../main/contract/analysis.ts';
import type { PhaseMap } from '../../../../main/contract/phase-map.ts';
import { Chart, type ChartPick } from '../../../chart/chart.tsx';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { useCachedJob } from '../../../client/queries.ts';
import { Button } from '../../../parts/button.tsx';
import { Explain } from '../../../parts/explain.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { FailureBox } from '../../../parts/states.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { type CellPlace, stepCell } from '../cell-map.ts';
import { isSameQuestion, type Stress, type StressQuestion } from '../use-stress.ts';
import { phaseOption, phaseTable } from './phase-chart.ts';
import { cellAt, cellMetric, cellWords, phaseSentence, type PhaseView, shockAt, sizeOf } from './phase-model.ts';

const views = [
  { value: 'falls', title: 'Falls' },
  { value: 'loss', title: 'Loss ×' },
  { value: 'price', title: 'Price ×' },
  { value: 'badDebt', title: 'Bad debt' },
  { value: 'rounds', title: 'Rounds' },
] as const;

type Props = { readonly analysis: AnalysisResult; readonly stress: Stress };

/** Where a shock begins to feed on itself, by its size and the depth gone; a click runs the cascade of a cell. */
export function PhasePanel({ analysis, stress }: Props): ReactElement {
  const [base, setBase] = useState<StressQuestion>({ shock: analysis.cascade.shock, assumptions: analysis.cascade.assumptions });
  const [view, setView] = useState<PhaseView>('falls');
  const asked = useMemo(
    () => ({ scenarioSetId: analysis.scenarioSetId, shock: base.shock, cascade: base.assumptions }),
    [analysis.scenarioSetId, base],
  );
  const loaded = useCachedJob('analysis.phaseMap', asked);
  const map = loaded.value;
  const { depthThinningFraction } = base.assumptions;
  const place = map === null ? null : cellAt(map, stress.question.shock, stress.question.assumptions.depthThinningFraction);
  const onMap = map !== null && cellAt(map, stress.question.shock, depthThinningFraction) !== null;
  const isOther =
    !onMap ||
    !isSameQuestion(
      { shock: base.shock, assumptions: { ...stress.question.assumptions, depthThinningFraction } },
      { shock: base.shock, assumptions: base.assumptions },
    );
  return (
    <Panel
      title="Phase map"
      caption="line: falls only jointly · dashed: amplified"
      isFlush
      className={loaded.isFetching ? 'stress-phase is-waiting' : 'stress-phase'}
      actions={
        <>
          {map !== null && isOther && !loaded.isFetching && (
            <Button
              tone="link"
              title="The map scales another shock or assumes other rules than the bar"
              onClick={() => setBase(stress.question)}
            >
              Map the bar’s shock
            </Button>
          )}
          {loaded.runId === null ? (
            <>
              <Segmented label="What the phase map shows" choices={views} value={view} onChange={setView} />
              <SaveChart />
            </>
          ) : (
            <RunProgressBar runId={loaded.runId} title="Phase map" />
          )}
        </>
      }
      {...(map === null ? {} : { foot: <PhaseWords map={map} view={view} place={isOther ? null : place} /> })}
    >
      {map !== null ? (
        <PhaseChart map={map} view={view} stress={stress} />
      ) : (
        loaded.failure !== null && <FailureBox failure={loaded.failure} action={{ title: 'Try again', run: loaded.again }} />
      )}
    </Panel>
  );
}

/** Where the phase changes, and the figure of the cell that the bar stands on, if the map assumes what the bar does. */
function PhaseWords({
  map,
  view,
  place,
}: {
  readonly map: PhaseMap;
  readonly view: PhaseView;
  readonly place: CellPlace | null;
}): ReactElement {
  return (
    <p className="round-sentence">
      {place !== null && (
        <>
          Here:{' '}
          <Explain {...cellMetric(map, view, place)}>
            <strong>{cellWords(map, view, place)}</strong>
          </Explain>
          .{' '}
        </>
      )}
      {phaseSentence(map)}
    </p>
  );
}

function PhaseChart({ map, view, stress }: { readonly map: PhaseMap; readonly view: PhaseView; readonly stress: Stress }): ReactElement {
  const palette = usePalette();
  const [cursor, setCursor] = useState<CellPlace | null>(null);
  const { question, ask } = stress;
  const found = cellAt(map, question.shock, question.assumptions.depthThinningFraction);
  const [column, row] = found === null ? [-1, -1] : [found.column, found.row];
  const option = useMemo(
    () => phaseOption({ map, view, selected: column < 0 ? null : { column, row }, cursor, palette }),
    [map, view, column, row, cursor, palette],
  );
  const table = useMemo(() => phaseTable(map, view), [map, view]);
  const run = useCallback(
    (place: CellPlace) =>
      ask({
        shock: shockAt(map, place.column),
        assumptions: { ...question.assumptions, depthThinningFraction: map.thinnings[place.row] ?? 0 },
      }),
    [ask, map, question.assumptions],
  );
  const onPick = useCallback(
    (pick: ChartPick) => run({ column: pick.dataIndex % map.scales.length, row: Math.floor(pick.dataIndex / map.scales.length) }),
    [map, run],
  );
  const onKey = (pressed: string): boolean => {
    if (pressed === 'Enter' && cursor !== null) {
      run(cursor);
      return true;
    }
    const next = stepCell(sizeOf(map), cursor ?? found ?? { column: 0, row: 0 }, pressed);
    if (next !== null) setCursor(next);
    return next !== null;
  };
  return (
    <Chart
      label="Phase map by size of the shock and depth gone; arrows walk, Enter runs the cascade"
      option={option}
      table={table}
      onPick={onPick}
      onKey={onKey}
    />
  );
}
