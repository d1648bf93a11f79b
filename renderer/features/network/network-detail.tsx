import { type ReactElement, useState } from 'react';
import type { NetworkResult } from '../../../main/contract/network.ts';
import { saveText } from '../../client/file-source.ts';
import { commaSeparated, type Raw } from '../../format/raw.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/switches.tsx';
import { ContagionPanel } from './contagion/contagion-panel.tsx';
import { TransfersPanel } from './contagion/transfers-panel.tsx';
import { ExposureTable, exposureRows, FailuresTable, failureRows } from './network-tables.tsx';
import { LoopsTable, loopRows } from './network-words.tsx';

type Props = { readonly network: NetworkResult; readonly selectedId: string | null; readonly onSelect: (nodeId: string) => void };
/** Tables of the graph itself; the other tabs ask the system around the book. */
type TableView = 'failures' | 'exposures' | 'loops';
type View = TableView | 'contagion' | 'transfers';

const captions: Readonly<Record<TableView, string>> = {
  failures: 'M USD, largest first',
  exposures: 'M USD lost with it',
  loops: '1 or more never settles',
};

/** Under the graph: what the failure of one node costs, who needs whom, and the loops. */
export function DetailPanel({ network, selectedId, onSelect }: Props): ReactElement {
  const [view, setView] = useState<View>('failures');
  const tabs = (
    <Tabs
      label="Tables of the network"
      choices={[
        { value: 'failures', title: 'What if one node fails', count: network.failures.length },
        { value: 'exposures', title: 'Who needs whom' },
        { value: 'loops', title: 'Loops', count: network.loops.length },
        { value: 'contagion', title: 'Contagion' },
        { value: 'transfers', title: 'Transfers' },
      ]}
      value={view}
      onChange={setView}
    />
  );
  if (view === 'contagion') return <ContagionPanel tabs={tabs} selectedId={selectedId} className="network-detail network-wide" />;
  if (view === 'transfers') return <TransfersPanel tabs={tabs} className="network-detail network-wide" />;
  return (
    <Panel
      title="What if one node fails"
      head={tabs}
      caption={captions[view]}
      actions={
        <Button tone="quiet" onClick={() => saveText(`network-${view}.csv`, commaSeparated(rowsOf(network, view)))}>
          Save CSV
        </Button>
      }
      isFlush
      className="network-detail"
    >
      {view === 'failures' && <FailuresTable failures={network.failures} selectedId={selectedId} onSelect={onSelect} />}
      {view === 'exposures' && <ExposureTable exposures={network.exposures} />}
      {view === 'loops' && <LoopsTable network={network} selectedId={selectedId} onSelect={onSelect} />}
    </Panel>
  );
}

function rowsOf(network: NetworkResult, view: TableView): readonly (readonly Raw[])[] {
  if (view === 'failures') return failureRows(network.failures);
  return view === 'exposures' ? exposureRows(network.exposures) : loopRows(network);
}
