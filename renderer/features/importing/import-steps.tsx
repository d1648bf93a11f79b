import type { ReactElement } from 'react';
import type { ImportState } from './use-import.ts';

const steps = ['File', 'Layout', 'Questions', 'Preview', 'Write'] as const;

/** How far the import is: the first step that is not done is the current one. */
export function currentStep({ source, preview, questions, answers, written }: ImportState): number {
  if (source === null) return 0;
  if (preview === null) return 1;
  if (questions.some((question) => answers[question.id] === undefined)) return 2;
  return written === null ? 3 : 5;
}

/** The steps of an import, with the promise that nothing is written before the last. */
export function ImportSteps({ importing }: { readonly importing: ImportState }): ReactElement {
  const current = currentStep(importing);
  return (
    <header className="import-steps">
      <h2>{importing.preview === null ? 'Import positions' : `Import of ${importing.preview.fileName}`}</h2>
      <ol>
        {steps.map((title, index) => (
          <li
            key={title}
            className={index < current ? 'step-done' : index === current ? 'step-now' : ''}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className="step-mark">{index < current ? '✓' : index + 1}</span>
            {title}
          </li>
        ))}
      </ol>
      <span className="secondary">Nothing is written until the last step; then all or nothing, one undo step</span>
    </header>
  );
}
