import { type ReactElement, useEffect, useRef } from 'react';
import { useAnalysis, useCachedJob, useCall, useHedge } from '../../client/queries.ts';
import { instantWords } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { ReportParts } from './report-parts.tsx';

/** The report as it will be; until it has been computed, as far as it is at hand. */
export function ReportPreview(): ReactElement {
  const analysis = useAnalysis();
  const hedge = useHedge();
  const isReady = analysis.value !== null && hedge.runId === null;
  const preview = useCachedJob('report.preview', {}, isReady);
  const { value, failure, again } = preview;
  useRenewal(hedge.value?.runId ?? null, again);
  const isCancelled = failure?.reason === 'cancelled';
  const caption =
    analysis.value === null
      ? ''
      : `${analysis.value.bookName} · snapshot ${instantWords(analysis.value.snapshotAsOf)}${hedge.value === null ? ' · without a suggestion' : ''}`;
  return (
    <Panel
      title="Preview"
      caption={caption}
      className="reporting-preview"
      isFlush
      actions={
        <Button onClick={again} disabled={preview.isFetching}>
          {preview.isFetching ? 'Composing' : value === null ? 'Compose' : 'Compose again'}
        </Button>
      }
    >
      {failure !== null && !isCancelled && <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />}
      <RunProgressBar runId={preview.runId} title="Composing" />
      {value === null ? (
        <Draft suggestion={hedge.value?.runId ?? null} isReady={isReady} isComposing={preview.isFetching} />
      ) : (
        <>
          <ReportParts parts={value.parts} />
          <iframe className="report-page" title="Report" sandbox="" srcDoc={value.html} />
        </>
      )}
    </Panel>
  );
}

type DraftProps = { readonly suggestion: string | null; readonly isReady: boolean; readonly isComposing: boolean };

/** What is at hand, at once; what is missing stands above it, so that nobody takes it for the report. */
function Draft({ suggestion, isReady, isComposing }: DraftProps): ReactElement {
  const { value, failure, again } = useCall('report.draft', {}, { isEnabled: isReady });
  useRenewal(suggestion, again);
  if (value === null)
    return failure === null || isComposing ? <p className="screen-wait">Composing the report</p> : <FailureBox failure={failure} />;
  return (
    <>
      <p className="report-draft" role="status">
        <strong>Draft</strong> {isComposing ? 'Still being computed' : 'Not computed'}: {value.pending.join(', ')}.
      </p>
      <iframe className="report-page" title="Draft of the report" sandbox="" srcDoc={value.html} />
    </>
  );
}

/** Asks again when another suggestion belongs to the report. */
function useRenewal(suggestion: string | null, again: () => void): void {
  const composedFor = useRef(suggestion);
  useEffect(() => {
    if (composedFor.current === suggestion) return;
    composedFor.current = suggestion;
    again();
  }, [suggestion, again]);
}
