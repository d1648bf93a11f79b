import type { ReactElement } from 'react';
import type { NetworkResult } from '../../../main/contract/network.ts';
import { isFailure } from '../../format/failure.ts';
import { millions, shown } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import type { Raw } from '../../format/raw.ts';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { edgeKey, loopInWords, tiesInWords, type NetworkNode } from './network-model.ts';

type ChainProps = { readonly network: NetworkResult; readonly node: NetworkNode | null };

/** The chain of the selection back to the base assets, as sentences. */
export function ChainPanel({ network, node }: ChainProps): ReactElement {
  const sentences = node === null ? [] : (network.chains[node.id] ?? tiesInWords(network, node.id));
  return (
    <Panel title={node === null ? 'The chain in words' : `The chain of ${node.label}, in words`} className="network-chain">
      {sentences.length === 0 ? (
        <p className="muted">
          {node === null ? 'Select a node to read what it rests on.' : `${node.label} rests on nothing else in this book.`}
        </p>
      ) : (
        <ol>
          {sentences.map((sentence, index) => (
            <li key={index}>{sentence}</li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

type LoopsProps = { readonly network: NetworkResult; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };

/** Every loop with its walk in words, its gain and how often value goes round. */
export function LoopsTable({ network, selectedId, onSelect }: LoopsProps): ReactElement {
  if (network.loops.length === 0) return <p className="network-none muted">No claim of this book rests on itself.</p>;
  return (
    <table className="table network-loops">
      <thead>
        <tr>
          <th scope="col">Loop</th>
          <th scope="col">Walk</th>
          <th scope="col" className="right">
            Gain
          </th>
          <th scope="col" className="right">
            Turns
          </th>
        </tr>
      </thead>
      <tbody>
        {network.loops.map((loop) => (
          <tr
            key={loop.id}
            aria-selected={selectedId !== null && loop.members.includes(selectedId)}
            onClick={() => onSelect(loop.members[0] ?? '')}
          >
            <th scope="row">
              <span className="state-watch" aria-hidden="true">
                ○{' '}
              </span>
              {loop.name}
            </th>
            <td className="network-walk">{loopInWords(loop, network.nodes)}</td>
            <td className="right">
              <Explain metric="network.loops.gain" subjectId={String(loop.id)}>
                {fixed(loop.gain, 2)}
              </Explain>
            </td>
            <td className={`right ${isFailure(loop.turns) ? 'state-danger' : ''}`}>{shown(loop.turns, (value) => fixed(value, 1))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The loops as rows for a file, unrounded. */
export function loopRows({ loops, nodes }: NetworkResult): readonly (readonly Raw[])[] {
  return [['Loop', 'Walk', 'Gain', 'Turns'], ...loops.map((loop) => [loop.name, loopInWords(loop, nodes), loop.gain, loop.turns])];
}

type TiesProps = { readonly network: NetworkResult; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };

/** How many ties a large window lists. */
const MOST_TIES = 60;

/** The heaviest ties of the book, each with the node it comes from and the one that rests on it. */
export function TiesPanel({ network, selectedId, onSelect }: TiesProps): ReactElement {
  const label = (id: string): string => network.nodes.find((node) => node.id === id)?.label ?? id;
  const ties = network.edges.toSorted((a, b) => b.valueUsd - a.valueUsd).slice(0, MOST_TIES);
  return (
    <Panel title="Heaviest ties" caption="M USD, largest first" isFlush className="network-ties">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Tie</th>
            <th scope="col" className="right">
              Value, M
            </th>
          </tr>
        </thead>
        <tbody>
          {ties.map((edge) => (
            <tr key={edgeKey(edge)} aria-selected={edge.from === selectedId || edge.to === selectedId} onClick={() => onSelect(edge.to)}>
              <td>{label(edge.from)}</td>
              <td>{label(edge.to)}</td>
              <td className="muted">{edge.kind}</td>
              <td className="right">{millions(edge.valueUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
