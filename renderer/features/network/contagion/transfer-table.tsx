import type { ReactElement } from 'react';
import type { TransfersResult } from '../../../../main/contract/transfers.ts';
import { millions, moneyShort } from '../../../format/money.ts';
import { fixed } from '../../../format/number.ts';
import { Explain } from '../../../parts/explain.tsx';

/** The plan, one transfer a row: what leaves where, in which form it arrives, what it costs and what it is worth. */
export function TransferTable({ result }: { readonly result: TransfersResult }): ReactElement {
  if (result.transfers.length === 0) {
    return <p className="network-none muted">Nothing is moved: see in words why.</p>;
  }
  const subject = (id: string): string => `${result.horizonHours} ${id}`;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">From → to</th>
          <th scope="col">What</th>
          {['Value, M', 'Cost', 'Min', 'Worth'].map((head) => (
            <th key={head} scope="col" className="right">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {result.transfers.map((row) => (
          <tr
            key={row.id}
            title={`${row.use === 'repay' ? 'Repays debt' : 'Tops up collateral'}; worth = what the plan costs more without it, USD`}
          >
            <th scope="row">
              {row.fromAccountId} → {row.toAccountId}
            </th>
            <td>{row.assetId === row.intoAssetId ? row.assetId : `${row.assetId} → ${row.intoAssetId}`}</td>
            <td className="right">
              <Explain metric="transfers.transfers.valueUsd" subjectId={subject(row.id)}>
                {millions(row.valueUsd)}
              </Explain>
            </td>
            <td className="right">
              <Explain metric="transfers.transfers.costUsd" subjectId={subject(row.id)}>
                {moneyShort(row.costUsd)}
              </Explain>
            </td>
            <td className="right">{fixed(row.minutes, 0)}</td>
            <td className="right">
              <Explain metric="transfers.transfers.worthUsd" subjectId={subject(row.id)}>
                {moneyShort(row.worthUsd)}
              </Explain>
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">All</th>
          <td className="muted">missing after</td>
          <td className="right">
            <Explain metric="transfers.funding.feasibleUsd" subjectId={subject('')}>
              {millions(result.funding.feasibleUsd)}
            </Explain>
          </td>
          <td className="right">
            <Explain metric="transfers.costUsd" subjectId={subject('')}>
              {moneyShort(result.costUsd)}
            </Explain>
          </td>
          <td />
          <td />
        </tr>
      </tbody>
    </table>
  );
}
