import type { ReactElement } from 'react';
import type { ImportPreview } from '../../../main/contract/importing.ts';
import { count, counted } from '../../format/number.ts';
import { percent } from '../../format/share.ts';
import { Panel } from '../../parts/panel.tsx';
import { rowStates, stateOrder } from './row-states.tsx';

/** What the import would do: counts that add up to the rows of the file. */
export function ImportOutcome({ preview }: { readonly preview: ImportPreview }): ReactElement {
  const { counts } = preview;
  const ready = counts.new + counts.changed + counts.unchanged;
  const shownStates = stateOrder.filter((state) => counts[state] > 0 || state !== 'unchanged');
  return (
    <Panel title="What will happen" caption={`${preview.layout} · ${preview.encoding}`} className="import-outcome" isFlush>
      <div className="outcome-counts">
        {shownStates.map((state) => (
          <div key={state} className="tile">
            <div className="tile-label">
              <span className={rowStates[state].className} aria-hidden="true">
                {rowStates[state].glyph}
              </span>{' '}
              {rowStates[state].title}
            </div>
            <div className="tile-line">
              <span className="tile-value">{count(counts[state])}</span>
              <span className="tile-unit">{counts[state] === 1 ? 'row' : 'rows'}</span>
            </div>
          </div>
        ))}
      </div>
      <div className="outcome-foot">
        <div className="outcome-bar" aria-hidden="true">
          {stateOrder.map(
            (state) => counts[state] > 0 && <div key={state} className={`outcome-${state}`} style={{ flexGrow: counts[state] }} />,
          )}
        </div>
        <p>
          <strong>
            {count(ready)} of {counted(preview.rows, 'row')}
          </strong>{' '}
          ready · <strong>{percent(preview.pricedValueFraction)}</strong> of gross value priced ·{' '}
          {counted(preview.positionsAfter, 'position')} after the import
        </p>
      </div>
      {preview.failures.map((failure) => (
        <p key={failure.message} className="outcome-failure" title={failure.remedy}>
          <span className="state-danger">◆</span> {failure.message}
        </p>
      ))}
    </Panel>
  );
}
