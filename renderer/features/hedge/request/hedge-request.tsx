import { type ReactElement, type SyntheticEvent, useCallback, useState } from 'react';
import type { HedgeLimits } from '../../../../main/contract/hedge-limits.ts';
import type { HedgeWish } from '../../../client/queries.ts';
import { fixed } from '../../../format/number.ts';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { Button, Key } from '../../../parts/button.tsx';
import { parseBudget, parseConfidence } from '../hedge-rows.ts';
import { isUnlimited, limitsTitle } from './limit-fields.ts';
import { LimitsSheet } from './limits-sheet.tsx';

type Props = {
  /** What was asked last: the fields start with it. */
  readonly wish: HedgeWish | null;
  readonly confidence: number;
  readonly accountIds: readonly string[];
  readonly runId: string | null;
  readonly hasResult: boolean;
  readonly onAsk: (wish: HedgeWish) => void;
};

/** Budget and confidence as fields, and the button that solves; a field that is not understood is named. */
export function HedgeRequest({ wish, confidence, accountIds, runId, hasResult, onAsk }: Props): ReactElement {
  const [budgetText, setBudgetText] = useState(() => (wish?.budgetUsd === undefined ? '' : fixed(wish.budgetUsd, 0)));
  const [confidenceText, setConfidenceText] = useState(() => String(Number((confidence * 100).toFixed(3))));
  const [limits, setLimits] = useState<HedgeLimits>(() => wish?.limits ?? {});
  const [isLimiting, setLimiting] = useState(false);
  const closeLimits = useCallback(() => setLimiting(false), []);
  const budget = parseBudget(budgetText);
  const wanted = parseConfidence(confidenceText);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (budget === null || wanted === null) return;
    onAsk({
      ...(budget.budgetUsd === null ? {} : { budgetUsd: budget.budgetUsd }),
      confidence: wanted,
      ...(isUnlimited(limits) ? {} : { limits }),
    });
  };
  return (
    <>
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
        <Button onClick={() => setLimiting(true)} title="What the suggestion may not do">
          {limitsTitle(limits)}
        </Button>
        <button
          type="submit"
          className={`button ${hasResult ? 'button-outline' : 'button-primary'}`}
          disabled={budget === null || wanted === null || runId !== null}
        >
          {hasResult ? 'Solve again' : 'Suggest hedges'}
          <Key>G</Key>
        </button>
        {budget === null && <Wrong>Budget: a sum such as 100,000 or 50 k</Wrong>}
        {wanted === null && <Wrong>Confidence: from 50 to 99.99 %</Wrong>}
        <div className="hedge-request-end">
          <RunProgressBar runId={runId} title="Solving" />
        </div>
      </form>
      {isLimiting && <LimitsSheet limits={limits} accountIds={accountIds} onSet={setLimits} onClose={closeLimits} />}
    </>
  );
}

function Wrong({ children }: { readonly children: string }): ReactElement {
  return (
    <span className="state-danger" role="alert">
      {children}
    </span>
  );
}
