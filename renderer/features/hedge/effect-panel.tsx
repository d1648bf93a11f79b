import { type ReactElement, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { HedgeLeg } from '../../../main/contract/hedge.ts';
import { millions } from '../../format/money.ts';
import { beforeAfter, distance } from '../../format/share.ts';
import { CouplingGauge, GaugeHead } from '../../parts/coupling-gauge.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { referenceMove } from '../../parts/reference-move.ts';
import { stateClass } from '../../parts/state-mark.tsx';
import { type EffectRow, effectRows, type HedgeEffect, paysSentence } from './hedge-rows.ts';

type Props = {
  readonly analysis: AnalysisResult;
  readonly effects: readonly HedgeEffect[];
  /** The chosen legs; none = nothing has been suggested yet. */
  readonly legs: readonly HedgeLeg[];
  readonly isWaiting: boolean;
  /** False before the first suggestion: the accounts as they are, alone against joint. */
  readonly isSolved: boolean;
  readonly selectedAccountId: string | null;
  readonly onSelect: (accountId: string) => void;
};

/** Every account with a requirement before and after the chosen legs, on the same gauge, and who pays for whom. */
export function EffectPanel({ analysis, effects, legs, isWaiting, isSolved, selectedAccountId, onSelect }: Props): ReactElement {
  const rows = useMemo(() => effectRows(effects, analysis.accounts), [effects, analysis]);
  const sentence = paysSentence(rows, legs);
  const reference = referenceMove(analysis);
  return (
    <Panel
      title={isSolved ? 'Before and after, per account' : 'Accounts as they stand'}
      caption="joint distance, all accounts reacting"
      isFlush
      className={isWaiting ? 'hedge-effects is-waiting' : 'hedge-effects'}
    >
      <table className="table" aria-busy={isWaiting}>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="right">
              {isSolved ? 'Now, %' : 'Joint, %'}
            </th>
            <th scope="col" className="right">
              {isSolved ? 'After, %' : 'Alone, %'}
            </th>
            <th scope="col" className="hedge-gauge">
              <GaugeHead isAfter={isSolved} />
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
              isSolved={isSolved}
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
  isSolved,
  reference,
  isSelected,
  onSelect,
}: {
  readonly row: EffectRow;
  readonly isSolved: boolean;
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
        <strong>{distance(isSolved ? row.jointMoveAfter : row.aloneMove)}</strong>
      </td>
      <td className="hedge-gauge">
        <CouplingGauge
          name={row.accountId}
          jointMove={row.jointMoveBefore}
          aloneMove={isSolved ? row.jointMoveBefore : row.aloneMove}
          {...(isSolved && row.jointMoveAfter !== row.jointMoveBefore ? { afterMove: row.jointMoveAfter } : {})}
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
