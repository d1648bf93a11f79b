import type { ReactElement } from 'react';
import type { ImportPreview } from '../../../main/contract/importing.ts';
import { counted } from '../../format/number.ts';
import { Panel } from '../../parts/panel.tsx';
import type { useImport } from './use-import.ts';

type Props = { readonly importing: ReturnType<typeof useImport>; readonly preview: ImportPreview };

/** What the file leaves open, with every answer shown already applied. It is asked, never guessed. */
export function ImportQuestions({ importing, preview }: Props): ReactElement {
  const { questions, answers } = importing;
  const open = questions.filter((question) => answers[question.id] === undefined).length;
  if (questions.length === 0)
    return (
      <Panel title="Nothing to ask" caption="dates and decimal signs are unambiguous" className="import-questions">
        <p className="secondary">
          The header (hash <code>{preview.headerDigest.slice(0, 6)}</code>) was recognised as {preview.layout}. Rows that would be rejected
          are listed below with their line, column and reason.
        </p>
      </Panel>
    );
  return (
    <Panel
      title={open === 0 ? 'Answered' : `${counted(open, 'question')} before it can be written`}
      caption={lineWords(questions)}
      className="import-questions"
    >
      {questions.map((question) => (
        <fieldset key={question.id} className="question">
          <legend>{question.text}</legend>
          <div className="question-choices">
            {question.choices.map((choice) => (
              <label key={choice.value} className={answers[question.id] === choice.value ? 'choice choice-chosen' : 'choice'}>
                <span className="choice-head">
                  <input
                    type="radio"
                    name={question.id}
                    checked={answers[question.id] === choice.value}
                    onChange={() => importing.answer(question.id, choice.value)}
                  />
                  {choice.label}
                </span>
                {choice.examples.map((example) => (
                  <code key={example.raw}>
                    {example.raw} → {example.parsed}
                  </code>
                ))}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </Panel>
  );
}

function lineWords(questions: readonly ImportPreview['questions'][number][]): string {
  const lines = [...new Set(questions.flatMap((question) => question.lines))].toSorted((a, b) => a - b);
  if (lines.length === 0) return '';
  return lines.length > 4
    ? `lines ${lines.slice(0, 3).join(', ')} and ${lines.length - 3} more`
    : `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}
