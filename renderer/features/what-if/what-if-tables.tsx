import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { WhatIfColumn, WhatIfQuick } from '../../../main/contract/what-if.ts';
import { millions, moneyShort } from '../../format/money.ts';
import { count } from '../../format/number.ts';
import { distance, percent, percentFigure } from '../../format/share.ts';
import { shown } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';

type Props = {
  readonly live: AnalysisResult;
  readonly quick: WhatIfQuick | null;
  readonly full: AnalysisResult | null;
  readonly isStale: boolean;
};

/** Accounts with a requirement, live against hypothetical; use and excess are of the last edit at once, distances follow. */
export function AgainstTable({ live, quick, full, isStale }: Props): ReactElement {
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
          return (
            <tr key={account.accountId}>
              <th scope="row">{account.accountId}</th>
              <td className="right">{percentFigure(account.useFraction)}</td>
              <Against live={percentFigure(account.useFraction)} hypothetical={percentFigure(now?.useFraction)} tone="hypothetical-value" />
              <td className="right">{millions(account.excessUsd)}</td>
              <Against live={millions(account.excessUsd)} hypothetical={millions(now?.excessUsd)} tone="hypothetical-value" />
              <td className="right">{distance(account.jointMove)}</td>
              <Against live={distance(account.jointMove)} hypothetical={then === undefined ? '–' : distance(then.jointMove)} tone={later} />
              <td className={falls === null ? 'state-safe' : 'state-danger'}>
                <span className={isStale ? 'stale-value' : ''}>{falls === null ? '● none' : `◆ round ${falls}`}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Against(props: { readonly live: string; readonly hypothetical: string; readonly tone: string }): ReactElement {
  return (
    <td className="right">
      {props.live === props.hypothetical && props.tone !== 'stale-value' ? (
        <span className="muted">same</span>
      ) : (
        <span className={props.tone}>{props.hypothetical}</span>
      )}
    </td>
  );
}

const measures: readonly { readonly title: string; readonly read: (column: WhatIfColumn) => string }[] = [
  { title: 'Cost of getting there, USD', read: ({ costUsd }) => moneyShort(costUsd) },
  { title: 'Equity, M', read: ({ equityUsd }) => millions(equityUsd) },
  { title: 'Requirement, M', read: ({ requirementUsd }) => millions(requirementUsd) },
  { title: 'Use', read: ({ useFraction }) => percent(useFraction) },
  { title: 'Nearest joint, %', read: ({ nearestJointMove }) => distance(nearestJointMove) },
  { title: 'Nearest account', read: ({ nearestAccountId }) => nearestAccountId ?? '–' },
  { title: 'ES, M', read: ({ expectedShortfallUsd }) => millions(expectedShortfallUsd) },
  { title: 'Any liquidation, 1 d', read: ({ anyLiquidationFraction }) => percent(anyLiquidationFraction, 0) },
  { title: 'Accounts lost at shock', read: ({ fallenAtReference }) => count(fallenAtReference.length) },
  { title: 'Leverage index', read: ({ leverageIndex }) => shown(leverageIndex, (value) => fixed(value, 1)) },
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
        {measures.map(({ title, read }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {columns.map((column) => (
              <td key={column.id} className="right">
                <span className={column.id === 'live' ? '' : isStale && column.id === shownId ? 'stale-value' : 'hypothetical-value'}>
                  {read(column)}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
