import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { Loaded } from '../../client/queries.ts';
import { useRuns } from '../../client/run-progress.ts';
import { failureTitle } from '../../format/failure.ts';
import { counted } from '../../format/number.ts';
import { percent } from '../../format/share.ts';
import { ageOfInterval, shortDigest } from '../../format/time.ts';
import { HalfMark } from '../../parts/half-mark.tsx';
import { StaleMark } from '../../parts/stale-mark.tsx';
import { freshness } from './freshness.ts';
import { StandingAlarm } from './standing-alarm.tsx';

/** Age of every source, coverage, work under way; at the right what the numbers can be repeated with. */
export function StatusBar({ analysis }: { readonly analysis: Loaded<AnalysisResult> }): ReactElement {
  const { value, failure } = analysis;
  const jobs = useRuns((state) => state.runs.size);
  return (
    <footer className="status-bar">
      <ul className="status-items">
        {failure !== null && (
          <li className="state-danger" title={failure.message}>
            ◆ {failureTitle(failure)}
          </li>
        )}
        <StandingAlarm />
        {value !== null && <Coverage analysis={value} isStale={analysis.isStale} />}
        <li className="secondary">{jobs === 0 ? 'No jobs' : counted(jobs, 'job')}</li>
        {value !== null && <Sources analysis={value} />}
      </ul>
      {value !== null && (
        <span className="status-right figure">
          seed {value.seed} · engine {value.engineVersion} ·{' '}
          <code title={`Inputs ${value.inputsDigest}`}>{shortDigest(value.inputsDigest)}</code>
          <span className="status-zone">UTC</span>
        </span>
      )}
    </footer>
  );
}

function Coverage({ analysis, isStale }: { readonly analysis: AnalysisResult; readonly isStale: boolean }): ReactElement {
  const { coverage } = analysis;
  const unpriced = coverage.positions - coverage.priced;
  return (
    <>
      {isStale && (
        <li className="state-watch">
          <HalfMark /> older than the book
        </li>
      )}
      <li>
        <span className="secondary">Coverage</span> <strong>{percent(coverage.pricedFraction)}</strong>{' '}
        <span className="secondary">of value{unpriced > 0 ? ` · ${unpriced} of ${coverage.positions} unpriced` : ''}</span>
      </li>
    </>
  );
}

function Sources({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  return (
    <>
      {analysis.coverage.sources.map((source) => {
        const fresh = freshness(source.ageMs, source.intervalMs);
        return (
          <li key={source.source} className="status-source" title={`${source.source}: ${counted(source.quotes, 'quote')}`}>
            <span className={fresh.className} aria-label={fresh.word} role="img">
              {fresh.glyph ?? (fresh.word === 'late' ? <HalfMark /> : <StaleMark />)}
            </span>
            <span className="status-name">{source.source}</span>{' '}
            <span className="secondary figure">{ageOfInterval(source.ageMs, source.intervalMs)}</span>
          </li>
        );
      })}
    </>
  );
}
