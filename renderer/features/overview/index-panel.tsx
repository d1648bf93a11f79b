import type { ReactElement } from 'react';
import type { LeverageIndex } from '../../../main/contract/analysis.ts';
import { isFailure } from '../../format/failure.ts';
import { fixed, NOT_APPLICABLE } from '../../format/number.ts';
import { percent } from '../../format/share.ts';
import { Explain } from '../../parts/explain.tsx';
import { RefusedState } from '../../parts/states.tsx';

/** The systemic leverage index beside its four parts: figure, share, and what the figure is made of. */
export function LeverageIndexBody({ index }: { readonly index: LeverageIndex }): ReactElement {
  return (
    <div className="parts">
      <div>
        {isFailure(index.value) ? (
          <RefusedState title="No index">{index.value.message}</RefusedState>
        ) : (
          <>
            <Explain metric="leverageIndex.value">
              <span className="index-figure">{fixed(index.value, 1)}</span>
            </Explain>
            <p className="secondary">of 100</p>
          </>
        )}
        <p className="parts-words">
          Four equal weights, none averaged away. Refused below {percent(index.leastCoverageFraction, 0)} coverage.
        </p>
      </div>
      <ul className="index-parts" aria-label="Parts of the index">
        {index.parts.map((part) => (
          <PartOfIndex key={part.id} part={part} />
        ))}
      </ul>
    </div>
  );
}

function PartOfIndex({ part }: { readonly part: LeverageIndex['parts'][number] }): ReactElement {
  const share = isFailure(part.value) ? 0 : part.value;
  return (
    <li>
      <div className="index-part-head">
        <span className="muted" aria-hidden="true">
          {part.id}
        </span>
        <span className="index-part-name">{part.name}</span>
        <span className="figure secondary">{isFailure(part.raw) ? NOT_APPLICABLE : `${fixed(part.raw, 2)} ${part.rawUnit}`}</span>
        <strong className="figure">
          <Explain metric="leverageIndex.parts.value" subjectId={part.id}>
            {isFailure(part.value) ? NOT_APPLICABLE : fixed(part.value, 2)}
          </Explain>
        </strong>
      </div>
      <div className="parts-bar" aria-hidden="true">
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <p className="index-part-meaning">{isFailure(part.value) ? part.value.message : part.meaning}</p>
    </li>
  );
}
