import type { ReactElement, ReactNode } from 'react';
import type { AnalysisResult } from '../../main/contract/analysis.ts';
import { runCommand } from '../app/commands.ts';
import { useAnalysis } from '../client/queries.ts';
import { RunProgressBar } from './progress.tsx';
import { EmptyState, FailureBox } from './states.tsx';

/** Draws a screen once there is an analysis: before that its progress, or why there is none. */
export function AnalysisGate({ children }: { readonly children: (analysis: AnalysisResult, isStale: boolean) => ReactNode }): ReactElement {
  const { value, failure, runId, isStale, again } = useAnalysis();
  if (value !== null) return <>{children(value, isStale)}</>;
  if (failure?.reason === 'notFound')
    return (
      <EmptyState
        title="Nothing can be valued yet"
        actions={[
          { title: 'Market data', run: () => runCommand('market.data'), shortcut: 'Ctrl M' },
          { title: 'Analyse again', run: again },
        ]}
      >
        {failure.message.charAt(0).toUpperCase() + failure.message.slice(1)}. {failure.remedy}
      </EmptyState>
    );
  if (failure !== null) return <FailureBox failure={failure} action={{ title: 'Analyse again', run: again }} />;
  return (
    <div className="gate">
      <RunProgressBar runId={runId} title="Analysing the book" />
    </div>
  );
}
