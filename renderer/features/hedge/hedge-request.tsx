import { type ReactElement, type SyntheticEvent, useState } from 'react';
import type { HedgeWish } from '../../client/queries.ts';
import { fixed } from '../../format/number.ts';
import { RunProgressBar } from '../../parts/progress.tsx';
import { Key } from '../../parts/button.tsx';
import { parseBudget, parseConfidence } from './hedge-rows.ts';

type Props = {
  /** What was asked last: the fields start with it. */
  readonly wish: HedgeWish | null;
  readonly confidence: number;
  readonly runId: string | null;
  readonly hasResult: boolean;
  readonly onAsk: (wish: HedgeWish) => void;
};

/** Budget and confidence as fields, and the button that solves; a field that is not understood is named. */
export function HedgeRequest({ wish, confidence, runId, hasResult, onAsk }: Props): ReactElement {
  const [budgetText, setBudgetText] = useState(() => (wish?.budgetUsd === undefined ? '' : fixed(wish.budgetUsd, 0)));
  const [confidenceText, setConfidenceText] = useState(() => String(Number((confidence * 100).toFixed(3))));
  const budget = parseBudget(budgetText);
  const wanted = parseConfidence(confidenceText);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (budget === null || wanted === null) return;
    onAsk({ ...(budget.budgetUsd === null ? {} : { budgetUsd: budget.budgetUsd }), confidence: wanted });
  };
  return (
    <form className="hedge-request" aria-label="What to solve" onSubmit={submit} data-panel="" tabIndex={-1}>
      <strong>Keep every account alive</strong>
      <i className="hedge-rule" aria-hidden="true" />
      <label>
        within
        <input
          value={budgetText}
          placeholder="no limit"
          aria-invalid={budget === null}
          onChange={(event) => setBudgetText(event.target.value)}
        />
        USD of cost
      </label>
      <label>
        at ES
        <input
          className="is-short"
          value={confidenceText}
          inputMode="decimal"
          aria-invalid={wanted === null}
          onChange={(event) => setConfidenceText(event.target.value)}
        />
        %
      </label>
      <button
        type="submit"
        className={`button ${hasResult ? 'button-outline' : 'button-primary'}`}
        disabled={budget === null || wanted === null || runId !== null}
      >
        {hasResult ? 'Solve again' : 'Suggest hedges'}
        <Key>G</Key>
      </button>
      {budget === null && (
        <span className="state-danger" role="alert">
          Budget: a sum such as 100,000 or 50 k
        </span>
      )}
      {wanted === null && (
        <span className="state-danger" role="alert">
          Confidence: from 50 to 99.99 %
        </span>
      )}
      <div className="hedge-request-end">
        <RunProgressBar runId={runId} title="Solving" />
      </div>
    </form>
  );
}
