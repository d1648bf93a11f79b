import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import { useHedge } from '../../client/queries.ts';
import { millions } from '../../format/money.ts';
import { beforeAfter, distance } from '../../format/share.ts';
import { CouplingGauge, GaugeHead } from '../../parts/coupling-gauge.tsx';
import { Panel } from '../../parts/panel.tsx';
import { referenceMove } from '../../parts/reference-move.ts';
import { stateClass } from '../../parts/state-mark.tsx';
import { type DistanceRow, distanceRows } from './distance-rows.ts';

/** Every account before and after the suggestion, and what could go wrong with it. */
export function EffectPanel({ analysis }: { readonly analysis: AnalysisResult }): ReactElement {
  const { value: hedge } = useHedge();
  const move = referenceMove(analysis);
  const rows = useMemo(() => distanceRows(analysis, 'joint').filter((row) => row.hasRequirement), [analysis]);
  if (hedge === null)
    return (
      <Panel title="Before and after the hedge" caption="joint distance, %" className="overview-effect">
        <p className="secondary">Appears when a suggestion has been solved.</p>
      </Panel>
    );
  const effects = new Map(hedge.accounts.map((effect) => [effect.accountId, effect]));
  return (
    <Panel title="Before and after the hedge" caption="joint distance, %" className="overview-effect">
      <table className="table effect-table">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="right">
              Now, %
            </th>
            <th scope="col" className="right">
              After, %
            </th>
            <th scope="col" className="effect-gauge">
              <GaugeHead isAfter />
            </th>
            <th scope="col" className="right">
              Excess, M
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <EffectRow key={row.id} row={row} effect={effects.get(row.id) ?? null} move={move} />
          ))}
        </tbody>
      </table>
      <ul className="effect-risks">
        {hedge.whatCouldGoWrong.map((risk) => (
          <li key={risk.assumption}>
            <strong>{risk.assumption}</strong> <span className="secondary">{risk.effect}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type RowProps = { readonly row: DistanceRow; readonly effect: HedgeResult['accounts'][number] | null; readonly move: number };

function EffectRow({ row, effect, move }: RowProps): ReactElement {
  return (
    <tr>
      <th scope="row">{row.id}</th>
      <td className={`right ${row.state === 'safe' ? '' : stateClass(row.state)}`}>{distance(row.jointMove)}</td>
      <td className="right">
        <strong>{effect === null ? '–' : distance(effect.jointMoveAfter)}</strong>
      </td>
      <td>
        <CouplingGauge
          name={row.id}
          jointMove={row.jointMove}
          aloneMove={row.aloneMove}
          afterMove={effect === null ? row.jointMove : effect.jointMoveAfter}
          state={row.state}
          referenceMove={move}
        />
      </td>
      <td className="right">
        {effect === null ? millions(row.excessUsd) : beforeAfter(millions(effect.excessBeforeUsd), millions(effect.excessAfterUsd))}
      </td>
    </tr>
  );
}
