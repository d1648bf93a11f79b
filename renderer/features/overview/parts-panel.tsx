import { type ReactElement, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { isFailure } from '../../format/failure.ts';
import { millions } from '../../format/money.ts';
import { counted, fixed } from '../../format/number.ts';
import { percent } from '../../format/share.ts';
import { Chip } from '../../parts/chip.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { RefusedState } from '../../parts/states.tsx';
import { Tabs } from '../../parts/switches.tsx';
import { LeverageIndexBody } from './index-panel.tsx';

type View = 'index' | 'parts';

const CHOICES = [
  { value: 'index', title: 'Systemic leverage' },
  { value: 'parts', title: 'Whole against parts' },
] as const;

/** How much the ties cost: the index with its parts, or the second-round loss of every venue alone against all together. */
export function PartsPanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const [view, setView] = useState<View>('index');
  const { coverageFraction, leastCoverageFraction } = analysis.leverageIndex;
  return (
    <Panel
      title="What the ties cost"
      head={<Tabs label="What the ties cost" choices={CHOICES} value={view} onChange={setView} />}
      caption={view === 'index' ? undefined : 'M USD'}
      className="overview-parts"
      actions={
        view === 'index' && (
          <Chip tone={coverageFraction >= leastCoverageFraction ? 'safe' : 'watch'}>fresh {percent(coverageFraction)}</Chip>
        )
      }
    >
      {view === 'index' ? <LeverageIndexBody index={analysis.leverageIndex} /> : <SurplusBody analysis={analysis} />}
    </Panel>
  );
}

function SurplusBody({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { surplus } = analysis;
  const largest = Math.max(surplus.jointUsd, surplus.sumOfPartsUsd, ...surplus.parts.map((part) => part.secondRoundLossUsd), 1);
  const parts = surplus.parts
    .filter((part) => part.secondRoundLossUsd !== 0)
    .toSorted((a, b) => b.secondRoundLossUsd - a.secondRoundLossUsd);
  return (
    <div className="parts">
      <SurplusFigure surplus={surplus} calm={surplus.parts.length - parts.length} />
      <div>
        <table className="parts-table">
          <caption className="visually-hidden">Second-round loss by venue alone, their sum and all together</caption>
          <tbody>
            {parts.map((part) => (
              <PartRow
                key={part.venueId}
                name={part.venueName}
                lossUsd={part.secondRoundLossUsd}
                largestUsd={largest}
                note={part.fallen.length === 0 ? 'none falls alone' : `falls alone: ${part.fallen.join(', ')}`}
              />
            ))}
            <PartRow name="Sum of parts" lossUsd={surplus.sumOfPartsUsd} largestUsd={largest} tone="sum" />
            <PartRow name="All together" lossUsd={surplus.jointUsd} largestUsd={largest} tone="joint" />
          </tbody>
        </table>
        <FallsTogether analysis={analysis} />
      </div>
    </div>
  );
}

/** The ratio, and in words what it means. */
function SurplusFigure({ surplus, calm }: { readonly surplus: AnalysisResult['surplus']; readonly calm: number }): ReactElement {
  return (
    <div>
      {isFailure(surplus.ratio) ? (
        <RefusedState title="No ratio">{surplus.ratio.message}</RefusedState>
      ) : (
        <>
          <Explain metric="surplus.ratio">
            <span className="index-figure">{fixed(surplus.ratio, 2)}</span>
          </Explain>
          <span className="index-unit">×</span>
        </>
      )}
      <p className="secondary">joint ÷ sum of the parts, second round</p>
      <p className="parts-words">
        <strong>{millions(surplus.surplusUsd)} M</strong> is lost only because the venues react to each other.
      </p>
      {calm > 0 && (
        <p className="parts-words">
          Alone, {counted(calm, 'venue')} {calm === 1 ? 'loses' : 'lose'} nothing after the first round.
        </p>
      )}
    </div>
  );
}

type RowProps = {
  readonly name: string;
  readonly lossUsd: number;
  readonly largestUsd: number;
  readonly tone?: 'sum' | 'joint';
  readonly note?: string;
};

function PartRow({ name, lossUsd, largestUsd, tone, note }: RowProps): ReactElement {
  return (
    <tr className={tone === undefined ? '' : `parts-${tone}`} title={note}>
      <th scope="row">{name}</th>
      <td>
        <div className="parts-bar">
          <div style={{ width: `${Math.max(0, (lossUsd / largestUsd) * 100)}%` }} />
        </div>
      </td>
      <td className="figure">{millions(lossUsd)}</td>
    </tr>
  );
}

/** Accounts that hold while their venue is alone and fall when all react, with the cause that the cascade found. */
function FallsTogether({ analysis }: { readonly analysis: AnalysisResult }): ReactElement | null {
  const alone = new Set(analysis.surplus.parts.flatMap((part) => part.fallen));
  const together = analysis.cascade.fallen.filter((fallen) => !alone.has(fallen.accountId)).toSorted((a, b) => a.round - b.round);
  if (together.length === 0) return null;
  return (
    <>
      <h3 className="parts-head">Fall only together</h3>
      <ul className="parts-falls">
        {together.map((fallen) => (
          <li key={fallen.accountId} title={fallen.because}>
            <span className="state-danger">◆</span> <strong>{fallen.accountId}</strong> <span className="secondary">{fallen.because}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
