import './contagion.css';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { FailureResult, Interval } from '../../../main/contract/contagion.ts';
import { Chart } from '../../chart/chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { useCall } from '../../client/queries.ts';
import { millions } from '../../format/money.ts';
import { Panel } from '../../parts/panel.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { lossBars, lossTable } from './loss-bars.ts';

type Props = {
  /** Tabs in place of the title, where the panel shares its place with others. */
  readonly tabs?: ReactNode;
  readonly className?: string;
};

/** One institution fails: every model of what that costs side by side, the loss by account, and the path in words. */
export function ContagionPanel({ tabs, className }: Props): ReactElement {
  const [nodeId, setNodeId] = useState<string | null>(null);
  const [recovery, setRecovery] = useState(50);
  const input = { recoveryFraction: recovery / 100, ...(nodeId === null ? {} : { nodeId }) };
  const { value, failure, isFetching } = useCall('contagion.failure', input);
  return (
    <Panel
      title="Contagion"
      caption="M USD lost, low to high end of what is not known"
      isFlush
      {...(tabs === undefined ? {} : { head: tabs })}
      {...(className === undefined ? {} : { className })}
      actions={
        <div className="contagion-controls">
          <label>
            Fails{' '}
            <select value={value?.nodeId ?? ''} onChange={(event) => setNodeId(event.target.value)}>
              {(value?.nodes ?? []).map((node) => (
                <option key={node.id} value={node.id}>
                  {node.name}
                </option>
              ))}
            </select>
          </label>
          <label>
            Recovered {recovery} %{' '}
            <input type="range" min={0} max={100} step={5} value={recovery} onChange={(event) => setRecovery(Number(event.target.value))} />
          </label>
        </div>
      }
    >
      {failure !== null && <FailureBox failure={failure} />}
      {failure === null && value !== null && <Told result={value} isBusy={isFetching} />}
    </Panel>
  );
}

function Told({ result, isBusy }: { readonly result: FailureResult; readonly isBusy: boolean }): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => lossBars(result, palette), [result, palette]);
  const table = useMemo(() => lossTable(result), [result]);
  return (
    <div className="contagion-body" aria-busy={isBusy}>
      <div>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col" className="right">
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
                <td className="right">{between(model.lossUsd)}</td>
                <td className="right">{between(model.passedOnUsd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Chart label={`Loss by account when ${result.nodeName} fails`} option={option} table={table} />
      <ol className="contagion-words">
        {[...result.path, ...result.disagreements].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </div>
  );
}

/** One figure where both ends show the same, else low to high. */
function between({ low, high }: Interval): string {
  const [from, to] = [millions(low), millions(high)];
  return from === to ? from : `${from} to ${to}`;
}
