import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Explanation } from '../../main/contract/explain.ts';
import { useCall } from '../client/queries.ts';
import { shown } from '../format/money.ts';
import { fixed } from '../format/number.ts';
import { Button } from './button.tsx';
import { type Question, useExplainStore } from './explain-store.ts';
import { placeBeside } from './popover-place.ts';
import { FailureBox } from './states.tsx';

/** The open explanation, beside the number it belongs to. Mounted once, in the shell. */
export function ExplainPopover(): ReactElement | null {
  const question = useExplainStore((state) => state.question);
  return question === null ? null : <Popover key={`${question.metric} ${question.subjectId ?? ''}`} question={question} />;
}

function Popover({ question }: { readonly question: Question }): ReactElement {
  const close = useExplainStore((state) => state.close);
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const input = question.subjectId === null ? { metric: question.metric } : { metric: question.metric, subjectId: question.subjectId };
  const { value, failure } = useCall('explain.number', input);
  useLayoutEffect(() => {
    if (box.current !== null)
      setPlace(
        placeBeside(question.anchor.getBoundingClientRect(), box.current.getBoundingClientRect(), {
          width: window.innerWidth,
          height: window.innerHeight,
        }),
      );
  }, [question, value, failure]);
  useEffect(() => {
    box.current?.focus();
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) close();
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [close]);
  const leave = (): void => {
    close();
    question.anchor.focus();
  };
  return (
    <div
      ref={box}
      className="popover"
      role="dialog"
      aria-label="Explanation"
      tabIndex={-1}
      style={place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        leave();
      }}
    >
      {failure !== null && <FailureBox failure={failure} />}
      {value !== null && <Answer explanation={value} onClose={leave} />}
      {value === null && failure === null && <p className="muted">Looking it up</p>}
    </div>
  );
}

function Answer({ explanation, onClose }: { readonly explanation: Explanation; readonly onClose: () => void }): ReactElement {
  return (
    <>
      <div className="popover-head">
        <strong>
          {explanation.title}
          {explanation.subject !== '' && <span className="muted"> · {explanation.subject}</span>}
        </strong>
        <span className="popover-value">
          {shown(explanation.value, readable)} {explanation.unit}
        </span>
      </div>
      <p className="secondary">{explanation.definition}</p>
      <pre className="popover-formula mono">
        {explanation.formula}
        {'\n'}
        {explanation.worked}
      </pre>
      <table className="popover-inputs">
        <tbody>
          {explanation.inputs.map((input) => (
            <tr key={input.name}>
              <th scope="row">{input.name}</th>
              <td className="figure">{input.value}</td>
              <td className="muted">{input.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {explanation.notes.map((note) => (
        <p key={note} className="popover-note">
          {note}
        </p>
      ))}
      <div className="popover-foot">
        <Button onClick={() => void navigator.clipboard.writeText(JSON.stringify(explanation, null, 2))}>Copy with inputs</Button>
        <Button tone="quiet" onClick={onClose} shortcut="Esc">
          Close
        </Button>
      </div>
    </>
  );
}

/** As many decimals as the size can carry. */
function readable(value: number): string {
  const size = Math.abs(value);
  return fixed(value, size >= 1000 ? 2 : size >= 1 ? 3 : 5);
}
