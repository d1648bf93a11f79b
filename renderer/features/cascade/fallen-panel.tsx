import { type ReactElement, type ReactNode, useMemo } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { millions, moneyWords } from '../../format/money.ts';
import { counted } from '../../format/number.ts';
import { distance, ratio } from '../../format/share.ts';
import { Explain } from '../../parts/explain.tsx';
import { FigureHead } from '../../parts/figure-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { type FallenRow, fallenRows, fallenTotals } from './cascade-fallen.ts';
import type { Stress } from './use-stress.ts';

type Props = {
  readonly analysis: AnalysisResult;
  readonly stress: Stress;
  readonly selectedId: string | null;
  readonly onAccount: (accountId: string) => void;
};

/** What fell in which round and why, what held and with how much left, and what the book lost in all. */
export function FallenPanel({ analysis, stress, selectedId, onAccount }: Props): ReactElement {
  const rows = useMemo(() => fallenRows(stress.cascade, analysis.accounts), [stress.cascade, analysis]);
  return (
    <Panel
      title="What fell, and why"
      caption={stress.cascade.fallen.length === 0 ? 'every account holds' : counted(stress.cascade.fallen.length, 'account')}
      isFlush
      className={stress.runId === null ? 'stress-fallen' : 'stress-fallen is-waiting'}
      foot={<Totals stress={stress} />}
    >
      <table className="table">
        <FigureHead first="Account" figures={['Round', 'Alone, %', 'Sold, M', 'Lost, M']} last="Because" />
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.accountId}
              row={row}
              isSelected={row.accountId === selectedId}
              isReference={stress.isReference}
              onAccount={onAccount}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Row({
  row,
  isSelected,
  isReference,
  onAccount,
}: {
  readonly row: FallenRow;
  readonly isSelected: boolean;
  readonly isReference: boolean;
  readonly onAccount: (accountId: string) => void;
}): ReactElement {
  const because =
    row.round === null ? (row.excessLeftUsd === null ? 'no requirement' : `${moneyWords(row.excessLeftUsd)} left`) : row.because;
  return (
    <tr aria-selected={isSelected} onClick={() => onAccount(row.accountId)}>
      <td>
        <button type="button" className="stress-account" title={row.name} onClick={() => onAccount(row.accountId)}>
          <StateMark state={row.state} /> <strong>{row.accountId}</strong>
        </button>
      </td>
      <td className="right">{row.round ?? 'holds'}</td>
      <td className="right">{distance(row.aloneMove, row.hasRequirement)}</td>
      <td className="right">{row.soldUsd === null ? '–' : millions(row.soldUsd)}</td>
      <td className="right">
        <Why metric="cascade.lossByAccountUsd" subjectId={row.accountId} isAsked={isReference}>
          {millions(row.lostUsd)}
        </Why>
      </td>
      <td className="stress-because" title={[because, ...(row.causes.length === 0 ? [] : [`after ${row.causes.join(', ')}`])].join('; ')}>
        {because}
      </td>
    </tr>
  );
}

/** A number of the reference cascade answers why; one of another shock has no explanation of its own. */
function Why({
  metric,
  subjectId,
  isAsked,
  children,
}: {
  readonly metric: string;
  readonly subjectId?: string;
  readonly isAsked: boolean;
  readonly children: ReactNode;
}): ReactElement {
  if (!isAsked) return <>{children}</>;
  return (
    <Explain metric={metric} {...(subjectId === undefined ? {} : { subjectId })}>
      {children}
    </Explain>
  );
}

function Totals({ stress }: { readonly stress: Stress }): ReactElement {
  const totals = fallenTotals(stress.cascade);
  const isAsked = stress.isReference;
  return (
    <div className="stress-totals">
      <span>
        <strong>
          {totals.fallen} of {totals.accounts}
        </strong>{' '}
        fall
      </span>
      <span>
        lost{' '}
        <strong>
          <Why metric="cascade.totalLossUsd" isAsked={isAsked}>
            {millions(totals.lostUsd)}
          </Why>
        </strong>{' '}
        M ={' '}
        <Why metric="cascade.firstRoundLossUsd" isAsked={isAsked}>
          {millions(totals.firstRoundUsd)}
        </Why>{' '}
        + {millions(totals.secondRoundUsd)} second round
      </span>
      <span>
        amplification{' '}
        <strong>
          <Why metric="cascade.lossAmplification" isAsked={isAsked}>
            {ratio(stress.cascade.lossAmplification)}
          </Why>
        </strong>
      </span>
      <span>
        bad debt{' '}
        <Why metric="cascade.badDebtUsd" isAsked={isAsked}>
          {millions(stress.cascade.badDebtUsd)}
        </Why>{' '}
        M
      </span>
    </div>
  );
}
