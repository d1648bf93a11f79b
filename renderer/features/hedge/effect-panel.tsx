import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import { millions } from '../../format/money.ts';
import { beforeAfter, distance } from '../../format/share.ts';
import { CouplingGauge, GaugeHead } from '../../parts/coupling-gauge.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { referenceMove } from '../../parts/reference-move.ts';
import { stateClass } from '../../parts/state-mark.tsx';
import { type EffectRow, effectRows, paysSentence } from './hedge-rows.ts';
import type { Evaluation } from './use-evaluation.ts';

type Props = {
  readonly analysis: AnalysisResult;
  readonly hedge: HedgeResult;
  readonly evaluation: Evaluation;
  readonly selectedAccountId: string | null;
  readonly onSelect: (accountId: string) => void;
};

/** Every account with a requirement before and after the chosen legs, on the same gauge, and who pays for whom. */
export function EffectPanel({ analysis, hedge, evaluation, selectedAccountId, onSelect }: Props): ReactElement {
  const rows = useMemo(() => effectRows(evaluation.effects, analysis.accounts), [evaluation.effects, analysis]);
  const legs = hedge.legs.filter((leg) => evaluation.chosen.has(leg.id));
  const sentence = paysSentence(rows, legs);
  const reference = referenceMove(analysis);
  return (
    <Panel
      title="Before and after, per account"
      caption="joint distance, all accounts reacting"
      isFlush
      className={evaluation.isWaiting ? 'hedge-effects is-waiting' : 'hedge-effects'}
    >
      <table className="table" aria-busy={evaluation.isWaiting}>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="right">
              Now, %
            </th>
            <th scope="col" className="right">
              After, %
            </th>
            <th scope="col" className="hedge-gauge">
              <GaugeHead isAfter />
            </th>
            <th scope="col" className="right">
              Excess, M
            </th>
            <th scope="col" className="right">
              Falls
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.accountId}
              row={row}
              reference={reference}
              isSelected={row.accountId === selectedAccountId}
              onSelect={() => onSelect(row.accountId)}
            />
          ))}
        </tbody>
      </table>
      {sentence !== '' && <p className="hedge-sentence secondary">{sentence}</p>}
    </Panel>
  );
}

function Row({
  row,
  reference,
  isSelected,
  onSelect,
}: {
  readonly row: EffectRow;
  readonly reference: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}): ReactElement {
  const inTrouble = row.state === 'danger' || row.state === 'watch';
  return (
    <tr aria-selected={isSelected} onClick={onSelect}>
      <td>
        <button type="button" className="hedge-account" title={row.name} onClick={onSelect}>
          {row.accountId}
        </button>
      </td>
      <td className={`right ${inTrouble ? stateClass(row.state) : ''}`}>
        <Explain metric="account.jointMove" subjectId={row.accountId}>
          {distance(row.jointMoveBefore)}
        </Explain>
      </td>
      <td className="right">
        <strong>{distance(row.jointMoveAfter)}</strong>
      </td>
      <td className="hedge-gauge">
        <CouplingGauge
          name={row.accountId}
          jointMove={row.jointMoveBefore}
          aloneMove={row.jointMoveBefore}
          {...(row.jointMoveAfter === row.jointMoveBefore ? {} : { afterMove: row.jointMoveAfter })}
          state={row.state}
          referenceMove={reference}
        />
      </td>
      <td className="right">{beforeAfter(millions(row.excessBeforeUsd), millions(row.excessAfterUsd))}</td>
      <td className={`right ${row.fallsAfter === null ? '' : 'state-danger'}`}>
        {row.fallsBefore === null && row.fallsAfter === null ? '–' : beforeAfter(fallText(row.fallsBefore), fallText(row.fallsAfter))}
      </td>
    </tr>
  );
}

/** Round in which it falls at the reference shock, `◆ 3`, or that it holds. */
function fallText(round: number | null): string {
  return round === null ? 'holds' : `◆ ${round}`;
}
