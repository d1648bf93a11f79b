import type { ReactElement, ReactNode } from 'react';
import type { HedgeAlternatives } from '../../../../main/contract/hedge-alternatives.ts';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import type { Comparison } from './use-comparison.ts';

type Props = {
  readonly comparison: Comparison;
  /** Whether this is the panel that starts the comparison and tells how far it is; the other one follows. */
  readonly isMain: boolean;
  readonly children: (value: HedgeAlternatives) => ReactNode;
};

/** What stands where there is no comparison yet, while it runs, and when it failed; else what is drawn from it. */
export function ComparisonGate({ comparison, isMain, children }: Props): ReactElement {
  const { value, failure, runId, start } = comparison;
  if (runId !== null)
    return (
      <div className="hedge-comparing" aria-busy="true">
        {isMain && <RunProgressBar runId={runId} title="Comparing" />}
        {value === null
          ? !isMain && <EmptyState title="Comparing">The frontier is drawn when every budget is solved.</EmptyState>
          : children(value)}
      </div>
    );
  if (failure !== null && failure.reason !== 'cancelled')
    return <FailureBox failure={failure} {...(isMain ? { action: { title: 'Compare again', run: start } } : {})} />;
  if (value !== null && failure === null) return <>{children(value)}</>;
  if (!isMain)
    return (
      <EmptyState title="No frontier yet">
        What each dollar of cost takes off the expected shortfall; it comes with the comparison.
      </EmptyState>
    );
  return (
    <EmptyState
      title={failure === null ? 'Nothing has been compared yet' : 'The comparison was cancelled'}
      actions={[{ title: 'Compare alternatives', run: start, shortcut: 'C' }]}
      isAside
    >
      The suggestion beside doing nothing, hedging Greeks, deleveraging and smaller budgets, each through the full cascade. It takes some
      seconds.
    </EmptyState>
  );
}
