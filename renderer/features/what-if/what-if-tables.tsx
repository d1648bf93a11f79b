import type { ReactElement, ReactNode } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { WhatIfColumn, WhatIfQuick } from '../../../main/contract/what-if.ts';
import { millions, moneyShort } from '../../format/money.ts';
import { count } from '../../format/number.ts';
import { distance, percent, percentFigure } from '../../format/share.ts';
import { shown } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import { Explain } from '../../parts/explain.tsx';

type Props = {
  /** The hypothetical book: under its id its figures are explained. */
  readonly id: string;
  readonly live: AnalysisResult;
  readonly quick: WhatIfQuick | null;
  readonly full: AnalysisResult | null;
  readonly isStale: boolean;
};

/** Accounts with a requirement, live against hypothetical; use and excess are of the last edit at once, distances follow. */
export function AgainstTable({ id, live, quick, full, isStale }: Props): ReactElement {
  const quickOf = new Map(quick?.accounts.map((account) => [account.accountId, account]));
  const fullOf = new Map(full?.accounts.map((account) => [account.accountId, account]));
  const later = isStale ? 'stale-value' : 'hypothetical-value';
  const rows = live.accounts
    .filter((account) => account.maintenanceRequirementUsd !== null)
    .toSorted((a, b) => Math.abs(a.jointMove ?? 9) - Math.abs(b.jointMove ?? 9));
  return (
    <table className="table what-if-against">
      <thead>
        <tr>
          <th scope="col">Account</th>
          {['Use live, %', 'Use hyp., %', 'Excess live, M', 'Excess hyp., M', 'Joint live, %', 'Joint hyp., %'].map((head) => (
            <th key={head} scope="col" className="right">
              {head}
            </th>
          ))}
          <th scope="col">Falls</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((account) => {
          const now = quickOf.get(account.accountId);
          const then = fullOf.get(account.accountId);
          const falls = then?.fallsInRound ?? null;
          const own = { subjectId: account.accountId };
          const hypothetical = { subjectId: `${id} ${account.accountId}` };
          return (
            <tr key={account.accountId}>
              <th scope="row">{account.accountId}</th>
              <Live metric="account.useFraction" {...own} value={percentFigure(account.useFraction)} />
              <Against
                metric="whatIf.accounts.useFraction"
                {...hypothetical}
                live={percentFigure(account.useFraction)}
                hypothetical={percentFigure(now?.useFraction)}
                tone="hypothetical-value"
              />
              <Live metric="account.excessUsd" {...own} value={millions(account.excessUsd)} />
              <Against
                metric="whatIf.accounts.excessUsd"
                {...hypothetical}
                live={millions(account.excessUsd)}
                hypothetical={millions(now?.excessUsd)}
                tone="hypothetical-value"
              />
              <Live metric="account.jointMove" {...own} value={distance(account.jointMove)} />
              <Against
                metric="whatIf.accounts.jointMove"
                {...hypothetical}
                live={distance(account.jointMove)}
                hypothetical={then === undefined ? '–' : distance(then.jointMove)}
                tone={later}
              />
              <td className={falls === null ? 'state-safe' : 'state-danger'}>
                <Explain metric="whatIf.accounts.fallsInRound" {...hypothetical}>
                  <span className={isStale ? 'stale-value' : ''}>{falls === null ? '● none' : `◆ round ${falls}`}</span>
                </Explain>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type Asked = { readonly metric: string; readonly subjectId: string };

function Live({ metric, subjectId, value }: Asked & { readonly value: string }): ReactElement {
  return (
    <td className="right">
      <Explain metric={metric} subjectId={subjectId}>
        {value}
      </Explain>
    </td>
  );
}

function Against(props: Asked & { readonly live: string; readonly hypothetical: string; readonly tone: string }): ReactElement {
  return (
    <td className="right">
      <Explain metric={props.metric} subjectId={props.subjectId}>
        {props.live === props.hypothetical && props.tone !== 'stale-value' ? (
          <span className="muted">same</span>
        ) : (
          <span className={props.tone}>{props.hypothetical}</span>
        )}
      </Explain>
    </td>
  );
}

/** Measures of a column; what is a name and no figure has no metric. */
export const measures: readonly { readonly title: string; readonly read: (column: WhatIfColumn) => string; readonly metric?: string }[] = [
  { title: 'Cost of getting there, USD', metric: 'whatIf.costUsd', read: ({ costUsd }) => moneyShort(costUsd) },
  { title: 'Equity, M', metric: 'whatIf.equityUsd', read: ({ equityUsd }) => millions(equityUsd) },
  { title: 'Requirement, M', metric: 'whatIf.requirementUsd', read: ({ requirementUsd }) => millions(requirementUsd) },
  { title: 'Use', metric: 'whatIf.useFraction', read: ({ useFraction }) => percent(useFraction) },
  { title: 'Nearest joint, %', metric: 'whatIf.nearestJointMove', read: ({ nearestJointMove }) => distance(nearestJointMove) },
  { title: 'Nearest account', read: ({ nearestAccountId }) => nearestAccountId ?? '–' },
  { title: 'ES, M', metric: 'whatIf.expectedShortfallUsd', read: ({ expectedShortfallUsd }) => millions(expectedShortfallUsd) },
  {
    title: 'Any liquidation, 1 d',
    metric: 'whatIf.anyLiquidationFraction',
    read: ({ anyLiquidationFraction }) => percent(anyLiquidationFraction, 0),
  },
  { title: 'Accounts lost at shock', metric: 'whatIf.fallen', read: ({ fallenAtReference }) => count(fallenAtReference.length) },
  {
    title: 'Leverage index',
    metric: 'whatIf.leverageIndex',
    read: ({ leverageIndex }) => shown(leverageIndex, (value) => fixed(value, 1)),
  },
];

/** Up to four books side by side, by the same scenarios and seed. */
export function ComparedTable({
  columns,
  shownId,
  isStale,
}: {
  readonly columns: readonly WhatIfColumn[];
  readonly shownId: string;
  readonly isStale: boolean;
}): ReactElement {
  if (columns.length === 0) return <p className="screen-wait">Comparing</p>;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Measure</th>
          {columns.map((column) => (
            <th key={column.id} scope="col" className="right">
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {measures.map(({ title, read, metric }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {columns.map((column) => (
              <td key={column.id} className="right">
                <Measure metric={metric} subjectId={column.id}>
                  <span className={column.id === 'live' ? '' : isStale && column.id === shownId ? 'stale-value' : 'hypothetical-value'}>
                    {read(column)}
                  </span>
                </Measure>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Measure(props: { readonly metric: string | undefined; readonly subjectId: string; readonly children: ReactNode }): ReactElement {
  if (props.metric === undefined) return <>{props.children}</>;
  return (
    <Explain metric={props.metric} subjectId={props.subjectId}>
      {props.children}
    </Explain>
  );
}
