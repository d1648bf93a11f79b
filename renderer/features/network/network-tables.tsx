import type { ReactElement } from 'react';
import type { ExposureMatrix, NodeFailure } from '../../../main/contract/network.ts';
import { isFailure } from '../../format/failure.ts';
import { millions, shown } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import type { Raw } from '../../format/raw.ts';
import { Explain } from '../../parts/explain.tsx';

type FailuresProps = {
  readonly failures: readonly NodeFailure[];
  readonly selectedId: string | null;
  readonly onSelect: (nodeId: string) => void;
};

/** What the failure of each node costs, largest loss first, with the way it comes in words. */
export function FailuresTable({ failures, selectedId, onSelect }: FailuresProps): ReactElement {
  const largest = Math.max(1, ...failures.map(({ lossUsd }) => (typeof lossUsd === 'number' ? lossUsd : 0)));
  if (failures.length === 0) return <p className="network-none muted">No single failure takes anything from this book.</p>;
  return (
    <table className="table network-failures">
      <thead>
        <tr>
          <th scope="col">If this fails</th>
          <th scope="col">Kind</th>
          <th scope="col" className="right">
            Direct, M
          </th>
          <th scope="col" className="right">
            Through, M
          </th>
          <th scope="col" colSpan={2}>
            Loss of equity, M
          </th>
          <th scope="col">Path</th>
        </tr>
      </thead>
      <tbody>
        {failures.map((failure) => (
          <tr key={failure.id} aria-selected={failure.id === selectedId} onClick={() => onSelect(failure.id)}>
            <th scope="row">{failure.label}</th>
            <td className="muted">{failure.kind}</td>
            <td className="right">
              <Explain metric="network.failures.directUsd" subjectId={failure.id}>
                {millions(failure.directUsd)}
              </Explain>
            </td>
            <td className="right">
              <Explain metric="network.failures.throughUsd" subjectId={failure.id}>
                {millions(failure.throughUsd)}
              </Explain>
            </td>
            <td className="network-loss" aria-hidden="true">
              {typeof failure.lossUsd === 'number' && <i style={{ width: `${(failure.lossUsd / largest) * 100}%` }} />}
            </td>
            <td className={`right ${isFailure(failure.lossUsd) ? 'state-danger' : ''}`}>
              <Explain metric="network.failures.lossUsd" subjectId={failure.id}>
                <strong>{shown(failure.lossUsd, millions)}</strong>
              </Explain>
            </td>
            <td className="network-path" title={failure.path}>
              {failure.path}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which venue's holdings rest on which protocol; the venue itself muted. */
export function ExposureTable({ exposures }: { readonly exposures: ExposureMatrix }): ReactElement {
  const { protocols, rows } = exposures;
  return (
    <table className="table network-exposures">
      <thead>
        <tr>
          <th scope="col">Held at, M</th>
          {protocols.map(({ id, label }) => (
            <th key={id} scope="col" className="right">
              {label}
            </th>
          ))}
          <th scope="col" className="right">
            Concentration
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.venueId}>
            <th scope="row">{row.venueName}</th>
            {row.valueUsd.map((usd, at) => {
              const id = protocols[at]?.id ?? '';
              return (
                <td key={id} className={`right ${id === `venue:${row.venueId}` ? 'muted' : ''}`}>
                  {usd > 0 && (
                    <Explain metric="network.exposures.valueUsd" subjectId={`${row.venueId} ${id}`}>
                      {millions(usd)}
                    </Explain>
                  )}
                </td>
              );
            })}
            <td className="right">
              <Explain metric="network.exposures.concentration" subjectId={row.venueId}>
                {shown(row.concentration, (value) => fixed(value, 2))}
              </Explain>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The failures as rows for a file, unrounded. */
export function failureRows(failures: readonly NodeFailure[]): readonly (readonly Raw[])[] {
  const head = ['If this fails', 'Kind', 'Direct, USD', 'Looked through, USD', 'Loss of equity, USD', 'Rounds', 'Path'];
  return [head, ...failures.map((each) => [each.label, each.kind, each.directUsd, each.throughUsd, each.lossUsd, each.rounds, each.path])];
}

/** The matrix as rows for a file, unrounded. */
export function exposureRows({ protocols, rows }: ExposureMatrix): readonly (readonly Raw[])[] {
  const head = ['Held at, USD', ...protocols.map(({ label }) => label), 'Concentration'];
  return [head, ...rows.map((row) => [row.venueName, ...row.valueUsd, row.concentration])];
}
