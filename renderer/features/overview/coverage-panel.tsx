import { type ReactElement, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { counted } from '../../format/number.ts';
import { percent } from '../../format/share.ts';
import { age, instantWords } from '../../format/time.ts';
import { Chip } from '../../parts/chip.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StaleMark } from '../../parts/stale-mark.tsx';
import { Tabs } from '../../parts/switches.tsx';

type View = 'assumed' | 'missing' | 'sources';

/** What the numbers rest on: what is assumed, what has no price or is too old, and where every price comes from. */
export function CoveragePanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const [view, setView] = useState<View>('assumed');
  const { coverage, assumptions } = analysis;
  const missing = coverage.unpriced.length + coverage.stale.length;
  const choices = [
    { value: 'assumed', title: 'Assumed', count: assumptions.length },
    { value: 'missing', title: 'Missing or old', count: missing },
    { value: 'sources', title: 'Sources', count: coverage.sources.length },
  ] as const;
  return (
    <Panel
      title="What the numbers rest on"
      head={<Tabs label="What the numbers rest on" choices={choices} value={view} onChange={setView} />}
      className="overview-coverage"
      actions={<Chip tone={coverage.pricedFraction >= 0.9 ? 'safe' : 'watch'}>coverage {percent(coverage.pricedFraction)}</Chip>}
      isFlush
    >
      {view === 'assumed' && <Assumptions analysis={analysis} />}
      {view === 'missing' && <Missing analysis={analysis} />}
      {view === 'sources' && <Sources analysis={analysis} />}
    </Panel>
  );
}

function Assumptions({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  return (
    <ul className="facts">
      {analysis.assumptions.map((assumption) => (
        <li key={assumption.id} title={assumption.source}>
          <span className="facts-mark muted" aria-hidden="true">
            ◇
          </span>
          <span className="facts-words">
            {assumption.text}
            <small>{assumption.source}</small>
          </span>
          <strong className="facts-value">{assumption.value}</strong>
        </li>
      ))}
    </ul>
  );
}

function Missing({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { unpriced, stale } = analysis.coverage;
  const names = new Map(analysis.positions.map((position) => [position.positionId, `${position.instrumentName} in ${position.accountId}`]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  if (unpriced.length + stale.length === 0) return <p className="facts-none">Every position has a price within its age limit.</p>;
  return (
    <ul className="facts">
      {unpriced.map((item) => (
        <li key={item.positionId}>
          <span className="facts-mark state-danger" aria-hidden="true">
            ◆
          </span>
          <span className="facts-words">
            {nameOf(item.positionId)} counts as worth nothing
            <small>{item.reason}</small>
          </span>
        </li>
      ))}
      {stale.map((item) => (
        <li key={item.positionId}>
          <span className="facts-mark state-stale">
            <StaleMark />
          </span>
          <span className="facts-words">{nameOf(item.positionId)} is shown at its last price</span>
          <strong className="facts-value">
            {age(item.ageMs)} old, limit {age(item.limitMs)}
          </strong>
        </li>
      ))}
    </ul>
  );
}

function Sources({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  return (
    <ul className="facts">
      {analysis.coverage.sources.map((source) => (
        <li key={source.source}>
          <span className="facts-mark muted" aria-hidden="true">
            ·
          </span>
          <span className="facts-words">
            {source.source}
            <small>
              {instantWords(source.asOf)} · {counted(source.quotes, 'quote')}
            </small>
          </span>
          <strong className="facts-value">{age(source.ageMs)}</strong>
        </li>
      ))}
    </ul>
  );
}
