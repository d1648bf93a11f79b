import type { ReactElement } from 'react';
import type { FailureResult } from '../../../../main/contract/contagion.ts';
import { Explain } from '../../../parts/explain.tsx';
import { intervalWords, lowerEnd, upperEnd } from './interval-words.ts';

/** Every model of a failure: its loss as a range and in figures, and what of it was passed on by others. */
export function ModelTable({ result }: { readonly result: FailureResult }): ReactElement {
  const largest = Math.max(1, ...result.models.map((model) => upperEnd(model.lossUsd)).filter(Number.isFinite));
  const subject = `${result.nodeId}@${result.recoveryFraction}`;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col" className="right" colSpan={2}>
            Loss, M
          </th>
          <th scope="col" className="right">
            Passed on, M
          </th>
        </tr>
      </thead>
      <tbody>
        {result.models.map((model) => (
          <tr key={model.id} title={model.belief}>
            <th scope="row">{model.name}</th>
            <td className="contagion-range" aria-hidden="true">
              {Number.isFinite(upperEnd(model.lossUsd)) && (
                <Range low={lowerEnd(model.lossUsd) / largest} high={upperEnd(model.lossUsd) / largest} />
              )}
            </td>
            <td className="right">
              <Explain metric="contagion.models.lossUsd" subjectId={`${subject} ${model.id}`}>
                {intervalWords(model.lossUsd)}
              </Explain>
            </td>
            <td className="right">
              <Explain metric="contagion.models.passedOnUsd" subjectId={`${subject} ${model.id}`}>
                {intervalWords(model.passedOnUsd)}
              </Explain>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Certain up to the low end, hatched from there to the high end. */
function Range({ low, high }: { readonly low: number; readonly high: number }): ReactElement {
  const [from, to] = [Math.max(0, low), Math.max(0, high)];
  return (
    <>
      <i style={{ left: 0, width: `${from * 100}%` }} />
      <i style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
    </>
  );
}
