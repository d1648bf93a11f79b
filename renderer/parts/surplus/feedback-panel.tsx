import './surplus.css';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { FeedbackResult } from '../../../main/contract/feedback.ts';
import { Chart, type ChartPick } from '../../chart/chart.tsx';
import { SaveChart } from '../../chart/save-chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { useFeedback } from '../../client/queries.ts';
import { isFailure } from '../../format/failure.ts';
import { fixed } from '../../format/number.ts';
import { ratio, signedPercent } from '../../format/share.ts';
import { Chip } from '../chip.tsx';
import { Explain } from '../explain.tsx';
import { Panel } from '../panel.tsx';
import { RunProgressBar } from '../progress.tsx';
import { FailureBox, RefusedState } from '../states.tsx';
import { curveOption, curveTable, matrixOption, matrixTable } from './feedback-chart.ts';
import type { SurplusQuestion } from './surplus-panel.tsx';

type Props = SurplusQuestion & { readonly className?: string };

/** How forced selling feeds on itself: κ along the common fall, calm against stressed correlation, reproduction number, critical leverage. */
export function FeedbackPanel({ scenarioSetId, shock, assumptions, className }: Props): ReactElement {
  const { value, failure, isStale, runId, again } = useFeedback({
    ...(scenarioSetId === undefined ? {} : { scenarioSetId }),
    ...(shock === undefined ? {} : { shock }),
    ...(assumptions === undefined ? {} : { cascade: assumptions }),
  });
  return (
    <Panel
      title="Does selling feed on itself?"
      caption="κ: what forced selling adds to one more per cent of common fall"
      isFlush
      className={`feedback-panel${className === undefined ? '' : ` ${className}`}${isStale ? ' is-waiting' : ''}`}
      {...(value === null ? {} : { actions: <Gauges result={value} />, foot: <Words result={value} /> })}
    >
      {value !== null ? (
        <Body key={value.inputsDigest} result={value} />
      ) : failure === null ? (
        <div className="gate">
          <RunProgressBar runId={runId} title="Measuring the feedback" />
        </div>
      ) : (
        <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />
      )}
    </Panel>
  );
}

function Gauges({ result }: { readonly result: FeedbackResult }): ReactElement {
  const { points, referencePoint, kappaPassesOneAt } = result;
  const there = points[referencePoint];
  const grows = (there?.reproduction ?? 0) >= 1;
  return (
    <>
      <Chip tone={grows ? 'danger' : (there?.reproduction ?? 0) >= 0.5 ? 'watch' : 'safe'}>
        R <Explain metric="feedback.reproduction">{fixed(there?.reproduction ?? 0, 2)}</Explain> at {signedPercent(there?.move ?? 0, 0)}
      </Chip>
      <span className="muted">
        κ = 1 at{' '}
        <Explain metric="feedback.kappaPassesOneAt">
          {isFailure(kappaPassesOneAt) ? 'no depth' : signedPercent(kappaPassesOneAt, 1)}
        </Explain>
      </span>
      <SaveChart />
    </>
  );
}

function Body({ result }: { readonly result: FeedbackResult }): ReactElement {
  const palette = usePalette();
  const [shown, setShown] = useState(result.stressedPoint);
  const point = result.points[shown];
  const ids = useMemo(() => result.markets.map((market) => market.id), [result]);
  const stressed = point?.stressed ?? null;
  const curve = useMemo(() => curveOption(result, shown, palette), [result, shown, palette]);
  const calm = useMemo(() => matrixOption(ids, result.calmCorrelation, palette), [ids, result, palette]);
  const after = useMemo(() => (stressed === null ? null : matrixOption(ids, stressed.correlation, palette)), [ids, stressed, palette]);
  const step = useCallback((by: number) => setShown((now) => Math.max(0, Math.min(result.points.length - 1, now + by))), [result]);
  const onKey = (key: string): boolean => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (by !== undefined) step(by);
    return by !== undefined;
  };
  const onPick = useCallback((pick: ChartPick) => setShown(pick.dataIndex), []);
  return (
    <div className="feedback-body">
      <Chart
        label="Loop gain and reproduction number along the common fall; left and right choose a depth"
        option={curve}
        table={curveTable(result)}
        onPick={onPick}
        onKey={onKey}
      />
      <div className="feedback-matrix">
        <h3>Correlation in calm</h3>
        <Chart label="Correlation of the markets in calm" option={calm} table={matrixTable(ids, result.calmCorrelation)} />
      </div>
      <div className="feedback-matrix">
        <h3>{stressedTitle(result, shown)}</h3>
        {after === null || stressed === null ? (
          <RefusedState title="No correlation">
            At {signedPercent(point?.move ?? 0, 0)} sales do not come to rest (R {fixed(point?.reproduction ?? 0, 2)} ≥ 1).
          </RefusedState>
        ) : (
          <Chart label="Correlation of the markets with forced sales" option={after} table={matrixTable(ids, stressed.correlation)} />
        )}
      </div>
    </div>
  );
}

/** 'Forced sales, −16 %: stETH vol 5.41 ×'. */
function stressedTitle({ points, markets }: FeedbackResult, shown: number): string {
  const point = points[shown];
  const start = `Forced sales, ${signedPercent(point?.move ?? 0, 0)}`;
  const ratios = point?.stressed?.volatilityRatio ?? [];
  const loudest = ratios.reduce((most, each, i) => (each > (ratios[most] ?? 0) ? i : most), 0);
  return (ratios[loudest] ?? 1) < 1.05 ? start : `${start}: ${markets[loudest]?.id.split(' / ')[0] ?? ''} vol ${ratio(ratios[loudest])}`;
}

function Words({ result }: { readonly result: FeedbackResult }): ReactElement {
  return (
    <div className="surplus-message">
      <p className="surplus-sentence" title={[result.headline, ...result.sentences].join(' ')}>
        <strong>{result.headline}.</strong> {result.sentences.slice(1).join(' ')}
      </p>
    </div>
  );
}
